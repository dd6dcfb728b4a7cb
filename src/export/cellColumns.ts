// The columns of cells.csv, cells.ndjson and cells.parquet: one row per scenario of a cell.
import { type MetricValue, readMetric } from "../experiment/result.ts";
import { type MetricDefinition, metric } from "../metrics/definitions.ts";
import { type ColumnOf, column, type Factor, originColumns } from "./columns.ts";
import type { CellRow } from "./rows.ts";

/**
 * Columns of the table of cells.
 * @param metrics names; each gives three columns, the estimate and the bounds of its interval
 * @throws RangeError when there is no metric of a name
 */
export function cellColumns(
  factors: readonly Factor[],
  metrics: readonly string[],
): ColumnOf<CellRow>[] {
  return [
    ...originColumns(factors),
    ...RESULT_COLUMNS,
    ...metrics.flatMap((name) => metricColumns(metric(name))),
  ];
}

/** What is said of a scenario beside its metrics. */
export const RESULT_COLUMNS: readonly ColumnOf<CellRow>[] = [
  column(
    "replications",
    "int64?",
    "Replications that the estimates are made of.",
    ({ result }) => result?.replications ?? null,
    "replications",
  ),
  column(
    "instances",
    "int64?",
    "Task instances: the independent units that the intervals are made over.",
    ({ result }) => result?.instances ?? null,
    "instances",
  ),
  column(
    "status",
    "string",
    "`ok`; `failed`: there is no result; `not-reached`: the precision that was asked for is not reached.",
    ({ status }) => status,
  ),
  column(
    "message",
    "string?",
    "Why it failed, or what else is to be said.",
    ({ message }) => message ?? null,
  ),
];

/** Three columns of a metric: NAME, and NAME.lo and NAME.hi for its 95 % interval. */
export function metricColumns({ name, unit, description }: MetricDefinition): ColumnOf<CellRow>[] {
  const reading = (pick: (value: MetricValue) => number | null) => {
    return ({ result }: CellRow) => {
      const value = result && readMetric(result.metrics, name);
      return value === undefined ? null : finite(pick(value));
    };
  };
  const bound = (which: string) => `${which} bound of the 95 % interval of ${name}.`;
  return [
    column(
      name,
      "double?",
      description,
      reading(({ mean }) => mean),
      unit,
    ),
    column(
      `${name}.lo`,
      "double?",
      bound("Lower"),
      reading(({ ci }) => ci[0]),
      unit,
    ),
    column(
      `${name}.hi`,
      "double?",
      bound("Upper"),
      reading(({ ci }) => ci[1]),
      unit,
    ),
  ];
}

/** As in JSON, which knows no other numbers. */
const finite = (x: number | null) => (Number.isFinite(x) ? x : null);
