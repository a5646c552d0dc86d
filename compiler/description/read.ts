import {z} from "zod";
import {InputError} from "../../runtime/input-error.js";
import {checkAugmentation} from "./check-augmentation.js";
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
    const fault = (error as Error).message.replace(/\s+/g, " ");
    throw new InputError(place, "JSON", `a fault in it (${fault})`, "Mend the file at that place.");
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
  if (result.success) {
    checkAugmentation(result.data, place);
    return result.data;
  }
  const issue = mostHelpful(result.error.issues);
  const path = pathOf(issue.path);
  throw new InputError(
    path === "" ? place : `${place}: ${path}`,
    expectationOf(issue),
    issue.code === "unrecognized_keys" ? issue.keys.map(show).join(", ") : show(valueAt(source, issue.path)),
    "Correct the description; docs/description.md lists what may stand there.",
  );
}

type Issue = z.core.$ZodIssue;

/**
 * Of a union's branches, the one that got furthest: fewest unknown keys, then fewest defects. A value with none of any
 * branch's keys stays a matter of the union itself.
 */
function mostHelpful(issues: readonly Issue[]): Issue {
  const [issue] = issues;
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return issue;
  const branches = [...issue.errors].sort((a, b) => unknownKeys(a) - unknownKeys(b) || a.length - b.length);
  const inner = mostHelpful(branches[0]);
  const nothingFits = branches.every((branch) => branch.length === branches[0].length);
  return nothingFits && inner.code === "invalid_type"
    ? issue
    : {...inner, path: [...issue.path, ...inner.path]};
}

function unknownKeys(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 0), 0);
}

function expectationOf(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.expected === "int" ? "a whole number" : `${article(issue.expected)} ${issue.expected}`;
    case "invalid_value":
      return oneOf(issue.values);
    case "too_small":
      return issue.inclusive
        ? `${amount(issue.minimum, issue.origin)} or more`
        : `more than ${issue.minimum}`;
    case "too_big":
      return `at most ${amount(issue.maximum, issue.origin)}`;
    case "unrecognized_keys":
      return oneOf(knownKeys(issue.path));
    case "invalid_union":
      return "options" in issue
        ? oneOf(issue.options as readonly unknown[])
        : '"axes", "window" and "statistics", or "columns"';
    default:
      return issue.message;
  }
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? show(values[0]) : `one of ${values.map(show).join(", ")}`;
}

/** A limit with what it counts. */
function amount(limit: number | bigint, origin: string): string {
  const unit = origin === "array" ? "item" : origin === "string" ? "character" : undefined;
  return unit === undefined ? `${limit}` : `${limit} ${unit}${limit === 1 ? "" : "s"}`;
}

function article(word: string): string {
  return /^[aeiou]/.test(word) ? "an" : "a";
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** @returns the keys that the schema knows at a path, those of all branches of a union together */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let at: JsonSchema[] = [z.toJSONSchema(descriptionSchema, {io: "input"})];
  const branches = (schema: JsonSchema): JsonSchema[] =>
    [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])] as JsonSchema[];
  for (const key of path) {
    const inner = at
      .flatMap(branches)
      .map((s) => (typeof key === "number" ? s.items : s.properties?.[String(key)]));
    at = inner.filter((schema): schema is JsonSchema => typeof schema === "object");
  }
  return at.flatMap(branches).flatMap((schema) => Object.keys(schema.properties ?? {}));
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

/** A value as a message shows it: short, on one line. */
function show(value: unknown): string {
  if (value === undefined) return "nothing";
  // JSON has no NaN and no bigint, and an object may hold itself.
  const isPlain = typeof value === "string" || (typeof value === "object" && value !== null);
  let text = String(value);
  try {
    if (isPlain) text = JSON.stringify(value);
  } catch {
    text = "something that is no JSON";
  }
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
