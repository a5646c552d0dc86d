import type {z} from "zod";
import {InputError} from "../../runtime/input-error.js";
import {type Description, descriptionSchema} from "./schema.js";

/**
 * @param text a description in JSON
 * @param place what to call it in messages: its file
 * @throws InputError for text that isn't JSON or doesn't describe a model
 */
export function parseDescription(text: string, place: string): Description {
  let source: unknown;
  try {
    source = JSON.parse(text);
  } catch (error) {
    throw new InputError(place, "JSON", (error as Error).message, "Mend the file at that place.");
  }
  return checkDescription(source, place);
}

/**
 * Checks a description that a program made, and fills in the defaults.
 * @param source anything
 * @param place what to call it in messages
 * @throws InputError naming the first thing that doesn't fit by its path, as `layers[1].units`
 */
export function checkDescription(source: unknown, place = "description"): Description {
  const result = descriptionSchema.safeParse(source);
  if (result.success) return result.data;
  const issue = mostHelpful(result.error.issues);
  const path = pathOf(issue.path);
  const found = show(valueAt(source, issue.path));
  throw new InputError(
    path === "" ? place : `${place}: ${path}`,
    expectation(issue),
    issue.code === "unrecognized_keys" ? issue.keys.map((key) => `"${key}"`).join(", ") : found,
    "Correct the description; docs/description.md lists what may stand there.",
  );
}

type Issue = z.core.$ZodIssue;

/** Of a union's branches, the one that got furthest: fewest defects, then the deepest. */
function mostHelpful(issues: readonly Issue[]): Issue {
  const [issue] = issues;
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return issue;
  const branches = [...issue.errors].sort((a, b) => unrecognized(a) - unrecognized(b) || a.length - b.length);
  const inner = mostHelpful(branches[0]);
  return {...inner, path: [...issue.path, ...inner.path]};
}

function unrecognized(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 0), 0);
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.expected === "int" ? "a whole number" : `${article(issue.expected)} ${issue.expected}`;
    case "invalid_value":
      return issue.values.length === 1
        ? show(issue.values[0])
        : `one of ${issue.values.map(show).join(", ")}`;
    case "too_small":
      return `${issue.origin === "array" || issue.origin === "string" ? "a length of " : ""}${
        issue.inclusive ? `${issue.minimum} or more` : `more than ${issue.minimum}`
      }`;
    case "too_big":
      return `${issue.origin === "array" || issue.origin === "string" ? "a length of " : ""}at most ${issue.maximum}`;
    case "unrecognized_keys":
      return "only keys that a description knows";
    case "invalid_union":
      return `one of ${("options" in issue ? (issue.options as readonly unknown[]) : []).map(show).join(", ")}`;
    case "invalid_format":
    case "custom":
      return issue.message;
    default:
      return issue.message;
  }
}

function article(word: string): string {
  return /^[aeiou]/.test(word) ? "an" : "a";
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}

function valueAt(source: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    source,
  );
}

function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
