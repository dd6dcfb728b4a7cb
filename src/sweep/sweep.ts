// What a sweep is once its experiment is read: cells by number, how each is sampled, and what is shown of it.
import type { Sampling } from "../experiment/cell.ts";
import type { Cell, CellProblem } from "./cells.ts";
import type { Factor } from "./file/factors.ts";
import type { WrittenDesign } from "./file/schema.ts";

export interface Sweep {
  readonly name: string;
  /** Seed of all draws of all cells: they share their random numbers. */
  readonly seed: string;
  /** Labels of the scenarios, in order. */
  readonly labels: readonly string[];
  /** Label of the scenario that the others are paired with. */
  readonly baseline: string | undefined;
  readonly factors: readonly Factor[];
  readonly design: WrittenDesign;
  readonly cellCount: number;
  /** Number of points of the design that fulfil the condition, */
  readonly pointCount: number;
  /** and of those that do not. */
  readonly excluded: number;
  /** Names of the metrics that tables show. */
  readonly metrics: readonly string[];
  /** How every cell is sampled. */
  readonly sampling: Sampling;
  /**
   * Makes a cell; a point that makes no valid scenario is a problem of that cell alone.
   * @param index 0 <= index < cellCount
   * @throws RangeError when there is no such cell
   */
  cellAt(index: number): Promise<Cell | CellProblem>;
}
