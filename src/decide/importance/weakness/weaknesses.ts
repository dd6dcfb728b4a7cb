// What weakens a team: for each agent, model, edge, check and claim the paired counterfactual, what the metrics would be if it were
// perfect, absent, or ten percent better; the classical importance measures; and what to fix first.
import { canonicalJson } from "../../../documents/canonicalJson.ts";
import type { MetricValue } from "../../../experiment/result.ts";
import { metric as metricOf } from "../../../metrics/definitions.ts";
import { tasksOf } from "../../../scenario/compiling/compile.ts";
import { isSubject, states } from "../../../scenario/objectives/subjects.ts";
import type { Scenario } from "../../../scenario/schema.ts";
import { drawCountOf, drawnScenarios, isUncertain } from "../../../scenario/uncertain/draws.ts";
import { instancesWith } from "../../blockSize.ts";
import { Blocks } from "../../blocks.ts";
import type { Trials, TrialValues } from "../../trials.ts";
import {
  COUNTERFACTUALS,
  type Component,
  type ComponentKind,
  type CounterfactualName,
  type LeftOut,
} from "./component.ts";
import { componentsOf } from "./components.ts";
import { type Leading, leadingOf } from "./leading.ts";
import {
  changeOf,
  type ImportanceMeasures,
  importanceMeasures,
  meanOf,
  type OverBlocks,
} from "./measures.ts";

export interface WeaknessesOptions {
  /** Open with all of {@link weaknessMetrics}. */
  readonly trials: Trials;
  readonly scenario: Scenario;
  readonly seed: string;
  /** Name of the metric by which components are ranked. Default: success. */
  readonly metric?: string;
  /** Independent paired observations of each counterfactual, an integer >= 5. Default: 32. */
  readonly blocks?: number;
  /** Task instances per block, a multiple of 32; of a stream, replications. Default: those of 128 tasks. */
  readonly instances?: number;
  /** Called with the share that is done, 0..1. */
  readonly onProgress?: (share: number) => void;
}

/** By how much metrics change with a counterfactual, by name. */
export type Changes = Readonly<Record<string, MetricValue>>;

/** A component and what depends on it. */
export interface Weakness
  extends Readonly<Record<CounterfactualName, Changes>>,
    ImportanceMeasures {
  readonly kind: ComponentKind;
  readonly name: string;
}

export interface Weaknesses {
  /** The metric by which components are ranked, and which way it is better. */
  readonly metric: string;
  readonly better: "higher" | "lower";
  /** Independent observations of the team and of each counterfactual. */
  readonly blocks: number;
  /** Task instances per block; of a stream, replications. */
  readonly instances: number;
  /** The team as it is: means by metric. */
  readonly base: Changes;
  /** Those with which perfection gains most come first. */
  readonly components: readonly Weakness[];
  /** What to fix first: of all, then of each kind. */
  readonly first: readonly Leading[];
  readonly leftOut: readonly LeftOut[];
}

const TOLD = ["success", "errorsAtAggregation", "loss.total", "cost", "latency.p95"];
const [BLOCKS, TASKS_PER_BLOCK] = [32, 128];

/** The metrics that counterfactuals are told in: losses where some are stated, and the one that ranks. */
export function weaknessMetrics(scenario: Scenario, metric = "success"): readonly string[] {
  const told = TOLD.filter((name) => {
    const { about } = metricOf(name);
    return !isSubject(about) || states(about, scenario);
  });
  return told.includes(metric) ? told : [...told, metric];
}

/**
 * Finds what weakens the team of a scenario. Where numbers are uncertain, every block has a draw of them.
 * @throws ScenarioError where a draw of uncertain numbers is no valid scenario
 */
