import {z} from "zod";
import {InputError} from "../../runtime/input-error.js";
import {checkAugmentation} from "./check-augmentation.js";
import {checkTraining} from "./check-training.js";
import {type Description, descriptionSchema} from "./schema.js";

/**
 * @param text a description in JSON
 * @param place what to call it in messages: its file
 * @throws InputError for text that isn't JSON or doesn't describe a model
 */
export function parseDescription(text: string, place: string): Description {
  return checkDescription(parseJson(text, place), place);
}

/** @param place what to call it in messages: its file; @throws InputError for text that isn't JSON */
export function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const fault = (error as Error).message.replace(/\s+/g, " ");
    throw new InputError(place, "JSON", `a fault in it (${fault})`, "Mend the file at that place.");
  }
}

/**
 * Checks a description that a program made, and fills in the defaults.
 * @param source anything
 * @param place what to call it in messages
 * @throws InputError naming the first thing that doesn't fit by its path, as `layers[1].units`
 */
export function checkDescription(source: unknown, place = "description"): Description {
  const remedy = "Correct the description; docs/description.md lists what may stand there.";
  const description = checkBySchema(descriptionSchema, source, place, remedy);
  checkAugmentation(description, place);
  checkTraining(description, place);
  return description;
}

/**
 * Checks what a user wrote, and fills in the defaults.
 * @param source anything
 * @param place what to call it in messages
 * @param remedy what to do about anything that doesn't fit
 * @throws InputError naming the first thing that doesn't fit by its path, as `layers[1].units`
 */
export function checkBySchema<Schema extends z.ZodType>(
  schema: Schema,
  source: unknown,
  place: string,
  remedy: string,
): z.output<Schema> {
  const result = tried(schema, source, place, remedy);
  if (result.success) return result.data;
  const issue = mostHelpful(result.error.issues);
  const path = pathOf(issue.path);
  throw new InputError(
    path === "" ? place : `${place}: ${path}`,
    expectationOf(issue, schema, source),
    issue.code === "unrecognized_keys" ? issue.keys.map(show).join(", ") : show(valueAt(source, issue.path)),
    remedy,
  );
}

function tried<Schema extends z.ZodType>(
  schema: Schema,
  source: unknown,
  place: string,
  remedy: string,
): z.ZodSafeParseResult<z.output<Schema>> {
  try {
    return schema.safeParse(source);
  } catch (error) {
    // Of an object where a text or an array belongs, zod compares "length", which may be an object that is no number.
    if (!(error instanceof TypeError)) throw error;
    throw new InputError(
      place,
      "plain texts, numbers, arrays and objects",
      `one that isn't (${error.message})`,
      remedy,
    );
  }
}

type Issue = z.core.$ZodIssue;

/**
 * Of a union's branches, the one that got furthest: one for this kind of value, with the fewest unknown keys, then the
 * fewest defects. A value of another kind than all branches take stays a matter of the union itself.
 */
function mostHelpful(issues: readonly Issue[]): Issue {
  const [issue] = issues;
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return issue;
  const branches = [...issue.errors].sort(
    (a, b) =>
      Number(isOfAnotherKind(a)) - Number(isOfAnotherKind(b)) ||
      unknownKeys(a) - unknownKeys(b) ||
      a.length - b.length,
  );
  const inner = mostHelpful(branches[0]);
  const nothingFits = branches.every(isOfAnotherKind);
  return nothingFits && inner.code === "invalid_type"
    ? issue
    : {...inner, path: [...issue.path, ...inner.path]};
}

/** Whether a branch refuses the value itself, as a text where an object belongs, and not something inside it. */
function isOfAnotherKind([issue]: readonly Issue[]): boolean {
  return issue.path.length === 0 && (issue.code === "invalid_type" || issue.code === "invalid_value");
}

function unknownKeys(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 0), 0);
}

function expectationOf(issue: Issue, schema: z.ZodType, source: unknown): string {
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
      return issue.inclusive ? `at most ${amount(issue.maximum, issue.origin)}` : `below ${issue.maximum}`;
    case "unrecognized_keys":
      return oneOf(knownKeys(schema, issue.path, source));
    case "invalid_union":
      return "options" in issue ? oneOf(issue.options as readonly unknown[]) : issue.message;
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

/**
 * @returns the keys that the schema knows at a path, those of all branches of a union together, but of branches that
 *   differ by their "type" only those of the type that stands there
 */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[], source: unknown): string[] {
  let at: JsonSchema[] = [z.toJSONSchema(schema, {io: "input"})];
  let value = source;
  for (const key of path) {
    const inner = at
      .flatMap((schema) => branchesFor(value, schema))
      .map((s) => (typeof key === "number" ? s.items : s.properties?.[String(key)]));
    at = inner.filter((schema): schema is JsonSchema => typeof schema === "object");
    value = valueAt(value, [key]);
  }
  const branches = at.flatMap((schema) => branchesFor(value, schema));
  return branches.flatMap((schema) => Object.keys(schema.properties ?? {}));
}

function branchesFor(value: unknown, schema: JsonSchema): JsonSchema[] {
  const type = schema.properties?.type;
  const wanted = typeof type === "object" ? type.const : undefined;
  if (wanted !== undefined && wanted !== valueAt(value, ["type"])) return [];
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])] as JsonSchema[];
  return [schema, ...inner.flatMap((branch) => branchesFor(value, branch))];
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
  let text = "something that is no JSON";
  let parts = 0;
  try {
    // A text of an object may be anything: it may have a "toString" of its own. An object that holds another one many
    // times over has a text without end, of which a message shows the beginning.
    text = isPlain
      ? JSON.stringify(value, (_, part) => (++parts > MOST_PARTS ? undefined : part))
      : String(value);
  } catch {}
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Numbers, texts, lists and objects inside a value that a message looks at. */
const MOST_PARTS = 200;
