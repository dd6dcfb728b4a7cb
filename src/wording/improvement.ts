// What to buy first, in words that all media share: the answer in one sentence, its certainty, and what stands behind it.
import type { Estimate } from "../decide/estimate.ts";
import type {
  Effect,
  ImprovementOption,
  ImproveResult,
  Interaction,
  PathStep,
} from "../decide/improve/result.ts";
import { inUnitsOf, plainEstimate, plainNumber } from "./estimate.ts";
import { listText } from "./sentence.ts";
import { count, grouped } from "./text.ts";

/** Rivals that are named. */
const NAMED = 3;

const optionOf = ({ options }: ImproveResult, name: string): ImprovementOption | undefined =>
  options.find((one) => one.name === name);

/** What is done, as an order without a capital; the name where it is not known. */
const whatOf = (result: ImproveResult, name: string) => optionOf(result, name)?.what ?? name;

// ---------------------------------------------------------------- numbers

const negated = ({ mean, ci: [low, high] }: Estimate): Estimate => {
  const negate = (x: number | null) => (x === null ? null : -x);
  return { mean: negate(mean), ci: [negate(high), negate(low)] };
};

const isShare = ({ goal }: ImproveResult) => goal.unit === "share";
const isDollars = ({ goal }: ImproveResult) => goal.unit.startsWith("US dollars");

/** The unit in which changes of the goal are told. */
export const goalUnit = (result: ImproveResult): string =>
  isShare(result) ? "points" : isDollars(result) ? "$" : result.goal.unit;

/** A change of the goal in {@link goalUnit}. */
export const changeOf = (result: ImproveResult, change: Estimate): Estimate =>
  isShare(result) ? inUnitsOf(0.01, change) : change;

/** A size with its unit: `6.7 ±.8 points`, `$3.2 ±.4`. */
function sizeText(result: ImproveResult, change: Estimate): string {
  const text = plainEstimate(changeOf(result, change));
  const unit = goalUnit(result);
  return unit === "$" ? `$${text}` : `${text} ${unit}`;
}

/** `success rises by 6.7 ±.8 points`. */
export function changeText(result: ImproveResult, change: Estimate): string {
  const isFall = (change.mean ?? 0) < 0;
  const size = sizeText(result, isFall ? negated(change) : change);
  return `${result.goal.metric} ${isFall ? "falls" : "rises"} by ${size}`;
}

/** `for $0.03 ±.01 more a task`, `and a task costs $0.07 ±.04 less`. */
export function costText({ mean, ci }: Estimate): string {
  const value = mean ?? 0;
  const widest = Math.max(...ci.map((bound) => Math.abs((bound ?? value) - value)), 0);
  if (value === 0 && widest === 0) return "at no cost";
  if (value >= 0) return `for $${plainEstimate({ mean, ci })} more a task`;
  return `and a task costs $${plainEstimate(negated({ mean, ci }))} less`;
}

export const effectText = (result: ImproveResult, { goal, cost }: Effect): string =>
  `${changeText(result, goal)}, ${costText(cost)}`;

// ---------------------------------------------------------------- the answer

/** The first step in one sentence. */
export function firstStepText(result: ImproveResult): string {
  const { first, options, budget, constraints } = result;
  const limits = [
    ...(budget === null
      ? []
      : [`at most $${plainNumber(Number(budget.toPrecision(3)))} more a task`]),
    ...constraints,
  ];
  const within = limits.length === 0 ? "" : ` with ${listText(limits)}`;
  if (first === null)
    return `Nothing to buy: none of ${count(options.length, "change")}${within} makes ${result.goal.metric} better than chance explains.`;
  return `First ${whatOf(result, first.option)}: ${effectText(result, first.effect)}.`;
}

/** How sure it is that this is the best first step. */
export function certaintyText(result: ImproveResult): string | undefined {
  const { first, confidence, options } = result;
  if (first === null) return undefined;
  if (first.decided)
    return `It is the best of ${count(options.length, "change")} with a confidence of ${plainNumber(100 * confidence)} %.`;
  const named = first.rivals.slice(0, NAMED);
  const more = first.rivals.length - named.length;
  const names = [
    first.option,
    ...named.map(({ option }) => option),
    ...(more > 0 ? [count(more, "other")] : []),
  ];
  return `Undecided between ${listText(names)}: ${first.option} is ahead of ${named[0].option} by ${sizeText(result, named[0].behind)}.`;
}

/** What the whole path brings, where it has more than one step. */
export function pathText(result: ImproveResult): string | undefined {
  const last = result.path[result.path.length - 1];
  if (last === undefined || result.path.length < 2) return undefined;
  return `With ${count(last.changes.length, "change")} ${effectText(result, last.effect)}.`;
}

/** What changes in a step: `+ a`, or `+ a + b - c`. */
export const stepText = ({ added, removed }: PathStep): string =>
  [...added.map((name) => `+ ${name}`), ...removed.map((name) => `- ${name}`)].join(" ");

/** Which pairs interact, each in a sentence, and of which that cannot be told, in one. */
export function interactionTexts(result: ImproveResult): readonly string[] {
  const open = result.interactions.filter(({ verdict }) => verdict === "open");
  const told = result.interactions.filter(({ verdict }) => verdict !== "open");
  const pairs = open.map(({ options }) => options.join(" with "));
  return [
    ...told.map((one) => interactionText(result, one)),
    ...(pairs.length === 0
      ? []
      : [`It cannot be told whether these interact: ${pairs.join(", ")}.`]),
  ];
}

function interactionText(
  result: ImproveResult,
  { options, apart, together, extra, verdict }: Interaction,
): string {
  const isOverlap = verdict === "overlap";
  const size = sizeText(result, isOverlap ? negated(extra) : extra);
  const numbers = `apart ${sizeText(result, apart)}, together ${sizeText(result, together)}`;
  return `${listText(options)} ${isOverlap ? "overlap" : "help each other"}: ${numbers}, ${size} ${isOverlap ? "worse" : "better"}.`;
}

// ---------------------------------------------------------------- what it rests on

/** What the changes of the path take for granted. */
export function assumptionTexts(result: ImproveResult): readonly string[] {
  const named = new Set([
    ...result.path.flatMap(({ changes }) => changes),
    ...(result.first === null ? [] : [result.first.option]),
  ]);
  return result.options.flatMap(({ name, assumes }) =>
    assumes !== undefined && named.has(name) ? [`${name} assumes: ${assumes}.`] : [],
  );
}

export function spentText({ seed, spent, blocks, atMost }: ImproveResult): string {
  const { sets, ofSets, replications } = spent;
  return `seed ${seed} · ${grouped(sets)} of ${grouped(ofSets)} sets of up to ${count(atMost, "change")} · ${count(replications, "replication")} · the path on ${count(blocks.most * blocks.instances, "fresh replication")} · 95 % intervals`;
}

/** What was left out: options with their reasons, and the kinds of which there is none. */
export const leftOutTexts = ({ leftOut }: ImproveResult): readonly string[] =>
  leftOut.map(({ name, why }) => `${name}: ${why}`);
