// The verdict on a published figure beside the simulated one, and counts of verdicts.
import type { MetricValue } from "../experiment/result.ts";
import { type COUNTED, type Provenance, passes, type Tolerance, type UNCOUNTED } from "./target.ts";

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
  /** What a figure near the published one would show. */
  readonly kind: Provenance;
  /**
   * Whether the simulated mean is within the tolerance; null where there is no tolerance or no value. Only calibrated and
   * predicted figures are counted by it.
   */
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

/** How many targets there are, and the verdicts on those that can fail by what they show. */
export interface TargetCounts {
  readonly targets: number;
  readonly calibrated: Counts;
  readonly predicted: Counts;
  /** How many figures are beside them whose verdicts say nothing new. Not in documents that version 0.1 has written. */
  readonly uncounted?: Readonly<Record<(typeof UNCOUNTED)[number], number>>;
}

/** Counts of verdicts by provenance. */
export function countsOf(targets: readonly Pick<TargetResult, "kind" | "pass">[]): TargetCounts {
  const ofKind = (wanted: Provenance) => targets.filter(({ kind }) => kind === wanted);
  const verdictsOf = (kind: (typeof COUNTED)[number]): Counts => {
    const verdict = (wanted: boolean | null) =>
      ofKind(kind).filter(({ pass }) => pass === wanted).length;
    return { passed: verdict(true), missed: verdict(false), open: verdict(null) };
  };
  const numberOf = (kind: (typeof UNCOUNTED)[number]) => ofKind(kind).length;
  return {
    targets: targets.length,
    calibrated: verdictsOf("calibrated"),
    predicted: verdictsOf("predicted"),
    uncounted: {
      derived: numberOf("derived"),
      identity: numberOf("identity"),
      structural: numberOf("structural"),
    },
  };
}

/** Verdicts on calibrated and predicted figures together. */
export function judgedTogether({ calibrated, predicted }: TargetCounts): Counts {
  const sum = (of: keyof Counts) => calibrated[of] + predicted[of];
  return { passed: sum("passed"), missed: sum("missed"), open: sum("open") };
}
