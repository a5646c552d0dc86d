// Of Moddable's modules and globals, just what the apps call. The SDK has all of them.

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

declare module "preference" {
  import type {PreferenceModule} from "ganglion/storage/preference-slots";

  const Preference: PreferenceModule;
  export default Preference;
}

declare module "embedded:sensor/*" {
  import type {MotionSample} from "ganglion/sensors/motion-reader";

  export default class MotionSensor {
    constructor(options: {sensor: object});
    configure(options: object): void;
    sample(): MotionSample | undefined;
  }
}

declare class AnalogInput {
  constructor(options: {pin: number});
  readonly resolution: number;
  read(): number;
}

declare class DigitalPin {
  static readonly Output: number;
  static readonly InputPullUp: number;
  constructor(options: {pin: number; mode: number});
  read(): number;
  write(value: number): void;
}

declare class SerialPort {
  constructor(options: object);
  write(bytes: ArrayBuffer): number;
}

declare const device: {
  readonly io: {
    readonly Analog: typeof AnalogInput;
    readonly Digital: typeof DigitalPin;
    readonly Serial: typeof SerialPort;
    readonly SMBus: unknown;
  };
  readonly I2C: {readonly default: object};
  readonly Serial: {readonly default: object};
};
declare function trace(...texts: (string | number)[]): void;
