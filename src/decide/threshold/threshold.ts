// The value of a number at which a metric crosses a level, or at which two scenarios cross each other, with common random numbers: all
// values are simulated on the same tasks with the same luck.
import { type Problem, ScenarioError } from "../../documents/checking/problems.ts";
import { valueAt } from "../../documents/checking/schemaWalk.ts";
import { keysOfPath } from "../../documents/reading/overrides.ts";
import type { MapNode } from "../../documents/reading/tree.ts";
import { ENGINE } from "../../experiment/result.ts";
import { metric as metricOf } from "../../metrics/definitions.ts";
import { findCrossing } from "../../numerics/rootFinding/crossing.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { rangeAt } from "../../scenario/uncertain/substitute.ts";
import { blockInstancesOf } from "../blockSize.ts";
import { type Blocks, openBlocks } from "../blocks.ts";
import { meanOverBlocks } from "../estimate.ts";
import { checkTogether } from "../together.ts";
import type { Trials } from "../trials.ts";
import { variantOf } from "../variant.ts";
import type { ThresholdSearch } from "./document.ts";

/** A scenario and how it was written. */
export interface Subject {
  readonly scenario: Scenario;
  readonly tree: MapNode;
}

export interface SearchRange {
  /** low < high. */
  readonly low: number;
  readonly high: number;
  /** Whether ratios count; low > 0 then. */
  readonly log: boolean;
}

export interface ThresholdOptions {
  readonly subject: Subject;
  /** What it is held against; then there is no level. */
  readonly other?: Subject | undefined;
  readonly metric: string;
  readonly level?: number | undefined;
  /** Dotted path of the number. */
  readonly path: string;
  /** Default: what the field allows, or a tenth to ten times today's value. */
  readonly range?: SearchRange | undefined;
  readonly seed: string;
  /** How the uncertain numbers of a variant are asked for. */
  readonly change: (scenario: Scenario) => Scenario;
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** There is no number at the path, or between which values to search is not clear. */
export class FindError extends RangeError {}

/** The metric never has the level. */
export class LevelError extends RangeError {}

/** At some value the data define no value of the metric. */
export class UndefinedError extends RangeError {
  constructor(metric: string, path: string, x: number) {
    super(`${metric} has no value at ${path} = ${x}: ${metricOf(metric).whenUndefined}`);
  }
}

/** Blocks of both scenarios at one value. */
interface Opened {
  readonly blocks: Blocks;
  /** Values by scenario and block. */
  readonly values: readonly number[][];
}

/**
 * @param trials open with the metric alone
 * @throws FindError, LevelError, UndefinedError, TogetherError
 * @throws ScenarioError where no value of the range makes a valid scenario
 */
export async function threshold(
  trials: Trials,
  options: ThresholdOptions,
): Promise<ThresholdSearch> {
  const { subject, other, metric, level = 0 } = options;
  if (metricOf(metric).interval === "share" && (level < 0 || level > 1))
    throw new LevelError(`${metric} is between 0 and 1, and never ${level}`);
  if (other !== undefined) checkTogether([subject.scenario, other.scenario]);
  return new ThresholdRun(trials, options).result();
}

class ThresholdRun {
  private readonly trials: Trials;
  private readonly options: ThresholdOptions;
  private readonly subjects: readonly Subject[];
  private readonly instances: number;
  private readonly opened = new Map<number, Opened>();
  private problems: readonly Problem[] = [];

  constructor(trials: Trials, options: ThresholdOptions) {
    const { subject, other, metric } = options;
    this.trials = trials;
    this.options = options;
    this.subjects = other === undefined ? [subject] : [subject, other];
    this.instances = blockInstancesOf(
      this.subjects.map(({ scenario }) => scenario),
      [metric],
    );
  }

