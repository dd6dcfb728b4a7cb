// What an experiment wants to know: which metrics tables show, and how precisely cells are sampled.

import type { Examined } from "../../documents/checking/examined.ts";
import type { Path } from "../../documents/reading/tree.ts";
import type { Sampling } from "../../experiment/cell.ts";
import { type PrecisionTarget, parseHalfWidth } from "../../experiment/halfWidth.ts";
import { DEFAULT_CAP } from "../../experiment/precision.ts";
import { METRIC_NAMES, METRICS, metric } from "../../metrics/definitions.ts";
import { nearestMetric } from "../../metrics/naming.ts";
import { unknownMetric } from "../../scenario/objectives/messages.ts";
import * as messages from "./messages.ts";
import type { ShapedExperiment } from "./shape.ts";

const HEADLINES = METRICS.filter(({ prominence }) => prominence === "headline");
const headlines = (needsBaseline: boolean) =>
  HEADLINES.filter((one) => one.needsBaseline === needsBaseline).map(({ name }) => name);

/** The metrics that tables show; what is wrong is told to `examined`. */
export function metricsOf(
  { fields }: ShapedExperiment,
  isPaired: boolean,
  examined: Examined,
): readonly string[] {
  fields.metrics?.forEach((name, i) => {
    checkMetric(name, ["metrics", i], isPaired, examined);
  });
  return fields.metrics ?? [...headlines(false), ...(isPaired ? headlines(true) : [])];
}

/**
 * How cells are sampled; undefined where the first scenario decides on it. What is wrong is told to `examined`.
 */
export function samplingOf(
  { fields }: ShapedExperiment,
  isPaired: boolean,
  examined: Examined,
): Sampling | undefined {
  const { replications, precision, cap } = fields;
  if (replications !== undefined && precision !== undefined)
    examined.error(["precision"], messages.replicationsAndPrecision);
  if (cap !== undefined && precision === undefined)
    examined.error(["cap"], messages.capWithoutPrecision);
  if (precision !== undefined) {
    const targets = targetsOf(precision, isPaired, examined);
    return { precision: targets, cap: cap ?? DEFAULT_CAP };
  }
  return replications === undefined ? undefined : { replications };
}

function targetsOf(
  precision: Readonly<Record<string, number | string>>,
  isPaired: boolean,
  examined: Examined,
): PrecisionTarget[] {
  const entries = Object.entries(precision);
  if (entries.length === 0) examined.error(["precision"], messages.noPrecision);
  return entries.flatMap(([name, width]) => {
    checkMetric(name, ["precision", name], isPaired, examined);
    const halfWidth = typeof width === "number" ? { absolute: width } : parseHalfWidth(width);
    return halfWidth === undefined ? [] : [{ metric: name, halfWidth }];
  });
}

function checkMetric(name: string, path: Path, isPaired: boolean, examined: Examined): void {
  if (!METRIC_NAMES.includes(name))
    examined.errorAtKey(path, unknownMetric(name, nearestMetric(name)));
  else if (metric(name).needsBaseline && !isPaired)
    examined.errorAtKey(path, messages.needsBaseline(name));
}
