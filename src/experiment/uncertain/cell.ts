// A cell of scenarios of which some numbers are not known exactly: a plain cell for each draw of these numbers, several at a
// time, whose results are combined. The draws are common to all scenarios of the cell, which are paired within each draw.
import { repeatsOf } from "../../scenario/compiling/compile.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { drawCountOf, drawnScenarios, isUncertain } from "../../scenario/uncertain/draws.ts";
import { CHUNK_INSTANCES } from "../chunk.ts";
import type { PrecisionTarget } from "../halfWidth.ts";
import {
  type CellHooks,
  type CellInputs,
  type CellPool,
  type CellResult,
  checkPairs,
  emptyResults,
  runPlainCell,
} from "../plainCell.ts";
import {
  checkTargets,
  chunksAfterNextBatch,
  PILOT_CHUNKS,
  PrecisionError,
  simulatedPrecisionOf,
} from "../precision.ts";
import type { ScenarioResult } from "../result.ts";
import { combined } from "./combine.ts";

/** Draws that an interrupted cell must have complete: fewer say little of what is not known. */
export const FEWEST_DRAWS = 8;

/** What one draw is run with: anybody can repeat it with its values and this seed. */
export const seedOfDraw = (seed: string, draw: number) => `${seed}/draw/${draw}`;

/** Replications of each scenario that a cell takes: those asked for, and of uncertain numbers whole chunks of every draw. */
export function replicationsOf({ scenarios, sampling }: CellInputs): number {
  const asked = "precision" in sampling ? sampling.cap : sampling.replications;
  if ("precision" in sampling || !scenarios.some(isUncertain)) return asked;
  const { size, fewest } = chunksOf(scenarios);
  const draws = drawCountOf(scenarios);
  return draws * size * Math.max(fewest, Math.ceil(asked / (draws * size)));
}

/**
 * Replications of a chunk of one draw, and how many chunks each draw has at least: 128 instances, or 64 that are repeated. A
 * stream has many tasks to a replication, so that 32 will do.
 */
function chunksOf([first]: readonly Scenario[]) {
  const repeats = repeatsOf(first);
  const fewest = first.workload.arrivals !== "one" ? 1 : repeats > 1 ? 2 : PILOT_CHUNKS;
  return { size: CHUNK_INSTANCES * repeats, fewest };
}

/**
 * Runs a cell. If the pool is aborted, the result has the consecutive draws that were complete by then, if they are
 * {@link FEWEST_DRAWS} or more, and else no replication.
 * @throws what `runCell` does
 */
export async function runUncertainCell(
  pool: CellPool,
  inputs: CellInputs,
  hooks: CellHooks = {},
): Promise<CellResult> {
  checkPairs(inputs);
  const { scenarios, seed, sampling, baseline } = inputs;
  if ("precision" in sampling) checkTargets(sampling.precision, baseline >= 0);
  const drawn = await drawnScenarios(scenarios, seed, drawCountOf(scenarios));
  const cell = new UncertainCell(pool, inputs, drawn, hooks);
  if ("replications" in sampling) return cell.run();
  return cell.runUntilPrecise(sampling.precision, sampling.cap);
}

const TOO_FEW = `fewer than ${FEWEST_DRAWS} draws of the uncertain numbers were complete: no value counts`;

class UncertainCell {
  private readonly pool: CellPool;
  private readonly inputs: CellInputs;
  /** For each draw the scenarios with its numbers. */
  private readonly drawn: readonly (readonly Scenario[])[];
  private readonly hooks: CellHooks;
  /** Replications of a chunk of one draw. */
  private readonly chunkSize: number;
  /** Chunks of one draw, at least. */
  private readonly fewest: number;

  constructor(
    pool: CellPool,
    inputs: CellInputs,
    drawn: readonly (readonly Scenario[])[],
    hooks: CellHooks,
  ) {
    const { size, fewest } = chunksOf(inputs.scenarios);
    this.pool = pool;
    this.inputs = inputs;
    this.drawn = drawn;
    this.hooks = hooks;
    this.chunkSize = size;
    this.fewest = fewest;
  }

  run(): Promise<CellResult> {
    const each = replicationsOf(this.inputs) / this.drawn.length;
    return this.runChunks(each / this.chunkSize, this.hooks);
  }