  async result(): Promise<ThresholdSearch> {
    const { subject, other, metric, level, path, seed, onProgress } = this.options;
    const today = numberAt(subject.scenario, path);
    const field = rangeAt(subject.scenario, path);
    const range = this.options.range ?? rangeFor(field, today) ?? (await this.withoutRange());
    const found = await findCrossing({
      ...range,
      isWhole: field.isWhole,
      near: today,
      observe: (x, first, end) => this.observe(x, first, end),
      onStep: onProgress,
    });
    if (found.points.length === 0) throw new ScenarioError(this.problems);
    const { kind, at, ci = [null, null], falls = null, crossings, missing } = found;
    return {
      schema: "faultline/threshold@1",
      engine: ENGINE,
      seed,
      scenario: subject.scenario.name,
      other: other?.scenario.name ?? null,
      metric,
      level: level ?? null,
      path,
      range,
      isWhole: field.isWhole,
      today: today ?? null,
      verdict: kind,
      at: at === undefined ? null : { mean: at, ci },
      falls,
      crossings,
      points: found.points.map(({ x }) => this.pointAt(x)),
      missing,
      blockInstances: this.instances,
      replications: this.trials.spent.replications,
    };
  }

  /** Says why there is no range, as far as the scenario itself tells. */
  private async withoutRange(): Promise<never> {
    const { path, subject } = this.options;
    const written = valueAt(subject.scenario, keysOfPath(path));
    if (written !== undefined && typeof written !== "number")
      throw new FindError(`${path} is no number`);
    const { problems } = await variantOf(subject.tree, { [path]: 1 });
    if (problems !== undefined) throw new ScenarioError(problems);
    throw new FindError(`${path}: between which values to search is not clear`);
  }

  /** By how much the metric lies above the level, or above that of the other scenario, in blocks. */
  private async observe(
    x: number,
    first: number,
    end: number,
  ): Promise<readonly number[] | undefined> {
    const { metric, path, level = 0 } = this.options;
    const opened = this.opened.get(x) ?? (await this.open(x));
    if (opened === undefined) return undefined;
    const all = opened.values.map((_, i) => i);
    const seen = await opened.blocks.observe(all, first, end);
    const [own, other] = seen.map((blocks, i) => {
      const values = blocks.map(([value]) => value);
      if (values.includes(null)) throw new UndefinedError(metric, path, x);
      opened.values[i].push(...(values as number[]));
      return values as number[];
    });
    return own.map((value, i) => value - (other?.[i] ?? level));
  }

  private async open(x: number): Promise<Opened | undefined> {
    const { path, change, seed } = this.options;
    const made: Scenario[] = [];
    for (const { scenario, tree } of this.subjects) {
      if (numberAt(scenario, path) === undefined && this.isOnlyElsewhere(path)) {
        made.push(change(scenario));
        continue;
      }
      const variant = await variantOf(tree, { [path]: x });
      if (variant.scenario === undefined) {
        this.problems = variant.problems;
        return undefined;
      }
      made.push(change({ ...variant.scenario, name: scenario.name }));
    }
    const blocks = await openBlocks(this.trials, made, { seed, instances: this.instances });
    const opened = { blocks, values: made.map(() => []) };
    this.opened.set(x, opened);
    return opened;
  }

  /** Whether another scenario has the number. */
  private isOnlyElsewhere(path: string): boolean {
    return this.subjects.some(({ scenario }) => numberAt(scenario, path) !== undefined);
  }

  private pointAt(x: number) {
    const [own, other] = (this.opened.get(x) as Opened).values.map(meanOverBlocks);
    return { x, value: own, other: other ?? null };
  }
}

function numberAt(scenario: Scenario, path: string): number | undefined {
  const value = valueAt(scenario, keysOfPath(path));
  return typeof value === "number" ? value : undefined;
}

/** How far from today's value one looks where the field is open. */
const FACTOR = 10;

/** The range of a number of which nothing is said; undefined where that is not clear. */
function rangeFor(
  { min, max, isWhole }: ReturnType<typeof rangeAt>,
  today: number | undefined,
): SearchRange | undefined {
  if (min !== undefined && max !== undefined && max <= 1)
    return { low: min, high: max, log: false };
  if (today === undefined || !(today > 0)) return undefined;
  const low = Math.max(today / FACTOR, min ?? 0);
  const high = Math.min(today * FACTOR, max ?? Number.POSITIVE_INFINITY);
  if (isWhole) return { low: Math.max(1, Math.round(low)), high: Math.round(high), log: false };
  return { low: low > 0 ? low : today / FACTOR, high, log: true };
}
