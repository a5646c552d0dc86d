import {defineConfig} from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/setup.ts"],
    // Building the XS engine takes up to a minute, once.
    hookTimeout: 180_000,
    testTimeout: 60_000,
  },
});
