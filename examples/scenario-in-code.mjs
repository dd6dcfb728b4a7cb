// Builds scenarios in code: one function, teams of several sizes, and what is wrong told by path.
import { defineScenario, run, ScenarioError, warningsOf } from "faultline";

/** A lead that shares out the work among some workers and checks what comes back. */
const teamOf = (/** @type {number} */ workers) =>
  defineScenario({
    name: `team-of-${workers}`,
    task: { graph: { shape: "generated", size: 8, spread: 2, sequentiality: 0.3 }, tools: 4 },
    models: {
      small: { errorRate: "= 0.02 * tools", latency: { distribution: "constant", mean: "3s" } },
    },
    agents: {
      worker: { count: workers },
      lead: { role: "orchestrator", checks: { orchestrator: { recall: 0.7, falseAlarm: 0.1 } } },
    },
    topology: { preset: "star", hub: "lead" },
    protocol: [
      {
        repeat: {
          rounds: 3,
          until: "complete",
          phases: [
            { assign: { by: "lead", to: "worker", mode: "partition" } },
            { work: { who: "worker", turns: 4 } },
            { send: { from: "worker", to: "lead" } },
            { check: { by: "lead" } },
          ],
        },
      },
      { aggregate: { how: "synthesize", by: "lead" } },
    ],
  });

const teams = [2, 4, 8].map(teamOf);
const result = await run(teams, { replications: 1600 });
for (const { name } of teams) {
  const { mean, ci } = result.metric(name, "success");
  console.log(
    `${name}: success ${mean?.toFixed(3)} (${ci.map((x) => x?.toFixed(3)).join(" to ")})`,
  );
}

// Spread into another scenario, one brings along all that was written; here the workers never get to send what they made.
const [small] = teams;
const silent = defineScenario({
  ...small,
  name: "silent",
  protocol: [{ work: { who: "worker" } }, { aggregate: { how: "synthesize", by: "lead" } }],
});
for (const { path, message } of warningsOf(silent)) console.log(`warning: ${path}: ${message}`);

try {
  defineScenario({ ...small, models: { small: { errorRate: 7 } }, replications: -1 });
} catch (error) {
  if (!(error instanceof ScenarioError)) throw error;
  for (const { path, message, severity } of error.problems)
    if (severity === "error") console.log(`error: ${path}: ${message}`);
}
