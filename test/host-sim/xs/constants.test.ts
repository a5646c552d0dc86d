import {expect, test} from "vitest";
import {restoreConstants} from "../../../host-sim/xs/constants.js";

/** What becomes of a module's variable when the rest of the module is this. */
function declarationOf(rest: string): string {
  return restoreConstants(`(() => {\n  var size = 4;\n  ${rest}\n})();`).split("\n")[1].trim().split(" ")[0];
}

test("a variable that nothing changes becomes a constant again", () => {
  for (const rest of [
    "use(size);",
    "size === 4;",
    "other.size = 5;",
    "use({size: 1});",
    "size => 1;",
    "sized = 1;",
  ])
    expect(declarationOf(rest)).toBe("const");
});

test("a variable that something changes stays one", () => {
  for (const rest of [
    "size = 5;",
    "size += 1;",
    "size ??= 1;",
    "size++;",
    "--size;",
    "size **= 2;",
    "size >>>= 1;",
  ])
    expect(declarationOf(rest)).toBe("var");
});

test("variables inside functions stay as they are", () => {
  const script = "(() => {\n  function f() {\n    var x = 1;\n    return x;\n  }\n})();";
  expect(restoreConstants(script)).toBe(script);
});
