/** A variable of a module in esbuild's output: one level inside the function around everything. */
const moduleVariable = /^ {2}var (\w+) = /gm;

/** Whether any expression gives a variable another value. Errs on the side of yes. */
function isChanged(name: string, script: string): boolean {
  const assignments = new RegExp(
    `(?<![\\w.$])${name}\\s*(?:[-+*/%&|^]|\\*\\*|<<|>>>?|&&|\\|\\||\\?\\?)?=(?![=>])|(?:\\+\\+|--)\\s*${name}\\b|\\b${name}\\s*(?:\\+\\+|--)`,
    "g",
  );
  return [...script.matchAll(assignments)].length > 1;
}

/**
 * Makes modules' constants constant again. esbuild turns every `const` of a bundled module into `var`, and in flash a
 * variable that can change takes RAM where a constant takes none.
 * @param script esbuild's output in the format "iife", not minified
 */
export function restoreConstants(script: string): string {
  return script.replace(moduleVariable, (declaration, name: string) =>
    isChanged(name, script) ? declaration : `  const ${name} = `,
  );
}
