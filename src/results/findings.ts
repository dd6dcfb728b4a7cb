// What a schema cannot say about a document: names that stand once, references that lead somewhere, metrics that exist.

import { suggest } from "../documents/checking/suggest.ts";
import type { Finding } from "../documents/checking/validateJson.ts";
import { didYouMean, list, shorten } from "../documents/quoting.ts";
import type { Path } from "../documents/reading/tree.ts";
import { pathText } from "../documents/reading/tree.ts";
import { METRIC_NAMES } from "../metrics/definitions.ts";

const quoted = (name: string | number) => JSON.stringify(shorten(String(name)));

/** Names that stand more than once. */
export function* repeated(
  names: Iterable<string | number>,
  pathOf: (index: number) => Path,
  what: string,
): Generator<Finding> {
  const seen = new Set<string | number>();
  let index = 0;
  for (const name of names) {
    if (seen.has(name))
      yield {
        path: pathOf(index),
        message: `${what} ${quoted(name)} stands twice`,
        rule: `each ${what} stands once`,
      };
    seen.add(name);
    index++;
  }
}

/** A name that nothing is called by. */
export function* unknown(
  name: string | undefined,
  known: ReadonlySet<string>,
  path: Path,
  what: string,
): Generator<Finding> {
  if (name === undefined || known.has(name)) return;
  yield {
    path,
    message: `${pathText(path)} is ${quoted(name)}, and there is no such ${what} in the document`,
    rule: `${what}s here are ${list([...known])}`,
    hint: didYouMean(suggest(name, known)),
  };
}

const METRICS: ReadonlySet<string> = new Set(METRIC_NAMES);

/** A name that no metric has. */
export function* unknownMetric(name: string, path: Path, isAtKey = false): Generator<Finding> {
  if (METRICS.has(name)) return;
  yield {
    path,
    isAtKey,
    message: `there is no metric ${quoted(name)}`,
    rule: "metrics are called as in METRICS of the documentation, such as success or latency.p95",
    hint: didYouMean(suggest(name, METRICS)),
  };
}
