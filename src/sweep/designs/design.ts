// What designs have in common: a design turns axes into points that are numbered, and computed one by one.
import type { FactorValue } from "./axes.ts";

/** One value for every axis, in their order. */
export type Point = readonly FactorValue[];

export interface Design {
  /** Number of points; beyond 2^53 no more than an estimate. */
  readonly count: number;
  /** @param index 0 <= index < count */
  pointAt(index: number): Point;
  /**
   * Whether no two points agree in all of the axes that are chosen, so far as that is known without looking.
   * @param isChosen for every axis
   */
  isDistinctOn(isChosen: readonly boolean[]): boolean;
  /** The design without the axes that are not chosen (each stays at its first level), where it has a form of its own. */
  narrowedTo?(isChosen: readonly boolean[]): Design;
}

/** Most points of a design that is not confirmed. */
export const MAX_POINTS = 100_000;
/** Most points that are tried one by one: by a constraint, or to find out which are the same for a scenario. */
export const MAX_TRIED = 10_000_000;

/** The design has more points than somebody probably meant. */
export class DesignTooLargeError extends Error {
  override readonly name = "DesignTooLargeError";
  readonly count: number;
  readonly most: number;
  /** Whether a confirmation would help. */
  readonly canBeConfirmed: boolean;

  constructor(count: number, most: number, canBeConfirmed: boolean) {
    const why = canBeConfirmed
      ? "without confirmation a design has at most"
      : "a design can have at most";
    super(`the design has ${grouped(count)} points; ${why} ${grouped(most)}`);
    this.count = count;
    this.most = most;
    this.canBeConfirmed = canBeConfirmed;
  }
}

/**
 * @param isConfirmed whether the number of points is meant
 * @param areTried whether every point has to be looked at before the first cell
 * @throws DesignTooLargeError
 */
export function checkSize(count: number, isConfirmed: boolean, areTried: boolean): void {
  const limit = areTried ? MAX_TRIED : Number.MAX_SAFE_INTEGER;
  if (!(count <= limit)) throw new DesignTooLargeError(count, limit, false);
  if (count > MAX_POINTS && !isConfirmed) throw new DesignTooLargeError(count, MAX_POINTS, true);
}

/** A count with its thousands set apart, or its size where it has too many. */
function grouped(count: number): string {
  return Number.isSafeInteger(count)
    ? String(count).replace(/\B(?=(\d{3})+$)/g, ",")
    : `about ${count.toPrecision(3)}`;
}
