// Fuzzes the reading of files at length: npm run fuzz -- [--count N] [--seed FIRST]. What it finds is printed with the
// fewest lines that show it, and with the command that repeats it.
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
  },
});
const { status } = spawnSync("npx", ["vitest", "run", "test/scenario/fuzzFiles.test.ts"], {
  stdio: "inherit",
  env: { ...process.env, FAULTLINE_FUZZ_COUNT: values.count, FAULTLINE_FUZZ_SEED: values.seed },
});
process.exitCode = status ?? 1;
