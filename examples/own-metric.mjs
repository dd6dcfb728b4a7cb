// A metric of one's own from recorded rows: what failed tasks cost, and which share of all money they take.
import { defineScenario, run } from "faultline";

const team = defineScenario({
  name: "team",
  task: { graph: { shape: "generated", size: 8, spread: 3 }, difficultySpread: 1 },
  models: { base: { errorRate: 0.05, price: { input: 3, output: 15 } } },
  agents: { worker: { count: 3 } },
  protocol: [{ work: { who: "worker" } }, { aggregate: { how: "majority" } }],
});

const cost = { all: 0, ofFailures: 0 };
let failures = 0;
const result = await run(team, {
  replications: 1600,
  onReplication(row) {
    cost.all += row.cost;
    if (row.success === 1) return;
    cost.ofFailures += row.cost;
    failures += 1;
  },
});

console.log(`a failed task costs $${(cost.ofFailures / failures).toFixed(4)}`);
console.log(`a task costs        $${result.metric("team", "cost").mean?.toFixed(4)}`);
console.log(`failures take ${(100 * (cost.ofFailures / cost.all)).toFixed(1)} % of the money`);
