// Makes up how four fans vibrate, until you have recordings of your own machines: columns recording, x, y, z in m/s2.
import {writeFile} from "node:fs/promises";
import {vibrate} from "./vibrate.mjs";

const lines = ["label,recording,x,y,z"];
for (let recording = 0; recording < 40; recording++) {
  const machine = {turns: 11 + 2 * (recording % 4), size: 1.5 + 0.3 * (recording % 4)};
  for (const row of vibrate(machine, 1280, recording)) lines.push(`normal,${recording},${row.join(",")}`);
}
await writeFile("recordings.csv", `${lines.join("\n")}\n`);
