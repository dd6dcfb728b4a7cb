// Sweeps: scenarios over all values of what is varied. A sweep of objects goes the way of an experiment file, as files in
// memory. Everything heavy is loaded when a sweep is asked for.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { z } from "zod";
import { nodeFiles } from "../documents/reading/nodeFiles.ts";
import { openCellPool } from "../experiment/cell.ts";
import type { MetricValue } from "../experiment/result.ts";
import type { MetricName } from "../metrics/definitions.ts";
import type { SweepResult, SweepResultRow } from "../results/documents.ts";
import { checkUncertainOptions } from "../scenario/uncertain/asked.ts";
import type { FactorValue } from "../sweep/designs/axes.ts";
import type { LoadedSweep } from "../sweep/file/load.ts";
import type { experimentSchema, factorSchema } from "../sweep/file/schema.ts";
import type { Sweep } from "../sweep/sweep.ts";
import { SEMANTICS, VERSION } from "../version.ts";
import type { RunOptions } from "./experiments.ts";
import { estimateOf, unknownName, withMethods } from "./names.ts";
import { filesOf, type ScenarioInput, scenariosOf } from "./scenarios.ts";

type Written = z.input<typeof experimentSchema>;

/** Values of a factor, or what says more than that: a range, a formula of other factors, the scenarios it is set in. */
export type FactorInput = readonly FactorValue[] | z.input<typeof factorSchema>;

/** What decides how a sweep runs, not what it is. */
interface RunSettings extends Omit<RunOptions, "onReplication"> {
  /** Folder in which finished cells are kept, so that a second run of the same cells takes none; default: nowhere. */
  readonly store?: string;
  /** Ends the sweep early: the rows that are not done have the status `missing`. */
  readonly signal?: AbortSignal;
}

/** What is varied, and at which points. */
export interface SweepOptions extends RunSettings {
  /** What is varied: by dotted path, or by a name with `path` in it. */
  readonly factors: { readonly [nameOrPath: string]: FactorInput };
  /** How factors make points; default: `{ kind: "grid" }`, every combination. */
  readonly design?: Written["design"];
  /** A condition on the factors, such as `"agents * rate < 1"`: points that fail it are left out. */
  readonly where?: string;
  /** Name of the scenario that the others are paired with; without it every scenario is run by itself. */
  readonly baseline?: string;
  /** Metrics that tables and charts show; default: the main ones. */
  readonly metrics?: readonly MetricName[];
  /** Name of the sweep; default: that of the first scenario. */
  readonly name?: string;
}

/** The document that `--json` prints, and how to read it. */
export type SweptResult = SweepResult & {
  /**
   * The estimate of a metric in one cell.
   * @param factors values of the factors that single out the cell
   * @throws RangeError if that is not exactly one row, it has no result, or there is no such metric
   */
  metric(
    scenario: string,
    name: MetricName,
    factors?: Readonly<Record<string, FactorValue>>,
  ): MetricValue;
};

/**
 * Runs scenarios over all values of what is varied. All cells share their random numbers, so that neighbours differ by what is
 * varied alone.
 * @param scenarios one or several; or the path of an experiment file, which says itself what is varied
 * @returns the document of `faultline sweep --json`: a row for every scenario of every cell. A cell that fails has the
 *   status `failed` and messages, and the others go on.
 * @throws ScenarioError with all problems of scenarios, factors, design and file
 * @throws StoreError if the folder of `store` cannot be used
 *
 * @example
 * import { sweep } from "faultline";
 *
 * const result = await sweep(
 *   {
 *     name: "team",
 *     task: { graph: { shape: "chain", size: 4 } },
 *     models: { base: { errorRate: 0.1 } },
 *     agents: { worker: { count: 3 } },
 *     protocol: [{ work: { who: "worker" } }, { aggregate: { how: "majority" } }],
 *   },
 *   {
 *     factors: {
 *       agents: { path: "agents.worker.count", values: [1, 3] },
 *       "models.base.errorRate": [0.05, 0.1],
 *     },
 *     replications: 400,
 *   },
 * );
 * const at = { agents: 3, "models.base.errorRate": 0.1 };
 * console.log(result.rows.length, result.metric("team", "success", at).mean);
 */
