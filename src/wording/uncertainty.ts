// Where the width of an interval comes from, in words: from numbers that are not known exactly, and from simulation.
import type { MetricValue, ScenarioResult, ThresholdResult } from "../experiment/result.ts";
import { readMetric } from "../experiment/result.ts";
import { rangeText } from "./sample.ts";

/** A value by the name of what it is of; without one where there is only one. */
interface Named {
  readonly name: string;
  readonly value: MetricValue | undefined;
}

/**
 * One sentence on the parts of the interval of each value that has them; undefined where none has.
 * @param what the metric, as a sentence says it
 */
export function partsText(what: string, all: readonly Named[]): string | undefined {
  const told = all.flatMap(({ name, value }) =>
    value?.parameters === undefined ? [] : [{ name, share: value.parameters.share }],
  );
  if (told.length === 0) return undefined;
  const [{ share }] = told;
  if (all.length === 1)
    return share === null
      ? `The draws of the uncertain numbers differ in ${what} no more than chance explains.`
      : `Uncertain numbers make ${percent(share)} of the variance of ${what}, and simulation ${percent(1 - share)}.`;
  const shares = told.map(
    ({ name, share }) => `${name} ${share === null ? "untold" : percent(share)}`,
  );
  return `Uncertain numbers make so much of the variance of ${what}, and simulation the rest: ${shares.join(", ")}.`;
}

/** Of success, by the scenarios' names. */
export function successPartsText(
  scenarios: readonly ScenarioResult[],
  nameOf: (name: string) => string = (name) => name,
): string | undefined {
  return partsText(
    "success",
    scenarios.map(({ name, metrics }) => ({
      name: nameOf(name),
      value: readMetric(metrics, "success"),
    })),
  );
}

/** `64 draws of uncertain numbers`; undefined where all numbers are known. */
export function drawsText(
  results: readonly { readonly draws?: number | undefined }[],
): string | undefined {
  const numbers = results.flatMap(({ draws }) => draws ?? []);
  return numbers.length === 0 ? undefined : `${rangeText(numbers)} draws of uncertain numbers`;
}

/** `83 % likely to hold`; undefined where that is not known. K draws tell no chance closer to 0 or 1 than 1 / (K + 1). */
export function chanceText({ chance }: ThresholdResult, draws = 1): string | undefined {
  if (chance == null) return undefined;
  const least = Math.max(1 / (draws + 1), 0.01);
  const share =
    chance < least
      ? `less than ${percent(least)}`
      : chance > 1 - least
        ? `more than ${percent(1 - least)}`
        : percent(chance);
  return `${share} likely to hold`;
}

/** The share that numbers which are not known have in the variance of a value. */
export const shareText = ({ parameters }: MetricValue): string | undefined =>
  parameters?.share == null ? undefined : percent(parameters.share);

/** What is not quite all or nothing does not look like it. */
function percent(share: number): string {
  if (share > 0 && share < 0.01) return "less than 1 %";
  return share > 0.99 && share < 1 ? "more than 99 %" : `${Math.round(100 * share)} %`;
}
