// Compares a team of three with one agent: no file, one metric, one chart.
import { compare, defineScenario } from "faultline";
import { writeChart } from "faultline/charts";

const single = defineScenario({
  name: "single",
  task: { graph: { shape: "chain", size: 6 } },
  models: { base: { errorRate: 0.1 } },
  agents: { worker: { count: 1 } },
  protocol: [{ work: { who: "worker" } }, { aggregate: { how: "majority" } }],
});
const team = defineScenario({ ...single, name: "team", agents: { worker: { count: 3 } } });
const result = await compare([single, team], { baseline: "single" });
console.log("success of the team:", result.metric("team", "success"));
await writeChart(result, "success.svg", { chart: "success" });
