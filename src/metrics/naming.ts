// Metrics by what people call them: the name in results, or the title that tables print, in any spelling.
import { suggest } from "../documents/checking/suggest.ts";
import type { KnownMetrics } from "../scenario/objectives/thresholds.ts";
import { METRIC_NAMES, METRICS, type MetricDefinition } from "./definitions.ts";

/** The letters and digits alone: `Latency p95` and `latency.p95` have the same, pass^8 and passHat8 too. */
function keyOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("^", "hat")
    .replaceAll("@", "at")
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** Names by the keys of names and titles; a title that two metrics share stands for neither. */
const NAMES: ReadonlyMap<string, string> = (() => {
  const names = new Map(METRICS.map(({ name }) => [keyOf(name), name]));
  const titles = METRICS.map(({ title, name }) => [keyOf(title), name] as const);
  for (const [key, name] of titles)
    if (!names.has(key) && titles.filter(([other]) => other === key).length === 1)
      names.set(key, name);
  return names;
})();

/** The words in sorted order: `p95 latency` has those of latency.p95. */
const wordsOf = (text: string): string =>
  text
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase()
    .split(/[^\p{L}\p{N}^@]+/u)
    .filter((word) => word !== "")
    .sort()
    .join(" ");

/** The name of the metric that is probably meant. */
export function nearestMetric(text: string): string | undefined {
  // What is per what is another thing the other way round.
  const words = /\bper\b/i.test(text) ? "" : wordsOf(text);
  const reordered = METRICS.filter(({ name, title }) => [name, title].map(wordsOf).includes(words));
  const [only] = reordered.length === 1 ? reordered : [];
  return NAMES.get(keyOf(text)) ?? only?.name ?? suggest(text, METRIC_NAMES);
}

const BY_NAME = new Map<string, MetricDefinition>(METRICS.map((metric) => [metric.name, metric]));

export const KNOWN_METRICS: KnownMetrics = {
  names: METRIC_NAMES,
  nearest: nearestMetric,
  unitOf: (name) => BY_NAME.get(name)?.unit ?? "",
  aboutOf: (name) => BY_NAME.get(name)?.about,
};
