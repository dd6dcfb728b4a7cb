import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/support/bundleBrowser.mjs",
    setupFiles: "test/support/propertySeed.ts",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Modules have no state of their own to be kept apart, and reading them anew for each file doubles the time.
    isolate: false,
    // One file a core: by default vitest leaves one idle.
    maxWorkers: "100%",
    execArgv: ["--import", new URL("scripts/typescript/register.mjs", import.meta.url).href],
    reporters: ["default", "./test/support/summaryReporter.ts"],
  },
});
