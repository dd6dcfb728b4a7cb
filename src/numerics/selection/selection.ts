/**
 * Fully sequential selection of the best of several systems, which may share their random numbers. Systems are dropped as soon as they
 * are known to be worse than another one, or to break a constraint; the others are observed further.
 *
 * It is elimination without an indifference zone (Fan, Hong and Nelson 2016, "Indifference-zone-free selection of the best"), with
 * intervals for paired differences that hold at all sample sizes (`meanSequence.ts`) in place of their boundary, which holds in the
 * limit of large samples. Constraints are checked at the same time (Andradóttir and Kim 2010, "Fully sequential procedures for comparing
 * constrained systems via simulation"): only a system that is known to meet them eliminates others.
 *
 * Let b be the best system. All errors are among these: for some other system i the interval for i - b does not hold (k - 1 events), or
 * an interval for a slack does not hold. Their chances add up to at most 1 - confidence, and so:
 * - where one system is left, it is the best;
 * - where one is named the best but for `within`, no system is better than it by more.
 */
import { square } from "../power.ts";
import { sequenceHalfWidth } from "./meanSequence.ts";

export interface SelectionOptions {
  /** Number of systems, an integer >= 1. */
  readonly systems: number;
  /** Constraints on each of them. */
  readonly constraints: number;
  /** Chance of a right answer, 0.5 < confidence < 1. */
  readonly confidence: number;
  /** How much worse than the best the chosen one may be, >= 0, in the unit of the values. 0: not at all. */
  readonly within: number;
}

/** What is observed of a system at a time. */
export interface SystemObservation {
  /** Higher is better. */
  readonly value: number;
  /** By how much each constraint is met; below 0 where it is broken. */
  readonly slacks: readonly number[];
}

export type Fate =
  | { readonly kind: "left" }
  /** Worse than another system, `by`, known after so many observations. */
  | { readonly kind: "eliminated"; readonly by: number; readonly after: number }
  /** Breaks a constraint. */
  | { readonly kind: "infeasible"; readonly constraint: number; readonly after: number };

export type SelectionVerdict =
  /** Only `chosen` is left, and meets all constraints. */
  | { readonly kind: "best"; readonly chosen: number }
  /** No system is better than `chosen` by more than `within`. */
  | { readonly kind: "within"; readonly chosen: number }
  /** No system meets all constraints. */
  | { readonly kind: "nobody" }
  /** All that are left had the same value every time. */
  | { readonly kind: "alike" }
  | { readonly kind: "open" };

/** A mean with an interval that holds at all sample sizes. */
export interface SequenceEstimate {
  readonly mean: number;
  readonly halfWidth: number;
}

/** Observations before which nothing is decided: what is observed is normal in the limit only. */
export const FEWEST_OBSERVATIONS = 10;
/** Observations after which systems that never differed are called alike. */
const ALIKE_AFTER = 64;

export class Selection {
  private readonly options: SelectionOptions;
  private readonly values: readonly number[][];
  /** By system and constraint. */
  private readonly slacks: readonly (readonly number[][])[];
  private readonly fates: Fate[];

  /** @throws RangeError when an option is out of its range */
  constructor(options: SelectionOptions) {
    const { systems, constraints, confidence, within } = options;
    if (!(Number.isInteger(systems) && systems >= 1))
      throw new RangeError(`${systems} systems: must be an integer >= 1`);
    if (!(confidence > 0.5 && confidence < 1))
      throw new RangeError(`Confidence ${confidence}: must be in (0.5, 1)`);
    if (!(within >= 0)) throw new RangeError(`Within ${within}: must be >= 0`);
    this.options = options;
    this.values = Array.from({ length: systems }, () => []);
    this.slacks = this.values.map(() => Array.from({ length: constraints }, () => []));
    this.fates = this.values.map(() => ({ kind: "left" }));
  }

  /** Systems that are observed further, in rising order. */
  get left(): readonly number[] {
    return this.values.flatMap((_, system) => (this.isLeft(system) ? [system] : []));
  }

  fateOf(system: number): Fate {
    return this.fates[system];
  }

  /** Observations of a system. */
  countOf(system: number): number {
    return this.values[system].length;
  }

  /**
   * Takes as many further observations of each system that is left, in the order of `left`: those at the same position share their
   * random numbers. Then it drops what can be dropped.
   */
  take(observations: readonly (readonly SystemObservation[])[]): void {
    for (const [i, system] of this.left.entries())
      for (const { value, slacks } of observations[i]) {
        this.values[system].push(value);
        for (const [c, slack] of slacks.entries()) this.slacks[system][c].push(slack);
      }
    if (this.count < FEWEST_OBSERVATIONS) return;
    for (const system of this.left) this.dropInfeasible(system);
    this.dropWorse();
  }

