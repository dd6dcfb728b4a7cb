// npm run docs: writes the tables of the README from real runs, between their marks, docs/reproduction.md,
// docs/columns.md, docs/gallery.md and docs/studies/ with their pictures. No figure there is typed by hand.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compare, loadScenario, type MetricName } from "../../src/api/index.ts";
import { makeChart } from "../../src/charts/chart.ts";
import { type MetricValue, readMetric } from "../../src/experiment/result.ts";
import { tuneForEngine } from "../../src/experiment/tuning.ts";
import { KIM2025 } from "../../src/literature/kim2025/study.ts";
import { reproduce } from "../../src/literature/reproduce.ts";
import { STUDIES } from "../../src/literature/studies.ts";
import type { Study } from "../../src/literature/study.ts";
import { toSvg } from "../../src/render/render.ts";
import type { SweepResult } from "../../src/results/documents.ts";
import { columnsPage } from "./columnsPage.ts";
import { gallery } from "./gallery.ts";
import { reproductionPage } from "./reproductionPage.ts";
import { pictureOf, studiesPage, studyPage } from "./studyPage.ts";

const ARCHITECTURES = ["single", "independent", "centralized", "decentralized", "hybrid"];
const ROWS: readonly [MetricName, string][] = [
  ["success", "Success"],
  ["errorsAtAggregation", "Errors at aggregation"],
  ["amplification.propagation", "Amplification, propagation"],
  ["amplification.task", "Amplification, task"],
  ["amplification.trace", "Amplification, trace"],
  ["turns", "Turns"],
  ["messages", "Messages"],
  ["costPerSuccess", "Cost per success, $"],
  ["latency.p95", "Latency p95, s"],
  ["passHat8", "pass^8"],
];

async function tableOf(benchmark: string, replications: number) {
  const scenarios = await Promise.all(
    ARCHITECTURES.map((architecture) =>
      loadScenario(`scenarios/kim2025/${benchmark}-${architecture}.yaml`),
    ),
  );
  const result = await compare(scenarios, { baseline: `${benchmark}-single`, replications });
  const rows = ROWS.map(([metric, label]) => {
    const cells = scenarios.map(({ name }) => cellOf(result.metric(name, metric)));
    return `| ${[label, ...cells].join(" | ")} |`;
  });
  return [
    `| ${["", ...ARCHITECTURES].join(" | ")} |`,
    `| --- |${" --: |".repeat(ARCHITECTURES.length)}`,
    ...rows,
  ].join("\n");
}

/** The estimate with as many decimals as its 95 % interval supports: one digit of the half-width. */
function cellOf({ mean, ci: [lo, hi] }: MetricValue) {
  if (mean === null) return "undefined";
  if (lo === hi) return String(mean);
  const half = ((hi ?? mean) - (lo ?? mean)) / 2;
  const decimals = Math.min(4, Math.max(0, -Math.floor(Math.log10(half))));
  return mean === 0 ? "0" : `${mean.toFixed(decimals)} ± ${half.toFixed(decimals)}`;
}

function fill(text: string, mark: string, content: string, gap = "\n") {
  const [start, end] = [`<!-- ${mark}:start -->`, `<!-- ${mark}:end -->`];
  const [before, rest] = text.split(start);
  const [, after] = rest.split(end);
  return `${before}${start}${gap}${content}${gap}${end}${after}`;
}

/** Success by number of agents and architecture at one error rate of the shipped experiment. */
function sweepTable({ rows }: SweepResult, errorRate: number) {
  const at = rows.filter((row) => row.factors.errorRate === errorRate);
  const value = (scenario: string, agents: unknown) => {
    const row = at.find((one) => one.scenario === scenario && one.factors.agents === agents)!;
    return cellOf(readMetric(row.metrics!, "success")!);
  };
  const sizes = [...new Set(at.map((row) => row.factors.agents))].filter((n) => n !== undefined);
  const teams = ARCHITECTURES.slice(1);
  return {
    single: value("single", undefined),
    table: [
      `| ${["agents", ...teams].join(" | ")} |`,
      `| --: |${" --: |".repeat(teams.length)}`,
      ...sizes.map((n) => `| ${[n, ...teams.map((team) => value(team, n))].join(" | ")} |`),
    ].join("\n"),
  };
}

function sweep(file: string): SweepResult {
  const folder = mkdtempSync(join(tmpdir(), "faultline-docs-"));
  const args = ["dist/cli/main.js", "sweep", file, "--out", folder, "--json", "--quiet"];
  const { status, stdout } = spawnSync(process.execPath, args, { maxBuffer: 2 ** 30 });
  rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error(`sweep of ${file} ended with ${status}`);
  return JSON.parse(String(stdout));
}

tuneForEngine();
let readme = readFileSync("README.md", "utf8");
readme = fill(readme, "finance", await tableOf("finance-agent", 20_000));
readme = fill(readme, "plancraft", await tableOf("plancraft", 20_000));
const swept = sweepTable(sweep("scenarios/experiments/team-size.yaml"), 0.1);
readme = fill(readme, "sweep", swept.table);
readme = fill(readme, "sweep-single", swept.single, "");
writeFileSync("README.md", readme);
writeFileSync("docs/columns.md", columnsPage());
writeFileSync("docs/gallery.md", gallery());

// Calibration and predictions are kept, since they take minutes: npm run calibration, npm run predictions.
const kept = (name: string) =>
  JSON.parse(readFileSync(`scenarios/kim2025/golden/${name}.json`, "utf8"));
mkdirSync("docs", { recursive: true });
writeFileSync(
  "docs/reproduction.md",
  reproductionPage({
    reproduction: await reproduce(KIM2025),
    calibration: kept("calibration"),
    predictions: kept("predictions"),
  }),
);

// Every study but kim2025, whose page is docs/reproduction.md.
for (const folder of ["docs/studies", "docs/pictures/studies"])
  mkdirSync(folder, { recursive: true });
const pageOf = (study: Study) => (study === KIM2025 ? "../reproduction.md" : `${study.name}.md`);
writeFileSync("docs/studies/README.md", studiesPage(STUDIES, pageOf));
for (const study of STUDIES.filter((one) => one !== KIM2025)) {
  const result = await reproduce(study);
  writeFileSync(`docs/studies/${study.name}.md`, studyPage(study, result));
  for (const { name } of result.figures ?? []) {
    const file = join("docs/studies", pictureOf(study.name, name));
    writeFileSync(file, `${await toSvg(makeChart(name, result))}\n`);
  }
}
