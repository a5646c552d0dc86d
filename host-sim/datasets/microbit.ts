import {z} from "zod";
import {InputError} from "../../runtime/input-error.js";
import {chooseColumns, cleanName, type Dataset, makeDataset, quote, type Recording} from "./dataset.js";
import {roundNumber} from "./numbers.js";

const AXES = ["x", "y", "z"] as const;

const samples = z.array(z.number()).min(1);
const schema = z
  .array(
    z.object({
      name: z.string(),
      recordings: z.array(z.object({data: z.object({x: samples, y: samples, z: samples})})),
    }),
  )
  .min(1);

/**
 * Reads the JSON that micro:bit CreateAI exports: a list of actions, each with a name and recordings of
 * x, y and z in g. An action without recordings keeps its label, so that the indices stay those of the project.
 *
 * @param text the file's content
 * @param path names the file in messages
 * @param axes which of x, y, z to take, in this order; default all three
 * @throws InputError with the path inside the JSON for the first thing that is wrong
 */
export function readMicrobitJson(text: string, path: string, axes?: readonly string[]): Dataset {
  const actions = parseActions(text, path);
  const chosen = chooseColumns("axes", axes ?? AXES, AXES, path) as (typeof AXES)[number][];
  const labels: string[] = [];
  const recordings: Recording[] = [];
  for (const [actionIndex, action] of actions.entries()) {
    const label = cleanName(action.name);
    if (label === "") {
      throw new InputError(`${path} [${actionIndex}].name`, "a name", "none", "Name the action.");
    }
    if (labels.includes(label)) {
      throw new InputError(
        `${path} [${actionIndex}].name`,
        "each action once",
        `${quote(label)} twice`,
        "Rename one of them, or put their recordings together.",
      );
    }
    labels.push(label);
    for (const [index, {data}] of action.recordings.entries()) {
      const source = `${path} [${actionIndex}].recordings[${index}]`;
      const rows = data.x.length;
      if (data.y.length !== rows || data.z.length !== rows) {
        throw new InputError(
          `${source}.data`,
          "x, y and z of one length",
          `${rows}, ${data.y.length} and ${data.z.length}`,
          "Take the recording out and record it again.",
        );
      }
      const samples = new Float32Array(rows * chosen.length);
      let next = 0;
      for (let row = 0; row < rows; row++) {
        for (const axis of chosen) {
          samples[next++] = roundNumber(data[axis][row], () => `${source}.data.${axis}[${row}]`);
        }
      }
      recordings.push({label, samples, rows, source});
    }
  }
  if (recordings.length === 0) {
    throw new InputError(
      path,
      "at least one recording",
      "actions without recordings",
      "Record some and export again.",
    );
  }
  return makeDataset(chosen, recordings, labels);
}

function parseActions(text: string, path: string): z.infer<typeof schema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new InputError(
      placeOfSyntaxError(error, text, path),
      "JSON",
      "text that isn't",
      "Export the file again.",
    );
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const inside = issue.path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  const expected =
    issue.code === "invalid_type" ? describeType(issue.expected) : "at least one entry in the list";
  throw new InputError(
    inside === "" ? path : `${path} ${inside}`,
    expected,
    describeValue(valueAt(json, issue.path)),
    "Give the JSON that micro:bit CreateAI exports as data samples.",
  );
}

/** Not every JavaScript engine and version says where; then the file's name has to do. */
function placeOfSyntaxError(error: unknown, text: string, path: string): string {
  const position = /at position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
  if (position === undefined) return path;
  const lines = text.slice(0, Number(position)).split("\n");
  return `${path} line ${lines.length}, character ${lines[lines.length - 1].length + 1}`;
}

function describeType(type: string): string {
  if (type === "array") return "a list";
  if (type === "object") return "an object";
  return type === "string" ? "text" : "a finite number";
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  let value = json;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "string" ? quote(value) : String(value);
}
