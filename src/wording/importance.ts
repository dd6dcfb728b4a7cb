// What decides, in words that all media have in common.
import type { Estimate } from "../decide/estimate.ts";
import type { Assumptions, InputImportance } from "../decide/importance/document.ts";
import { METRICS, type MetricDefinition } from "../metrics/definitions.ts";
import { plainNumber } from "./estimate.ts";
import { estimateWords, listText, PERCENT, sentence, type Unit, unitOf } from "./sentence.ts";
import { count, grouped } from "./text.ts";

/** Of what is told in words. */
const SEVERAL = 3;

export const metricOf = (name: string): MetricDefinition | undefined =>
  METRICS.find((metric) => metric.name === name);

/** The answer in one sentence. */
export function assumptionsSentence(
  { verdict, leaders, inputs }: Assumptions,
  metric: string,
): string {
  const [first] = inputs;
  switch (verdict) {
    case "decided":
      return `${first.name} decides: it makes ${part(first)} of what is not known of ${metric}.`;
    case "undecided": {
      const led = leaders.length > SEVERAL ? [...leaders.slice(0, SEVERAL), "others"] : leaders;
      return `Undecided between ${listText(led)}: they make ${listText(inputs.slice(0, led.length).map(part))} of what is not known of ${metric}, and that does not tell which is more.`;
    }
    case "constant":
      return `Nothing decides: ${metric} is the same, whatever these numbers are.`;
    case "untold":
      return `Nothing decides that can be told: these numbers change ${metric} no more than the noise of the simulation explains.`;
    default:
      return `Nothing can be told: too often the simulated tasks define no ${metric}.`;
  }
}

const part = ({ shapley }: InputImportance) => (shapley === null ? "nothing" : shareWords(shapley));

/** A share with its interval, within 0 and 100 %: what is below is noise. */
export function shareWords({ mean, ci: [low, high] }: Estimate): string {
  const within = (x: number | null) => (x === null ? null : Math.min(1, Math.max(0, x)));
  return estimateWords({ mean: within(mean), ci: [within(low), within(high)] }, PERCENT);
}

/** Where the metric lies, since the numbers are not known. */
export function answerSentence({ answer }: Assumptions, metric: string): string | undefined {
  if (answer === null) return undefined;
  const unit = unitIn(metric);
  const [low, high] = answer.interval.map((x) => amount(x, unit));
  return `In the mean ${metric} is ${estimateWords(answer.mean, unit)}. As long as the numbers are not known, it lies between ${low} and ${high} with 95 %.`;
}

/** What to measure, and what that brings. */
export function measureSentences(
  { measure, answer, inputs }: Assumptions,
  metric: string,
): string[] {
  if (answer === null || measure.length === 0) return [];
  const unit = differenceIn(metric);
  const left = measure.map(({ width }) => amount(width.left.mean ?? 0, unit));
  const [first, ...others] = measure;
  // That nothing is left once all are known goes without saying.
  const more = others.filter(({ names }) => names.length < inputs.length);
  const added = more.map(
    ({ names }, i) => `with ${names[names.length - 1]} as well, ${left[i + 1]}`,
  );
  const now = amount(first.width.now, unit);
  return [
    `Measure ${first.names[0]} better: once it is known, about ${left[0]} of the ${now} between these bounds are left.`,
    ...(added.length === 0 ? [] : [sentence(added.join("; "))]),
  ];
}

/** How much is noise of the simulation. */
export function noiseSentence({ noise, design }: Assumptions): string | undefined {
  if (noise === null) return undefined;
  const { replications, share } = noise.ofRun;
  return `Noise of the simulation is told apart: it makes ${shareWords(noise.share)} of the variance of one value of ${count(design.instances, "instance")}, and ${shareOf(share)} of that of a run of ${count(replications, "replication")}.`;
}

/** What was simulated. */
export function designSentence({ design }: Assumptions): string {
  const { basePoints, points, replications, leftOut } = design;
  const all = `${grouped(points)} points (of ${count(basePoints, "base point")}), two values each, ${count(replications, "replication")} together`;
  return leftOut === 0
    ? all
    : `${all}; ${count(leftOut, "base point")} left out, since the metric is undefined at some point`;
}

export const screenedSentence = ({ screened }: Assumptions): string | undefined =>
  screened.length === 0
    ? undefined
    : `${count(screened.length, "number")} held at central values, since a screening found that they do little: ${listText(screened.map(({ name }) => name))}.`;

const shareOf = (share: number) =>
  share > 0 && share < 0.01 ? "less than 1 %" : `${Math.round(100 * share)} %`;

function unitIn(metric: string): Unit {
  const definition = metricOf(metric);
  return definition === undefined ? {} : unitOf(definition);
}

/** Differences of shares are told in points. */
function differenceIn(metric: string): Unit {
  const unit = unitIn(metric);
  return unit.after === " %" ? { ...unit, after: " points" } : unit;
}

/** A number with three digits. */
function amount(x: number, { scale = 1, before = "", after = "" }: Unit): string {
  return `${before}${plainNumber(Number((scale * x).toPrecision(3)))}${after}`;
}
