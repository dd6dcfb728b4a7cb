// Makes pages of a comparison: a report in HTML for the browser, the same in Markdown, and a replay of one task.
import { compare, findReplication, loadScenario, memoryFiles } from "faultline";
import { makeReport, writeReplay, writeReport } from "faultline/report";

// On disk these would be files; `loadScenario("team.yaml")` alone reads them.
const files = memoryFiles({
  "single.yaml": `
task: { graph: { shape: generated, size: 6, sequentiality: 0.5 } }
models: { base: { errorRate: 0.08 } }
agents: { worker: { checks: { self: { recall: 0.5 } } } }
protocol:
  - work: { who: worker }
  - aggregate: { how: majority }
`,
  "team.yaml": "{ extends: single.yaml, agents: { worker: { count: 3 } } }",
});
const single = await loadScenario("single.yaml", { files });
const team = await loadScenario("team.yaml", { files });
const result = await compare([single, team], { baseline: "single", replications: 1600 });

await writeReport(result, "report.html");
const replication = await findReplication(team, "caught");
await writeReplay([single, team], "replay.html", { replication: replication ?? 0 });

const text = await makeReport(result, { format: "md", title: "A team beside one agent" });
console.log(text.split("\n").slice(0, 5).join("\n"));
