import type {NativeKernels} from "./native-kernels.js";

/** What `ganglion/native` and `ganglion/native-single` give where there is no C, as in Node: the model runs in JavaScript. */
const noKernels: NativeKernels | undefined = undefined;

export default noKernels;