export function sweep(
  scenarios: ScenarioInput | readonly ScenarioInput[],
  options: SweepOptions,
): Promise<SweptResult>;
export function sweep(experimentFile: string, options?: RunSettings): Promise<SweptResult>;
export async function sweep(
  what: string | ScenarioInput | readonly ScenarioInput[],
  options: RunSettings | SweepOptions = {},
): Promise<SweptResult> {
  const { sweep: loaded } =
    typeof what === "string" ? await fromFile(what, options) : await fromObjects(what, options);
  return readable(await conduct(loaded, options));
}

async function fromFile(
  file: string,
  { seed, replications, precision, cap, fixed, draws }: RunSettings,
): Promise<LoadedSweep> {
  checkUncertainOptions({ fixed, draws });
  const { loadExperiment } = await import("../sweep/file/load.ts");
  const sampling = { replications, precision: precision as WrittenPrecision, cap };
  const settings = { seed, ...sampling, fixed, draws, yes: true };
  return loadExperiment(file, { ...settings, files: nodeFiles(file) });
}

type WrittenPrecision = Readonly<Record<string, number | string>> | undefined;

async function fromObjects(
  input: ScenarioInput | readonly ScenarioInput[],
  {
    jobs: _,
    store: __,
    onProgress: ___,
    signal: ____,
    fixed,
    draws,
    ...options
  }: RunSettings & Partial<SweepOptions>,
): Promise<LoadedSweep> {
  checkUncertainOptions({ fixed, draws });
  const made = scenariosOf(input);
  if (made.length === 0) throw new RangeError("there is no scenario: a sweep has one or more");
  const { loadExperiment } = await import("../sweep/file/load.ts");
  const scenarios = Object.fromEntries(made.map((one) => [one.name, one]));
  const files = filesOf("sweep", { name: made[0].name, ...options, scenarios });
  return loadExperiment("sweep", { files, yes: true, fixed, draws });
}

async function conduct(
  sweep: Sweep,
  { jobs = "auto", store: folder, onProgress, signal }: RunSettings,
): Promise<SweepResult> {
  const { openStore } = await import("../store/store.ts");
  const { Addresses } = await import("../sweep/running/addresses.ts");
  const running = await import("../sweep/running/conduct.ts");
  const { onThreads } = await import("../sweep/running/executor.ts");
  const { headerOf, jsonRow, rowsOf } = await import("../sweep/running/result.ts");
  const { allCells } = await import("../sweep/running/source.ts");

  const passing = folder === undefined ? mkdtempSync(join(tmpdir(), "faultline-")) : undefined;
  const place = folder ?? join(passing as string, "store");
  const store = openStore(place, { mode: "write", semantics: SEMANTICS, version: VERSION });
  const pool = await openCellPool({ jobs, signal });
  try {
    const addresses = new Addresses(sweep, store);
    await running.conduct(addresses, {
      source: allCells(sweep.cellCount),
      executor: onThreads(pool, sweep),
      failFast: false,
      commandFor: (cell) => `cell ${cell} of the sweep ${sweep.name}`,
      onProgress: (share) => onProgress?.(share),
    });
    const rows: SweepResultRow[] = [];
    for await (const row of rowsOf(addresses)) rows.push(jsonRow(row) as SweepResultRow);
    return { ...headerOf(sweep), rows };
  } finally {
    await pool.close();
    store.close();
    if (passing !== undefined) rmSync(passing, { recursive: true, force: true });
  }
}

function readable(document: SweepResult): SweptResult {
  const labels = [...new Set(document.rows.map(({ scenario }) => scenario))];
  const metric: SweptResult["metric"] = (scenario, name, factors = {}) => {
    if (!labels.includes(scenario)) unknownName("scenario", scenario, labels);
    const known = document.factors.map((factor) => factor.name);
    for (const factor of Object.keys(factors))
      if (!known.includes(factor)) unknownName("factor", factor, known);
    const wanted = Object.entries(factors);
    const rows = document.rows.filter(
      (row) =>
        row.scenario === scenario && wanted.every(([key, value]) => row.factors[key] === value),
    );
    const [row] = rows;
    const where = JSON.stringify(factors);
    if (rows.length !== 1)
      throw new RangeError(`${rows.length} rows of ${scenario} have ${where}: name one cell`);
    if (row.metrics === undefined)
      throw new RangeError(
        `the cell ${where} of ${scenario} is ${row.status}: ${row.messages?.join("; ") ?? "there is no result"}`,
      );
    return estimateOf(row.metrics, name);
  };
  return withMethods(document, { metric });
}
