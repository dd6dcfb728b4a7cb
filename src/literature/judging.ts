// The verdict on a published figure beside the simulated one, and counts of verdicts.
import type { MetricValue } from "../experiment/result.ts";
import { type Provenance, passes, type Tolerance } from "./target.ts";

/** A published figure beside the simulated one. */
export interface TargetResult {
  readonly id: string;
  readonly figure: string;
  readonly title: string;
  readonly unit: string;
  readonly published: number;
  readonly publishedCi: readonly [number, number] | null;
  readonly simulated: MetricValue;
  readonly tolerance: Tolerance | null;
  readonly kind: Provenance;
  /** Whether the simulated mean is within the tolerance; null where there is no tolerance or no value. */
  readonly pass: boolean | null;
  readonly source: string;
  readonly definition: string;
  /** The same figure by another definition. */
  readonly other?: { readonly definition: string; readonly simulated: MetricValue };
  readonly note?: string;
}

/** A target whose verdict is still to be given. */
export type JudgedTarget = Omit<TargetResult, "pass" | "publishedCi"> &
  Partial<Pick<TargetResult, "publishedCi">>;

/** The target with its verdict, which follows from its tolerance. */
export function judged(target: JudgedTarget): TargetResult {
  const { id, figure, title, unit, published, publishedCi = null, simulated, tolerance } = target;
  const { kind, source, definition, other, note } = target;
  return {
    ...{ id, figure, title, unit, published, publishedCi, simulated, tolerance, kind },
    pass: passes(target, simulated),
    ...{ source, definition },
    ...(other && { other }),
    ...(note !== undefined && { note }),
  };
}

/** Targets with their verdicts; what is common to all may be changed by each. */
export function judgedAll<Common extends Partial<JudgedTarget>>(
  common: Common,
  targets: readonly (Omit<JudgedTarget, keyof Common> & Partial<JudgedTarget>)[],
): TargetResult[] {
  return targets.map((target) => judged({ ...common, ...target } as unknown as JudgedTarget));
}

export interface Counts {
  readonly passed: number;
  readonly missed: number;
  /** Without tolerance or without value. */
  readonly open: number;
}

/** How many targets there are, and their verdicts by provenance. */
export interface TargetCounts {
  readonly targets: number;
  readonly calibrated: Counts;
  readonly predicted: Counts;
}

export function countsOf(targets: readonly TargetResult[]): TargetCounts {
  const counts = (of: Provenance): Counts => {
    const verdict = (wanted: boolean | null) =>
      targets.filter(({ kind, pass }) => kind === of && pass === wanted).length;
    return { passed: verdict(true), missed: verdict(false), open: verdict(null) };
  };
  return {
    targets: targets.length,
    calibrated: counts("calibrated"),
    predicted: counts("predicted"),
  };
}