export async function weaknesses(options: WeaknessesOptions): Promise<Weaknesses> {
  const { trials, scenario, seed, metric: name = "success", onProgress } = options;
  const { blocks = BLOCKS, instances = instancesWith(TASKS_PER_BLOCK, [scenario]) } = options;
  const { components, leftOut } = componentsOf(scenario);
  const { drawn, rows } = variantsOf(await drawsOf(scenario, seed), components);
  const opened = new Blocks(trials, drawn, { seed, instances });
  const tasks = instances * tasksOf(scenario);
  const observed = await observe(opened, drawn[0].length, blocks, onProgress);

  const valuesOf = (row: number, of: string): OverBlocks => {
    const column = trials.metrics.indexOf(of);
    return observed[row].map((values) => values[column]);
  };
  const table = new Map(
    weaknessMetrics(scenario, name).map((of) => [of, drawn[0].map((_, row) => valuesOf(row, of))]),
  );
  const tellEach = (tell: (of: string, values: readonly OverBlocks[]) => MetricValue): Changes =>
    Object.fromEntries([...table].map(([of, values]) => [of, tell(of, values)]));
  const changes = (row: number) =>
    tellEach((of, values) => changeOf(metricOf(of), values[row], values[0], tasks));

  const metric = metricOf(name);
  const better = metric.better ?? "higher";
  const sign = better === "higher" ? 1 : -1;
  const success = table.get("success") as readonly OverBlocks[];
  const found = components.map(({ kind, name: called }, i): Weakness => {
    const { perfect, absent } = rows[i];
    return {
      kind,
      name: called,
      perfect: changes(perfect),
      absent: changes(absent),
      better: changes(rows[i].better),
      ...importanceMeasures(success[0], success[perfect], success[absent], tasks),
    };
  });
  const ranked = table.get(name) as readonly OverBlocks[];
  const perfected = components.map(({ kind, name: called }, i) => ({
    kind,
    name: called,
    values: ranked[rows[i].perfect],
  }));
  const gainOf = ({ perfect }: Weakness) =>
    sign * (perfect[name].mean ?? sign * Number.NEGATIVE_INFINITY);
  return {
    metric: name,
    better,
    blocks,
    instances,
    base: tellEach((_, values) => meanOf(values[0], tasks)),
    components: [...found].sort((a, b) => gainOf(b) - gainOf(a) || 0),
    first: leadingOf(perfected, ranked[0], { metric, sign, tasks }),
    leftOut,
  };
}

/** The scenario with each draw of its uncertain numbers; itself where none is. */
async function drawsOf(scenario: Scenario, seed: string): Promise<readonly Scenario[]> {
  if (!isUncertain(scenario)) return [scenario];
  const drawn = await drawnScenarios([scenario], seed, drawCountOf([scenario]));
  return drawn.map(([one]) => one);
}

/** Rows of the scenarios in which a component is changed; 0 is the team as it is. */
type Rows = Readonly<Record<CounterfactualName, number>>;

/** The team and its counterfactuals by draw, each once. */
function variantsOf(draws: readonly Scenario[], components: readonly Component[]) {
  const drawn: Scenario[][] = draws.map((scenario) => [scenario]);
  const rowOf = ({ changes }: Component, name: CounterfactualName): number => {
    const changed = draws.map((scenario) => changes[name](scenario));
    if (changed.every((one, i) => isSame(one, draws[i]))) return 0;
    for (const [i, one] of changed.entries()) drawn[i].push(one);
    return drawn[0].length - 1;
  };
  const rows = components.map(
    (component) =>
      Object.fromEntries(COUNTERFACTUALS.map((name) => [name, rowOf(component, name)])) as Rows,
  );
  return { drawn, rows };
}

const isSame = (a: Scenario, b: Scenario) => a === b || canonicalJson(a) === canonicalJson(b);

/** @returns values by row, block and metric */
async function observe(
  blocks: Blocks,
  rows: number,
  count: number,
  onProgress: WeaknessesOptions["onProgress"],
): Promise<readonly (readonly TrialValues[])[]> {
  let done = 0;
  return Promise.all(
    Array.from({ length: rows }, async (_, row) => {
      const [values] = await blocks.observe([row], 0, count);
      onProgress?.(++done / rows);
      return values;
    }),
  );
}
