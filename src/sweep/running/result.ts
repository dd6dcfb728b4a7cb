// The result of a sweep: one row for every scenario of every cell, in the order of the cells, read from a store. It
// depends on the cells alone: not on who ran them, in which order, in how many shards or after which interruptions.
import { ENGINE, type PrecisionResult, type ScenarioResult } from "../../experiment/result.ts";
import type { FactorValue, Scale } from "../designs/axes.ts";
import type { Factor } from "../file/factors.ts";
import type { Sweep } from "../sweep.ts";
import type { Addresses } from "./addresses.ts";
import { readOutcome } from "./record.ts";

/** `missing`: it was not run yet. */
export type RowStatus = "ok" | "not-reached" | "failed" | "missing";

/** A scenario of a cell. */
export interface SweepRow {
  /** Number of the cell, from 0. */
  readonly cell: number;
  /** Label of the scenario. */
  readonly scenario: string;
  /** Label of the scenario that it is paired with. */
  readonly baseline?: string | undefined;
  /** The values of the factors that are set in the scenario. */
  readonly factors: Readonly<Record<string, FactorValue>>;
  readonly seed: string;
  readonly status: RowStatus;
  /** Of a failed row: what went wrong, and what to type to run the cell again. */
  readonly messages?: readonly string[];
  readonly command?: string;
  /** Where precision was asked for: one entry a target. */
  readonly precision?: readonly PrecisionResult[];
  /** Of a row that is ok or whose precision was not reached. */
  readonly result?: ScenarioResult;
}

/** All rows of a sweep, made one by one. @throws StoreError */
export async function* rowsOf(addresses: Addresses): AsyncGenerator<SweepRow> {
  const { sweep, store } = addresses;
  for (let index = 0; index < sweep.cellCount; index++) {
    const { key, labels, factors: values } = await addresses.of(index);
    const outcome = readOutcome(store, key);
    for (const [i, scenario] of labels.entries()) {
      const { baseline, seed } = sweep;
      const paired = baseline === undefined ? {} : { baseline };
      const factors = factorsIn(scenario, values, sweep);
      const row = { cell: index, scenario, ...paired, factors, seed };
      if (outcome === undefined) yield { ...row, status: "missing" };
      else if (outcome.status === "failed") yield { ...row, ...outcome };
      else {
        const { status, scenarios, precision } = outcome;
        const own = precision?.filter((one) => one.scenario === scenario);
        yield { ...row, status, ...(own && { precision: own }), result: scenarios[i] };
      }
    }
  }
}

/** Of the factors of a cell those that are set in a scenario. */
function factorsIn(
  scenario: string,
  values: Readonly<Record<string, FactorValue>>,
  { factors }: Sweep,
): Record<string, FactorValue> {
  const own = factors.filter(({ name, labels }) => name in values && labels.includes(scenario));
  return Object.fromEntries(own.map(({ name }) => [name, values[name]]));
}

/** What stands above the rows. */
export interface SweepHeader {
  readonly schema: "faultline/sweep@1";
  readonly name: string;
  readonly seed: string;
  readonly engine: typeof ENGINE;
  readonly baseline?: string;
  readonly factors: readonly FactorHeader[];
  readonly design: Sweep["design"];
  /** Points of the design, and those of them that a condition left out. */
  readonly points: number;
  readonly excluded: number;
  readonly sampling: Sweep["sampling"];
  /** Metrics that tables show. */
  readonly metrics: readonly string[];
  readonly cells: number;
}

export interface FactorHeader {
  readonly name: string;
  readonly paths: readonly string[];
  /** Scenarios that it is set in, where that is not all of them. */
  readonly only?: readonly string[];
  readonly values?: readonly FactorValue[];
  readonly range?: { readonly from: number; readonly to: number; readonly scale: Scale };
  readonly formula?: string;
}

export function headerOf(sweep: Sweep): SweepHeader {
  const { name, seed, baseline, design, pointCount, excluded, sampling, metrics } = sweep;
  return {
    schema: "faultline/sweep@1",
    name,
    seed,
    engine: ENGINE,
    ...(baseline === undefined ? {} : { baseline }),
    factors: sweep.factors.map((factor) => factorHeader(factor, sweep.labels.length)),
    design,
    points: pointCount + excluded,
    excluded,
    sampling,
    metrics,
    cells: sweep.cellCount,
  };
}

function factorHeader(
  { name, paths, labels, axis, formula }: Factor,
  scenarios: number,
): FactorHeader {
  return {
    name,
    paths,
    ...(labels.length < scenarios ? { only: labels } : {}),
    ...(axis?.kind === "levels"
      ? { values: Array.from({ length: axis.count }, (_, i) => axis.level(i)) }
      : {}),
    ...(axis?.kind === "range"
      ? { range: { from: axis.from, to: axis.to, scale: axis.scale } }
      : {}),
    ...(formula === undefined ? {} : { formula }),
  };
}

/** A row as it stands in the JSON document: a result's fields beside those of its row. */
export function jsonRow({ result, ...row }: SweepRow): object {
  if (result === undefined) return row;
  const { name: _, ...fields } = result;
  return { ...row, ...fields };
}