  get verdict(): SelectionVerdict {
    const { left } = this;
    if (left.length === 0) return { kind: "nobody" };
    const feasible = left.filter((system) => this.meetsAll(system));
    if (left.length === 1 && feasible.length === 1) return { kind: "best", chosen: left[0] };
    if (this.count < FEWEST_OBSERVATIONS) return { kind: "open" };
    const chosen = this.greatest(feasible);
    if (chosen !== undefined && left.every((other) => this.isWithin(other, chosen)))
      return { kind: "within", chosen };
    return this.areAlike(left) ? { kind: "alike" } : { kind: "open" };
  }

  /** The system of the greatest mean among those that are left: of those that are known to meet all constraints, if there are any. */
  get leading(): number | undefined {
    const { left } = this;
    const feasible = left.filter((system) => this.meetsAll(system));
    return this.greatest(feasible.length > 0 ? feasible : left);
  }

  /** Whether a system meets a constraint; undefined where that is open. */
  meets(system: number, constraint: number): boolean | undefined {
    const { mean, halfWidth } = this.slackOf(system, constraint);
    if (mean - halfWidth >= 0) return true;
    return mean + halfWidth < 0 ? false : undefined;
  }

  /** By how much a system is better than another one, over what was observed of both. */
  difference(system: number, other: number): SequenceEstimate {
    const [a, b] = [this.values[system], this.values[other]];
    const differences = a.slice(0, b.length).map((value, i) => value - b[i]);
    return estimateOf(differences, this.pairTail);
  }

  slackOf(system: number, constraint: number): SequenceEstimate {
    return estimateOf(this.slacks[system][constraint], this.slackTail);
  }

  // -------------------------------------------------------------- what is decided

  /** Observations of those that are left; of all, where none is. */
  private get count(): number {
    return Math.max(...this.values.map(({ length }) => length));
  }

  private isLeft(system: number): boolean {
    return this.fates[system].kind === "left";
  }

  private dropInfeasible(system: number): void {
    const constraint = this.slacks[system].findIndex((_, c) => this.meets(system, c) === false);
    if (constraint >= 0)
      this.fates[system] = { kind: "infeasible", constraint, after: this.countOf(system) };
  }

  /** Drops whatever is worse than a system that meets all constraints: by the one that shows it most clearly. */
  private dropWorse(): void {
    const { left } = this;
    const judges = left.filter((system) => this.meetsAll(system));
    for (const system of left) {
      let [clearest, by] = [0, -1];
      for (const judge of judges) {
        if (judge === system) continue;
        const { mean, halfWidth } = this.difference(system, judge);
        if (mean + halfWidth < clearest) [clearest, by] = [mean + halfWidth, judge];
      }
      if (by >= 0) this.fates[system] = { kind: "eliminated", by, after: this.countOf(system) };
    }
  }

  private meetsAll(system: number): boolean {
    return this.slacks[system].every((_, c) => this.meets(system, c) === true);
  }

  private greatest(systems: readonly number[]): number | undefined {
    const means = new Map(systems.map((system) => [system, meanOf(this.values[system])]));
    return [...systems].sort((a, b) => (means.get(b) ?? 0) - (means.get(a) ?? 0) || a - b)[0];
  }

  private isWithin(other: number, chosen: number): boolean {
    if (other === chosen) return true;
    const { within } = this.options;
    if (within === 0) return false;
    const { mean, halfWidth } = this.difference(other, chosen);
    return mean + halfWidth <= within;
  }

  private areAlike(systems: readonly number[]): boolean {
    if (systems.length < 2 || this.count < ALIKE_AFTER) return false;
    const [first, ...others] = systems.map((system) => this.values[system]);
    return others.every((values) => values.every((value, i) => value === first[i]));
  }

  // -------------------------------------------------------------- chances of error

  /** Half of what may go wrong is for constraints, where there are any. */
  private get pairTail(): number {
    const { systems, constraints, confidence } = this.options;
    const part = constraints > 0 ? 2 : 1;
    return Math.min(MOST_TAIL, (1 - confidence) / (part * Math.max(1, systems - 1)));
  }

  private get slackTail(): number {
    const { systems, constraints, confidence } = this.options;
    return Math.min(MOST_TAIL, (1 - confidence) / (2 * systems * Math.max(1, constraints)));
  }
}

/** A tail of one half would be no interval. */
const MOST_TAIL = 0.49;

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function estimateOf(values: readonly number[], tail: number): SequenceEstimate {
  const n = values.length;
  if (n < 2) return { mean: n === 0 ? Number.NaN : values[0], halfWidth: Number.POSITIVE_INFINITY };
  const mean = meanOf(values);
  const sd = Math.sqrt(values.reduce((sum, value) => sum + square(value - mean), 0) / (n - 1));
  return { mean, halfWidth: sd === 0 ? 0 : sequenceHalfWidth(n, sd, tail) };
}
