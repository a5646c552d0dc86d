import path from "node:path";
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
      "test/devices/apps/learn.test.ts",
      "test/devices/apps/steady.test.ts",
      "test/devices/sensors/on-xs.test.ts",
      "test/devices/storage/xs/**",
      "test/host-sim/xs/**",
      "test/host-sim/replay/**",
      "test/host-sim/cli/**",
      "test/host-sim/experiments/adaptation/**",
      "test/host-sim/report/page.test.ts",
    ];
  }
}

export default defineConfig({
  // What runs on a device imports the package by its name, as an app does; here that is the sources.
  resolve: {
    alias: [
      {find: /^ganglion\/((?:sensors|storage)\/.*)$/, replacement: path.resolve("devices/$1.ts")},
      {find: /^ganglion\/(host-sim\/.*)$/, replacement: path.resolve("$1.ts")},
      {find: /^ganglion\/(.*)$/, replacement: path.resolve("runtime/$1.ts")},
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
