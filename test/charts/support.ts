// Results to draw: of shipped scenarios with few replications, and sweeps whose surfaces are known.
import { fileURLToPath } from "node:url";
import { nodeFiles } from "../../src/documents/reading/nodeFiles.ts";
import { compare, run } from "../../src/experiment/experiment.ts";
import type { MetricTree } from "../../src/experiment/result.ts";
import { ENGINE } from "../../src/experiment/result.ts";
import type { Trace, TraceEvent } from "../../src/experiment/trace/document.ts";
import { trace } from "../../src/experiment/trace/trace.ts";
import { reproduce } from "../../src/literature/reproduce.ts";
import { STUDIES } from "../../src/literature/studies.ts";
import type {
  ResultDocument,
  SweepResult,
  SweepResultRow,
  TraceLog,
} from "../../src/results/results.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import { importanceOf, TEAM } from "../decide/importance/support.ts";
import { scenario } from "../support/scenarios.ts";

const ARCHITECTURES = ["single", "independent", "centralized", "decentralized", "hybrid"];

async function shipped(benchmark: string) {
  const paths = ARCHITECTURES.map((architecture) =>
    fileURLToPath(
      new URL(`../../scenarios/kim2025/${benchmark}-${architecture}.yaml`, import.meta.url),
    ),
  );
  const loaded = await Promise.all(
    paths.map((path) => loadScenario(path, { files: nodeFiles(path) })),
  );
  return loaded.map(({ scenario }) => scenario);
}

export async function comparison() {
  const scenarios = await shipped("finance-agent");
  return compare(scenarios, scenarios[0].name, { replications: 160, seed: "charts" });
}

export async function runs() {
  const scenarios = [...(await shipped("finance-agent")), ...(await shipped("plancraft"))];
  return run(scenarios, { replications: 80, seed: "charts" });
}

export const reproduction = () => reproduce(STUDIES[0], { replications: 80, seed: "charts" });

/** A replication of the hybrid team in which errors arise and are caught. */
const REPLICATION = 115;

export async function traces(): Promise<{ log: TraceLog; lineage: Trace }> {
  const [scenario] = (await shipped("finance-agent")).slice(-1);
  const events: TraceEvent[] = [];
  const options = { seed: "faultline", replication: REPLICATION };
  const lineage = trace(scenario, { ...options, onEvent: (event) => void events.push(event) });
  const log = { schema: "faultline/trace@1", scenario: scenario.name, ...options, events } as const;
  return { log, lineage };
}

/** How high a surface is at a point of a sweep. */
export type Surface = (x: number, y: number) => number | null;

/** A sweep over a grid in which the success of every scenario is known. */
export function sweepOf(
  surfaces: Readonly<Record<string, Surface>>,
  xs: readonly number[],
  ys: readonly number[] | undefined,
): SweepResult {
  const rows: SweepResultRow[] = [];
  const points = xs.flatMap((x) => (ys ?? [0]).map((y) => ({ x, y })));
  for (const [cell, { x, y }] of points.entries())
    for (const [scenario, surface] of Object.entries(surfaces)) {
      const factors: Record<string, number> =
        ys === undefined ? { rate: x } : { rate: x, agents: y };
      const common = { cell, scenario, factors, seed: "s", status: "ok" as const };
      const metrics = metricsOf(surface(x, y), x);
      const rest = { thresholds: [], warnings: [], events: 1000 };
      rows.push({ ...common, replications: 1000, instances: 125, metrics, ...rest });
    }
  const factor = (name: string, values: readonly number[]) => ({ name, paths: [name], values });
  return {
    schema: "faultline/sweep@1",
    name: "known",
    seed: "s",
    engine: ENGINE,
    factors: [factor("rate", xs), ...(ys === undefined ? [] : [factor("agents", ys)])],
    design: { kind: "grid" },
    points: points.length,
    excluded: 0,
    sampling: { replications: 1000 },
    metrics: ["success"],
    cells: points.length,
    rows,
  };
}

function metricsOf(success: number | null, cost: number): MetricTree {
  const undefinedValue = { mean: null, ci: [null, null] as const, undefined: "no task has ended" };
  const around = (mean: number) => ({ mean, ci: [0.98 * mean, Math.min(1, 1.02 * mean)] as const });
  return {
    success: success === null ? undefinedValue : around(success),
    cost: { mean: 1 + cost, ci: [0.9 + cost, 1.1 + cost] },
  };
}

/** Two scenarios of which the second overtakes the first at rate 0.35, whatever the number of agents. */
export const crossing = () =>
  sweepOf(
    { "t-single": (x) => 0.8 - x, "t-hybrid": () => 0.45 },
    [0.1, 0.2, 0.3, 0.4, 0.5],
    [1, 2, 3],
  );

export const line = () =>
  sweepOf(
    { "t-single": (x) => 0.8 - x, "t-hybrid": (x) => (x > 0.3 ? null : 0.5) },
    [0.1, 0.2, 0.3, 0.4],
    undefined,
  );

export const map = () => sweepOf({ alone: (x, y) => (x * y) / 3 }, [0.1, 0.2, 0.4], [1, 2, 3]);

