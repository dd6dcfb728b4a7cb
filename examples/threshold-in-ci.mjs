// A job of continuous integration: fails where the team no longer keeps its promises, and is content with no less
// precision than it needs to tell.
import { defineScenario, run } from "faultline";

const support = defineScenario({
  name: "support",
  task: { graph: { shape: "generated", size: 5, spread: 2 }, difficultySpread: 0.5 },
  models: {
    base: { errorRate: 0.02, latency: { distribution: "lognormal", mean: "4s", cv: 0.5 } },
  },
  agents: { worker: { count: 2, checks: { self: { recall: 0.6, falseAlarm: 0.05 } } } },
  protocol: [{ work: { who: "worker" } }, { aggregate: { how: "majority" } }],
  thresholds: ["success >= 0.7", "latency.p95 <= 90", "costPerSuccess <= 0.1"],
});

const result = await run(support, { precision: { success: "2%" } });
const [{ thresholds, replications }] = result.scenarios;
for (const { threshold, verdict } of thresholds) console.log(`${verdict.padEnd(12)} ${threshold}`);
console.log(replications, "replications");

// A verdict can also be "inconclusive": then the interval holds the bound, and more replications would decide.
if (thresholds.some(({ verdict }) => verdict !== "pass")) process.exitCode = 1;
