// A value that is set and would be replaced in silence by another one is refused.
import { expect, test } from "vitest";
import { FILES, faultline } from "./memoryWorld.ts";

const EXPERIMENT = `
scenarios: { single: demo-single.yaml }
factors: { rate: { path: models.base.errorRate, values: [0.1, 0.2] } }
seed: mine
replications: 40
`;
const files = { ...FILES, "experiment.yaml": EXPERIMENT };
const RATE = ["--vary", "models.base.errorRate=0.1,0.2"];

test.each([
  [["sweep", "demo-single.yaml", ...RATE, "--set", "models.base.errorRate=0.3"], 3, "is varied"],
  [["sweep", "demo-single.yaml", ...RATE, "--set", "models.base={errorRate: 1}"], 3, "is varied"],
  [["sweep", "experiment.yaml", "--set", "models.base.errorRate=0.3"], 3, "is varied"],
  [["sweep", "experiment.yaml", "--set", "seed=other"], 3, "seed is set by --set"],
  [
    ["sweep", "demo-single.yaml", "--vary", "a:protocol.0.work.turns=1,2"].concat([
      "--vary",
      "b:protocol.00.work.turns=3,4",
    ]),
    3,
    "is varied already, by a",
  ],
  [["run", "demo-single.yaml", "--set", "repeats=1", "--set", "repeats=2"], 2, "set twice"],
  [
    ["run", "demo-single.yaml"].concat([
      "--set",
      "models.base.errorRate=1",
      "--set",
      "models.base={}",
    ]),
    2,
    "models.base replaces models.base.errorRate",
  ],
  [["run", "demo-single.yaml", "--set", "seed=a", "--seed", "b"], 2, "--set seed"],
] as const)("%j", async (args, code, message) => {
  const outcome = await faultline(args, { files });
  expect(outcome.stderr).toContain(message);
  expect(outcome.code).toBe(code);
});

test("a value that is set beside what is varied stays", async () => {
  const args = ["sweep", "demo-single.yaml", ...RATE, "--set", "models.base={pace: 2}"];
  const { code } = await faultline([...args, "--dry-run"], { files });
  expect(code).toBe(0);
});
