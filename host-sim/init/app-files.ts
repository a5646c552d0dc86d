import type {Choices} from "./choices.js";

/** @returns app/manifest.json: what Moddable builds for the board */
export function appManifest({sensor}: Choices): string {
  const manifest = {
    include: [
      "$(MODDABLE)/examples/manifest_base.json",
      "$(MODDABLE)/modules/io/manifest.json",
      `$(MODDABLE)/modules/drivers/sensors/${sensor.folder}/manifest.json`,
      "../node_modules/ganglion/manifest.json",
      "../build/gesture.manifest.json",
    ],
    modules: {"*": ["./main", "./classifier"]},
    preload: ["classifier"],
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** @returns app/main.ts: the only file that names hardware */
export function appMain({sensor}: Choices): string {
  return `import Resource from "Resource";
import ${sensor.driver} from "${sensor.module}";
import gesture from "gesture";
import Time from "time";
import Timer from "timer";
import {Classifier} from "./classifier.js";

/** Twenty milliseconds: the model takes 50 samples a second. */
const MILLISECONDS = 20;

const sensor = new ${sensor.driver}({sensor: {...device.I2C.default, io: device.io.SMBus}});
sensor.configure(${sensor.options}); // ${sensor.range}

const output = {
  gesture(label: string): void {
    trace(label === "" ? "?" : label, "\\n");
  },
};
const classifier = new Classifier(gesture, new Resource("gesture.gnl"), {sensor, clock: Time, output});
Timer.repeat(() => classifier.tick(), MILLISECONDS);
`;
}

/** @returns app/moddable.d.ts: of Moddable's modules and globals, what main.ts calls */
export function appTypes({sensor}: Choices): string {
  return `// Of Moddable's modules and globals, just what main.ts calls. The SDK has all of them.

declare module "Resource" {
  export default class Resource extends ArrayBuffer {
    constructor(name: string);
  }
}

declare module "time" {
  const Time: {readonly ticks: number};
  export default Time;
}

declare module "timer" {
  const Timer: {repeat(callback: () => void, milliseconds: number): object};
  export default Timer;
}

declare module "${sensor.module}" {
  import type {MotionSample} from "ganglion/devices/sensors/motion-reader";

  export default class ${sensor.driver} {
    constructor(options: {sensor: object});
    configure(options: object): void;
    sample(): MotionSample | undefined;
  }
}

declare module "gesture" {
  import type {Model} from "ganglion/model";

  const model: Model;
  export default model;
}

declare const device: {readonly I2C: {readonly default: object}; readonly io: {readonly SMBus: unknown}};
declare function trace(...texts: string[]): void;
`;
}
