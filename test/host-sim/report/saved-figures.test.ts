import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {readFormats, readTraining} from "../../../host-sim/report/saved-figures.js";
import {InputError} from "../../../runtime/input-error.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ganglion-saved-"));
});
afterAll(() => rm(folder, {recursive: true, force: true}));

async function saved(content: unknown): Promise<string> {
  const path = join(folder, "file.json");
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const epoch = {epoch: 1, loss: 0.5, penalty: 0, learningRate: 0.1};

test("a history whose loss grew beyond all numbers is read, with null for what JSON can't hold", async () => {
  const history = [epoch, {...epoch, epoch: 2, loss: Number.NaN}];
  const read = await readTraining(await saved({model: "m", history, keptEpoch: 1, warnings: []}));
  expect(read.history.map(({loss}) => loss)).toEqual([0.5, null]);
});

test.each([
  ["not JSON", "{"],
  ["no epochs", {history: [], keptEpoch: 1, warnings: []}],
  ["an epoch kept that is not there", {history: [epoch], keptEpoch: 2, warnings: []}],
  ["a loss in words", {history: [{...epoch, loss: "low"}], keptEpoch: 1, warnings: []}],
])("a damaged history is refused with its file's name: %s", async (_, content) => {
  const path = await saved(content);
  const refusal = await readTraining(path).catch((error) => error);
  expect(refusal).toBeInstanceOf(InputError);
  expect(refusal.place).toContain(path);
});

test("a comparison of formats that lacks a figure is refused", async () => {
  await expect(readFormats(await saved({image: 1, recordings: "r", examples: 3}))).rejects.toThrow(
    InputError,
  );
});
