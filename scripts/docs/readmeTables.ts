// The tables of the README, between their marks, from real runs.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compare, loadScenario, type MetricName } from "../../src/api/index.ts";
import { type MetricValue, readMetric } from "../../src/experiment/result.ts";
import type { SweepResult } from "../../src/results/documents.ts";
import { tableOf } from "./places.ts";

/** In the order of the README's tables and pictures. */
export const ARCHITECTURES = ["single", "independent", "centralized", "decentralized", "hybrid"];
const TEAMS = ARCHITECTURES.slice(1);

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

/** The README with its tables written anew. */
export async function withTables(readme: string): Promise<string> {
  const { single, table } = sweepTable(sweep("scenarios/experiments/team-size.yaml"), 0.1);
  let text = fillMark(readme, "finance", await comparisonTable("finance-agent", 20_000));
  text = fillMark(text, "plancraft", await comparisonTable("plancraft", 20_000));
  text = fillMark(text, "sweep", table);
  return fillMark(text, "sweep-single", single, "");
}

function fillMark(text: string, mark: string, content: string, gap = "\n") {
  const [start, end] = [`<!-- ${mark}:start -->`, `<!-- ${mark}:end -->`];
  const [before, rest] = text.split(start);
  const [, after] = rest.split(end);
  return `${before}${start}${gap}${content}${gap}${end}${after}`;
}

async function comparisonTable(benchmark: string, replications: number) {
  const scenarios = await Promise.all(
    ARCHITECTURES.map((architecture) =>
      loadScenario(`scenarios/kim2025/${benchmark}-${architecture}.yaml`),
    ),
  );
  const result = await compare(scenarios, { baseline: `${benchmark}-single`, replications });
  const rows = ROWS.map(([name, label]) => [
    label,
    ...scenarios.map((scenario) => cellOf(result.metric(scenario.name, name))),
  ]);
  return tableOf(["", ...ARCHITECTURES], rows, ["---", ...ARCHITECTURES.map(() => "--:")]);
}

/** The estimate with as many decimals as its 95 % interval supports: one digit of the half-width. */
function cellOf({ mean, ci: [lo, hi] }: MetricValue) {
  if (mean === null) return "undefined";
  if (lo === hi) return String(mean);
  const half = ((hi ?? mean) - (lo ?? mean)) / 2;
  const decimals = Math.min(4, Math.max(0, -Math.floor(Math.log10(half))));
  return mean === 0 ? "0" : `${mean.toFixed(decimals)} ± ${half.toFixed(decimals)}`;
}

/** Success by number of agents and architecture at one error rate of the shipped experiment. */
function sweepTable({ rows }: SweepResult, errorRate: number) {
  const at = rows.filter((row) => row.factors.errorRate === errorRate);
  const value = (scenario: string, agents: unknown) => {
    const row = at.find((one) => one.scenario === scenario && one.factors.agents === agents)!;
    return cellOf(readMetric(row.metrics!, "success")!);
  };
  const sizes = [...new Set(at.map((row) => row.factors.agents))].filter((n) => n !== undefined);
  return {
    single: value("single", undefined),
    table: tableOf(
      ["agents", ...TEAMS],
      sizes.map((n) => [String(n), ...TEAMS.map((team) => value(team, n))]),
      ["--:", ...TEAMS.map(() => "--:")],
    ),
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
