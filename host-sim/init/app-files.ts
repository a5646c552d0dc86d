import type {Choices} from "./choices.js";
import {partOfApp} from "./part-of-app.js";
import type {Sensor} from "./sensors.js";

/** @returns app/manifest.json: what Moddable builds for the board */
export function appManifest({sensor}: Choices): string {
  return asManifest({
    include: [
      ...hardware(sensor),
      "../node_modules/ganglion/manifest.json",
      "../build/gesture.manifest.json",
    ],
    modules: {"*": ["./main", "./classifier"]},
    preload: ["classifier"],
    // What the app's own code needs on top of a platform's record.
    platforms: JSON.parse(partOfApp("classify/manifest.json")).platforms,
  });
}

/** @returns collect/manifest.json */
export function collectManifest({sensor}: Choices): string {
  return asManifest({
    include: hardware(sensor),
    modules: {"*": ["./main", "./sample-printer"]},
    preload: ["sample-printer"],
  });
}

function hardware(sensor: Sensor): string[] {
  return [
    "$(MODDABLE)/examples/manifest_base.json",
    "$(MODDABLE)/modules/io/manifest.json",
    `$(MODDABLE)/modules/drivers/sensors/${sensor.folder}/manifest.json`,
  ];
}

/** Moddable's build checks each module by itself and knows no types of JavaScript beside it; `npm test` is the strict one. */
const typescript = Object.freeze({tsconfig: {compilerOptions: {noImplicitAny: false}}});

function asManifest(manifest: object): string {
  return `${JSON.stringify({...manifest, typescript}, undefined, 2)}\n`;
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

${setUp(sensor)}
const output = {
  gesture(label: string): void {
    trace(label === "" ? "?" : label, "\\n");
  },
};
const classifier = new Classifier(gesture, new Resource("gesture.gnl"), {sensor, clock: Time, output});
Timer.repeat(() => classifier.tick(), MILLISECONDS);
`;
}

/** @returns collect/main.ts */
export function collectMain({sensor}: Choices): string {
  return `import ${sensor.driver} from "${sensor.module}";
import Timer from "timer";
import {SamplePrinter} from "./sample-printer.js";

/** As often as the model takes samples: 50 a second. */
const MILLISECONDS = 20;

${setUp(sensor)}
// What the board's USB is connected to. A debug build keeps it for the debugger: build this app for release.
const serial = new device.io.Serial({...device.Serial.default, baud: 115200, format: "buffer"});
const printer = new SamplePrinter({sensor, write: (bytes: ArrayBuffer) => void serial.write(bytes)});
Timer.repeat(() => printer.tick(), MILLISECONDS);
`;
}

function setUp({driver, options, range}: Sensor): string {
  return `const sensor = new ${driver}({sensor: {...device.I2C.default, io: device.io.SMBus}});
sensor.configure(${options}); // ${range}
`;
}

/** app/model.d.ts */
export const modelTypes = `// What \`ganglion train\` compiled.
declare module "gesture" {
  import type {Model} from "ganglion/model";

  const model: Model;
  export default model;
}
`;
