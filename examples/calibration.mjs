// Fits two parameters to three figures, and says how well the figures pin them down.
import { calibrate, defineScenario } from "faultline";

const single = defineScenario({
  name: "single",
  task: { graph: { shape: "chain", size: 5 } },
  models: { base: { errorRate: 0.1 } },
  agents: { worker: { checks: { self: { recall: 0.5 } } } },
  protocol: [{ work: { who: "worker" } }, { aggregate: { how: "majority" } }],
});
const source = "our own logs";
const result = await calibrate({
  name: "our-team",
  scenarios: { single, team: { ...single, name: "team", agents: { worker: { count: 3 } } } },
  parameters: [
    { path: "models.base.errorRate", range: [0.01, 0.4], scale: "log" },
    { path: "task.difficultySpread", range: [0, 3] },
  ],
  targets: [
    { id: "single", metric: "success", of: "single", value: 0.55, tolerance: 0.03, source },
    { id: "team", metric: "success", of: "team", value: 0.6, tolerance: 0.03, source },
    { id: "pass8", metric: "passHat8", of: "single", value: 0.28, tolerance: 0.05, source },
  ],
  search: {
    levels: [{ replications: 400, evaluations: 60 }],
    descent: 40,
    polish: 40,
    final: 2000,
  },
});

for (const { path, fitted, profile } of result?.parameters ?? [])
  console.log(`${path} = ${fitted.toPrecision(3)}: ${profile?.verdict}`);
for (const { id, published, simulated, pass } of result?.targets ?? [])
  console.log(
    `${id}: ${published} published, ${simulated.mean?.toFixed(3)} simulated, ${pass ? "met" : "missed"}`,
  );
