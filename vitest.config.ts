import {defineConfig} from "vitest/config";
import {buildEngine} from "./host-sim/xs/engine.js";
import {InputError} from "./runtime/input-error.js";

/** Builds the XS engine, which many files share. @returns the tests to leave out where that can't be done. */
async function withoutXs(): Promise<string[]> {
  try {
    await buildEngine();
    return [];
  } catch (error) {
    if (process.env.CI || !(error instanceof InputError)) throw error;
    console.warn(`\nSKIPPED: all tests on the XS engine. ${error.message}\n`);
    return [
      "test/host-sim/xs/**",
      "test/host-sim/replay/**",
      "test/host-sim/cli/**",
      "test/host-sim/experiments/adaptation/**",
      "test/host-sim/report/page.test.ts",
    ];
  }
}

export default defineConfig({
  // What runs on a board imports the runtime by the names that it has there.
  resolve: {
    alias: [
      {find: /^ganglion\/((?:devices|host-sim)\/.*)$/, replacement: `${import.meta.dirname}/$1.ts`},
      {find: /^ganglion\/(.*)$/, replacement: `${import.meta.dirname}/runtime/$1.ts`},
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: await withoutXs(),
    globalSetup: ["test/setup.ts"],
    hookTimeout: 180_000,
    testTimeout: 60_000,
  },
});
