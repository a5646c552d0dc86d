// Makes up how a new probe reads known soils, until you have measured your own: columns reading, moisture.
import {writeFile} from "node:fs/promises";
import {Random} from "ganglion/random";
import {probe} from "./probe.mjs";

const random = new Random(1);
const lines = ["reading,moisture"];
for (let k = 0; k < 200; k++) {
  const moisture = (k % 50) / 49;
  const reading = probe(moisture, 0) + 0.004 * random.normal();
  lines.push(`${reading.toFixed(4)},${moisture.toFixed(4)}`);
}
await writeFile("recordings.csv", `${lines.join("\n")}\n`);
