// Looks for a task in which an error escapes, and follows that error from where it began to where it ends.
import { defineScenario, findReplication, trace } from "faultline";
import { writeChart } from "faultline/charts";

const relay = defineScenario({
  name: "relay",
  task: { graph: { shape: "chain", size: 5 } },
  models: { base: { errorRate: 0.05 } },
  agents: {
    worker: { count: 2 },
    editor: { checks: { peer: { recall: 0.5 } } },
  },
  topology: { preset: "star", hub: "editor" },
  protocol: [
    { work: { who: "worker", turns: 3 } },
    { send: { from: "worker", to: "editor" } },
    { check: { by: "editor" } },
    { work: { who: "editor" } },
    { aggregate: { how: "first", from: "editor" } },
  ],
});

const replication = await findReplication(relay, "escaped");
if (replication === undefined) throw new Error("no error escapes in 4000 replications");
let turns = 0;
const lineage = await trace(relay, {
  replication,
  onEvent: ({ event }) => {
    if (event === "turnEnded") turns += 1;
  },
});

console.log(`replication ${replication}: ${turns} turns`);
for (const { version, claim, agent, t, cause, parent, looks, fate } of lineage.tasks[0].errors) {
  const from = parent === null ? "begins" : `comes from version ${parent}`;
  const missed = looks.filter(({ caught }) => !caught).length;
  console.log(
    `${t.toFixed(1)} s: version ${version} (${claim}, ${agent}) ${from}: ${cause}; missed by ${missed} checks; ${fate}`,
  );
}
await writeChart(lineage, "lineage.svg", { chart: "lineage" });
