import {existsSync, readdirSync, readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {MAJOR_VERSION, MINOR_VERSION} from "../../../runtime/image/format.js";
import {type Behaviour, behaviourOf} from "./stored/behaviour.js";

const stored = new URL("stored/", import.meta.url);
const versions = Array.from({length: MINOR_VERSION + 1}, (_, minor) => `${MAJOR_VERSION}.${minor}`);

test.each(versions)(
  "images that version %s wrote open, and predict and learn as they did then",
  (version) => {
    const folder = new URL(`${version}/`, stored);
    expect(existsSync(folder), "store them: node test/run.mjs test/runtime/image/stored/write.ts").toBe(true);
    const behaviours: Behaviour[] = JSON.parse(readFileSync(new URL("behaviours.json", folder), "utf8"));
    expect(readdirSync(folder)).toHaveLength(behaviours.length + 1);
    behaviours.forEach((behaviour, k) => {
      const image = new Uint8Array(readFileSync(new URL(`${k}.gnl`, folder)));
      expect(new Uint16Array(image.buffer)[3], "the minor version").toBe(Number(version.split(".")[1]));
      expect(behaviourOf(image.buffer), `${k}.gnl`).toEqual(behaviour);
    });
  },
);