/** A sweep at points of a Latin hypercube: `errorRate` matters, `price` does not. */
export function scattered(scenarios = ["t-single", "t-hybrid"]): SweepResult {
  const size = 40;
  const at = (cell: number, prime: number) => ((cell * prime) % size) / size;
  const points = Array.from({ length: size }, (_, cell) => ({
    errorRate: 0.02 + 0.3 * at(cell, 7),
    price: 1 + 9 * at(cell, 13),
  }));
  const rows = points.flatMap((factors, cell) =>
    scenarios.map((scenario, k): SweepResultRow => {
      const mean = k === 0 ? 0.8 - factors.errorRate : 0.5 + 0.3 * factors.errorRate;
      const metrics = metricsOf(mean, factors.price);
      const common = { cell, scenario, factors, seed: "s", status: "ok" as const };
      return { ...common, replications: 1000, instances: 125, metrics };
    }),
  );
  const factor = (name: string, from: number, to: number) => ({
    name,
    paths: [name],
    range: { from, to, scale: "linear" as const },
  });
  return {
    ...sweepOf({}, [0], undefined),
    name: "random",
    factors: [factor("price", 1, 10), factor("errorRate", 0.02, 0.32)],
    design: { kind: "latin-hypercube", size },
    points: size,
    cells: size,
    rows,
  };
}

/** A desk whose claims have names, owners and losses; a program and a person in shifts go over them. */
const desk = scenario({
  name: "desk",
  task: {
    graph: {
      shape: "graph",
      claims: {
        facts: { owner: "clerk", loss: 20 },
        payout: { needs: ["facts"], owner: "clerk", loss: 4000, critical: true },
      },
    },
  },
  models: { base: { errorRate: 0.2, latency: { distribution: "constant", mean: "1h" } } },
  agents: {
    clerk: { staff: 2 },
    rules: { kind: "code" },
    reviewer: {
      kind: "human",
      ...{ errorRate: 0.02, duration: { distribution: "constant", mean: "30min" } },
      ...{ price: { perHour: 50 }, staff: 2, shifts: { days: "mon-fri", hours: "9:00-17:00" } },
      checks: { peer: { recall: 0.8, falseAlarm: 0.05 } },
    },
  },
  topology: {
    edges: [
      { from: "clerk", to: "rules" },
      { from: "rules", to: "reviewer" },
    ],
  },
  protocol: [
    { assign: { mode: "owners" } },
    { work: { who: "clerk" } },
    { send: { from: "clerk", to: "rules" } },
    { send: { from: "rules", to: "reviewer" } },
    { check: { by: "reviewer" } },
    { aggregate: { how: "concatenate", from: "reviewer" } },
  ],
  workload: { arrivals: "fixed", interval: "3h", tasks: 8, start: "mon 8:00" },
});

export const valued = () => run([desk], { replications: 60, seed: "charts" });

export function deskTrace(): { log: TraceLog; lineage: Trace } {
  const events: TraceEvent[] = [];
  const options = { seed: "charts", replication: 0 };
  const lineage = trace(desk, { ...options, onEvent: (event) => void events.push(event) });
  const log = { schema: "faultline/trace@1", scenario: desk.name, ...options, events } as const;
  return { log, lineage };
}

/** What decides in a team of which b errs more: both halves, and each alone. */
export async function importances() {
  const vary = ["models.a.errorRate=0.05:0.15", "models.b.errorRate=0.1:0.5"];
  const size = { replications: 1, basePoints: 64 };
  const importance = await importanceOf(TEAM, { vary, size });
  return {
    importance,
    weaknesses: { ...importance, assumptions: null },
    assumptions: { ...importance, weaknesses: null },
  };
}

/** The event log of a small pipeline in which a reviewer takes half an hour. */
export function pipelineLog(): TraceLog {
  const events: unknown[] = [];
  let message = 0;
  const turn = (agent: string, from: number, to: number) =>
    events.push(
      { t: from, event: "turnBegan", agent },
      { t: to, event: "turnEnded", agent, tokens: 100 },
    );
  const send = (t: number, from: string, to: string) =>
    events.push({ t, event: "sent", message: ++message, from, to, versions: 1 });
  turn("intake", 0, 4);
  for (const to of ["medical", "policy", "desk"]) send(4, "intake", to);
  turn("medical", 5, 15);
  turn("policy", 5, 9);
  for (const from of ["medical", "policy"]) send(15, from, "desk");
  turn("desk", 16, 24);
  send(24, "desk", "reviewer");
  turn("reviewer", 25, 1825);
  send(1825, "reviewer", "desk");
  send(1825, "reviewer", "intake");
  turn("desk", 1826, 1836);
  return {
    schema: "faultline/trace@1",
    scenario: "pipeline",
    seed: "s",
    replication: 3,
    events: events as TraceEvent[],
  };
}

/** The result with another name for every scenario. */
export function renamed<R extends ResultDocument>(result: R, from: RegExp, to: string): R {
  return JSON.parse(JSON.stringify(result).replaceAll(from, JSON.stringify(to).slice(1, -1))) as R;
}
