import {nativeKernels} from "ganglion/native/native-kernels";

function knows(kind, code) @ "xs_ganglion_double_knows";
function predict(task, arena, image, first) @ "xs_ganglion_double_predict";
function work(task, arena, image, phase, k, unit, pending, budget, rate, penalty) @ "xs_ganglion_double_work";

export default nativeKernels("native", Object.freeze({knows, predict, work}));
