// A cell: scenarios, a seed and how long to sample; one result comes of it. The one way to run one, whether all numbers of its
// scenarios are known or some are not.
import { isUncertain } from "../scenario/uncertain/draws.ts";
import {
  type CellHooks,
  type CellInputs,
  type CellPool,
  type CellResult,
  runPlainCell,
} from "./plainCell.ts";

export {
  type CellHooks,
  type CellInputs,
  type CellPool,
  type CellResult,
  openCellPool,
  PairingError,
  type Sampling,
} from "./plainCell.ts";

/**
 * Runs a cell. If the pool is aborted, the result has what was complete by then.
 * @throws PairingError when scenarios and baseline differ in repeats or workload
 * @throws PrecisionError when the precision that is asked for cannot be had
 * @throws WorkerCrash when threads died twice over the same replications
 */
export async function runCell(
  pool: CellPool,
  inputs: CellInputs,
  hooks: CellHooks = {},
): Promise<CellResult> {
  if (!inputs.scenarios.some(isUncertain)) return runPlainCell(pool, inputs, hooks);
  const { runUncertainCell } = await import("./uncertain/cell.ts");
  return runUncertainCell(pool, inputs, hooks);
}
