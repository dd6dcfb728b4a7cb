// Names in results and options: what is meant by one, or an error that says which there are.
import { suggest } from "../documents/checking/suggest.ts";
import { type MetricTree, type MetricValue, readMetric, valueIn } from "../experiment/result.ts";
import { METRIC_NAMES, type MetricName, metric } from "../metrics/definitions.ts";
import { nearestMetric } from "../metrics/naming.ts";

/** @throws RangeError with what was probably meant */
export function unknownName(what: string, name: string, known: readonly string[]): never {
  const meant = suggest(String(name), known);
  const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
  throw new RangeError(`there is no ${what} ${name}${hint} (${what}s: ${known.join(", ")})`);
}

/** The estimate of a metric. @throws RangeError if there is no such metric, or a result has none of it */
export function estimateOf(metrics: MetricTree, name: MetricName): MetricValue {
  if (!METRIC_NAMES.includes(name)) {
    const meant = nearestMetric(String(name));
    const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
    throw new RangeError(`there is no metric ${name}${hint} (METRICS has them all)`);
  }
  const value = readMetric(metrics, name);
  if (value !== undefined) return value;
  // What this scenario does not state, another of the result may.
  if (metric(name).about !== undefined) return valueIn(metrics, metric(name));
  throw new RangeError(
    metric(name).needsBaseline
      ? `${name} compares with a baseline: it needs compare, or a sweep with a baseline`
      : `${name} is not in this result`,
  );
}

/** The document with methods that do not show when it is spread, listed or written as JSON. */
export function withMethods<D extends object, M extends object>(document: D, methods: M): D & M {
  for (const [name, value] of Object.entries(methods))
    Object.defineProperty(document, name, { value, enumerable: false });
  return document as D & M;
}
