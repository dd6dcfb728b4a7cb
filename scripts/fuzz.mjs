// Fuzzes all that reads files at length: npm run fuzz -- [--count N] [--seed FIRST] [files|results]. What it finds is
// printed with the fewest lines that show it, and with the command that repeats it.
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const TESTS = { files: "test/documents/fuzzFiles.test.ts", results: "test/results/fuzz.test.ts" };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
  },
});
const tests =
  positionals.length > 0 ? positionals.map((name) => TESTS[name] ?? name) : Object.values(TESTS);
const { status } = spawnSync("npx", ["vitest", "run", ...tests, "-t", `^${values.count} damaged`], {
  stdio: "inherit",
  env: { ...process.env, FAULTLINE_FUZZ_COUNT: values.count, FAULTLINE_FUZZ_SEED: values.seed },
});
process.exitCode = status ?? 1;
