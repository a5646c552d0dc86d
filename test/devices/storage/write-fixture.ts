import {mkdirSync, writeFileSync} from "node:fs";
import {SLOT_MAJOR, SLOT_MINOR} from "../../../devices/storage/slot-header.js";
import {makeFixture} from "./fixture.js";
import {compiled} from "./taught.js";

const folder = `test/devices/storage/fixtures/${SLOT_MAJOR}.${SLOT_MINOR}`;
mkdirSync(folder, {recursive: true});
writeFileSync(`${folder}/model.gnl`, compiled.image);
for (const [name, bytes] of Object.entries(makeFixture(compiled.image)))
  writeFileSync(`${folder}/${name}`, bytes);
console.log(`${folder}: written`);
