import {type Board, findBoard} from "../../devices/boards.js";
import {InputError} from "../../runtime/input-error.js";
import {cleanName} from "../datasets/dataset.js";
import {gestures as madeUp} from "../recordings/gestures.js";
import {type Sensor, sensors} from "./sensors.js";

/** What a project is made for. */
export interface Choices {
  readonly board: Board;
  readonly sensor: Sensor;
  /** What the network is to tell apart, at least two. */
  readonly gestures: readonly string[];
}

/** What projects are made for when nothing is said. */
export const usual = Object.freeze({board: "esp32", sensor: "lis3dh", gestures: "circle,shake,still"});

/** @throws InputError for a board or sensor nobody knows, and for gestures that can't be files' names */
export function checkChoices(board: string, sensor: string, gestures: string): Choices {
  return {board: findBoard(board), sensor: checkSensor(sensor), gestures: checkGestures(gestures)};
}

function checkSensor(name: string): Sensor {
  const sensor = sensors.get(name);
  if (sensor !== undefined) return sensor;
  const remedy = "Take the one most like yours, and change its lines in app/main.ts.";
  throw new InputError("the sensor", `one of ${[...sensors.keys()].join(", ")}`, `"${name}"`, remedy);
}

/** @param text names with commas between */
export function checkGestures(text: string): string[] {
  const names = text.split(",").map(cleanName).filter(Boolean);
  const most = madeUp.size;
  if (
    names.length < 2 ||
    names.length > most ||
    new Set(names.map((name) => name.toLowerCase())).size < names.length
  ) {
    const expected = `2 to ${most} different names with commas between`;
    throw new InputError("the gestures", expected, `"${text}"`, `For instance ${usual.gestures}.`);
  }
  for (const name of names) {
    if (/^[\p{L}\p{N}][\p{L}\p{N} _-]{0,30}$/u.test(name)) continue;
    const expected = "letters, digits, blanks, - and _, at most 31, as each names a file";
    throw new InputError("the gestures", expected, `"${name}"`, "Choose another name.");
  }
  return names;
}
