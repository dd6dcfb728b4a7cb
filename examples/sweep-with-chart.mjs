// Varies the size of a team and the error rate of its model, and draws the map.
import { sweep } from "faultline";
import { writeChart } from "faultline/charts";

const result = await sweep(
  {
    name: "vote",
    task: { graph: { shape: "chain", size: 4 }, alternatives: 1 },
    models: { base: { errorRate: 0.1 } },
    agents: { worker: { count: 1 } },
    protocol: [{ work: { who: "worker" } }, { aggregate: { how: "majority" } }],
  },
  {
    factors: {
      agents: { path: "agents.worker.count", values: [1, 3, 5, 7] },
      rate: { path: "models.base.errorRate", from: 0.05, to: 0.4, count: 4, scale: "log" },
    },
    metrics: ["success", "cost"],
    replications: 1600,
  },
);

for (const agents of [1, 3, 5, 7]) {
  const rows = result.rows.filter((row) => row.factors.agents === agents);
  const cells = rows.map(({ factors }) =>
    result.metric("vote", "success", factors).mean?.toFixed(2),
  );
  console.log(agents, "agents:", cells.join("  "));
}
await writeChart(result, "vote.svg");