  /**
   * Runs all draws until what simulation leaves open is that narrow: from a pilot on, each time with a multiple of the
   * replications, as a plain cell does. A draw begins anew each time, so that this takes at most twice as long.
   */
  async runUntilPrecise(targets: readonly PrecisionTarget[], cap: number): Promise<CellResult> {
    const most = Math.floor(cap / (this.drawn.length * this.chunkSize));
    if (most < this.fewest) throw new PrecisionError(this.capMessage(cap));
    const { onReplication, ...hooks } = this.hooks;
    let chunks = this.fewest;
    let result = await this.runChunks(chunks, hooks);
    for (;;) {
      const precision = simulatedPrecisionOf(targets, result.scenarios);
      const isDone = chunks === most || precision.every(({ reached }) => reached);
      if (isDone || result.interrupted) {
        // Only now it is known which replications count.
        if (onReplication !== undefined) await this.runChunks(chunks, this.hooks);
        return { ...result, precision };
      }
      chunks = Math.min(chunksAfterNextBatch(chunks, precision), most);
      const next = await this.runChunks(chunks, hooks);
      result = next.interrupted ? { ...result, interrupted: true } : next;
    }
  }

  private capMessage(cap: number): string {
    const count = this.drawn.length;
    const least = count * this.fewest * this.chunkSize;
    return `${count} draws of the uncertain numbers take ${least} replications at least, and the cap is ${cap}: raise the cap, take fewer draws, or use the values alone (fixed)`;
  }

  // -------------------------------------------------------------- draws

  /** Runs so many chunks of every draw. */
  private async runChunks(chunks: number, hooks: CellHooks): Promise<CellResult> {
    const { scenarios, baseline } = this.inputs;
    const each = chunks * this.chunkSize;
    const results = await this.runDraws(each, hooks);
    const isWhole = results.length === this.drawn.length;
    const replications = each * this.drawn.length;
    if (!isWhole && results.length < FEWEST_DRAWS)
      return {
        replications,
        interrupted: true,
        scenarios: emptyResults(this.inputs).map((one) => ({ ...one, warnings: [TOO_FEW] })),
      };
    return {
      replications,
      interrupted: !isWhole,
      scenarios: combined(scenarios, baseline, results),
    };
  }

  /** The results of the consecutive draws that were complete before the pool was aborted. */
  private async runDraws(
    replications: number,
    hooks: CellHooks,
  ): Promise<(readonly ScenarioResult[])[]> {
    const { onReplication, onProgress } = hooks;
    const count = this.drawn.length;
    const all = count * replications * this.inputs.scenarios.length;
    const shares = new Float64Array(count);
    const results: (readonly ScenarioResult[])[] = [];
    let next = 0;
    let failed = false;
    const lane = async () => {
      while (next < count && !failed && !this.pool.signal.aborted) {
        const draw = next++;
        const ownHooks: CellHooks = {
          isOneOfMany: true,
          onProgress: (share) => {
            shares[draw] = share;
            onProgress?.(shares.reduce((sum, one) => sum + one, 0) / count, all);
          },
          onReplication:
            onReplication &&
            ((plan, replication, outcome) =>
              onReplication(plan, draw * replications + replication, outcome)),
        };
        try {
          const result = await runPlainCell(this.pool, this.draw(draw, replications), ownHooks);
          if (!result.interrupted) results[draw] = result.scenarios;
        } catch (error) {
          failed = true;
          throw error;
        }
      }
    };
    // Rows are told in the order of the draws: then they run one after the other.
    const lanes = onReplication === undefined ? lanesOf(this.pool) : 1;
    await Promise.all(Array.from({ length: lanes }, lane));
    const gap = Array.from({ length: count }, (_, draw) => results[draw]).indexOf(
      undefined as never,
    );
    return gap < 0 ? results : results.slice(0, gap);
  }

  private draw(draw: number, replications: number): CellInputs {
    const { baseline, seed } = this.inputs;
    const scenarios = this.drawn[draw];
    return { scenarios, baseline, seed: seedOfDraw(seed, draw), sampling: { replications } };
  }
}

/** One more than there are threads keeps all of them busy while a draw comes to its end. */
const lanesOf = ({ workers }: CellPool) => (workers === 1 ? 1 : workers + 1);
