import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    // One file a core: by default vitest leaves one idle.
    maxWorkers: "100%",
    execArgv: ["--import", new URL("test/support/typescriptInWorkers.mjs", import.meta.url).href],
    reporters: ["default", "./test/support/summaryReporter.ts"],
  },
});
