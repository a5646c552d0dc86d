import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {readDataset} from "../../../host-sim/datasets/read.js";
import {InputError} from "../../../runtime/input-error.js";
import {Random} from "../../../runtime/random.js";
import {withFiles} from "./folder-of-files.js";

const files = {
  "table.csv": "x,y,label\n0.5,-1,a\n1e3,2,b\n3,4,a\n",
  "long.csv": 'label;recording;person;x;y\n"a";1;Ann;1;2\n"a";1;Ann;3;4\nb;2;Bob;5;6\n',
  "wave.csv": "time\tx\ty\n0\t1\t2\n1\t3\t4\n",
  "rooms.csv": "x,recording,t\n0.5,1,20\n-1,1,21\n1e3,2,-2.5\n",
  "microbit.json":
    '[{"ID":1,"name":"Wave","recordings":[{"ID":2,"data":{"x":[1,-2.5],"y":[3,4],"z":[5,6e-1]}}]}]',
};
const snippets = [
  '"',
  ",",
  ";",
  "\t",
  "\n",
  "\r",
  "\0",
  "\ufeff",
  "-",
  ".",
  "1",
  "e999",
  "NaN",
  "[",
  "]",
  "{",
  "}",
  "null",
];

/** Cuts, doubles, replaces or puts in something, one to three times. */
function mutate(original: string, random: Random): Buffer {
  let bytes = Buffer.from(original);
  for (let times = 1 + random.below(3); times > 0; times--) {
    const start = random.below(bytes.length + 1);
    const end = Math.min(bytes.length, start + random.below(6));
    const middles = [
      Buffer.alloc(0),
      Buffer.from(snippets[random.below(snippets.length)]),
      Buffer.from([random.below(256)]),
      bytes.subarray(end, end + random.below(20)),
    ];
    bytes = Buffer.concat([
      bytes.subarray(0, start),
      middles[random.below(middles.length)],
      bytes.subarray(end),
    ]);
  }
  return bytes;
}

test("a damaged file is read or refused with an InputError of one line, and what is read is sound", async () => {
  const random = new Random(20);
  await withFiles(files, async (folder) => {
    let refused = 0;
    const rounds = 1500;
    for (let round = 0; round < rounds; round++) {
      const [name, original] = Object.entries(files)[round % 5];
      const path = join(folder, name);
      const damaged = mutate(original, random);
      await writeFile(path, damaged);
      try {
        const {axes, labels, recordings} = await readDataset(
          path,
          name === "rooms.csv" ? {targets: ["t"]} : {},
        );
        expect(recordings.length).toBeGreaterThan(0);
        for (const {label, rows, samples, targets} of recordings) {
          expect(targets?.every(Number.isFinite)).toBe(name === "rooms.csv" ? true : undefined);
          expect(labels).toContain(label);
          expect(samples.length).toBe(rows * axes.length);
          expect(samples.every(Number.isFinite)).toBe(true);
        }
      } catch (error) {
        expect(error, `round ${round}: ${JSON.stringify(damaged.toString())}`).toBeInstanceOf(InputError);
        expect((error as Error).message).not.toContain("\n");
        refused++;
      }
    }
    // Else the damage is too light or too heavy to say anything.
    expect(refused).toBeGreaterThan(rounds / 3);
    expect(refused).toBeLessThan(rounds);
  });
}, 30_000);
