// `node test/run.mjs test/runtime/image/stored/write.ts`: stores images of the format's present version, and what they
// give. To be run once for each version, before it is released; older folders stay as they are.
import {mkdirSync, writeFileSync} from "node:fs";
import {MAJOR_VERSION, MINOR_VERSION} from "../../../../runtime/image/format.js";
import {baseImages} from "../../../fuzz/base-images.js";
import {behaviourOf} from "./behaviour.js";

const folder = `test/runtime/image/stored/${MAJOR_VERSION}.${MINOR_VERSION}`;
mkdirSync(folder);
const behaviours = baseImages.map(({image}, k) => {
  writeFileSync(`${folder}/${k}.gnl`, image);
  return JSON.stringify(behaviourOf(image.buffer));
});
writeFileSync(`${folder}/behaviours.json`, `[\n${behaviours.join(",\n")}\n]\n`);
