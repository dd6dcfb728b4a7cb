// What keeps a search from an answer, told as one sentence with what would help.

import type { OptionSet } from "./combining.ts";
import { ImproveError } from "./errors.ts";
import { GOAL, type Judge, TODAY } from "./judging.ts";
import type { LeftOut, Option } from "./option.ts";
import { plainText } from "./text.ts";

/** Reasons that are told. */
const TOLD = 4;

export function noOption(leftOut: readonly LeftOut[]): ImproveError {
  const reasons = leftOut.slice(0, TOLD).map(({ name, why }) => `${name}: ${why}`);
  const more = leftOut.length > TOLD ? `; and ${leftOut.length - TOLD} more` : "";
  return new ImproveError(
    "options",
    `no option applies to the scenario (${reasons.join("; ")}${more})`,
    "State changes of your own in the section improvements.",
  );
}

/**
 * After all single options were seen.
 * @throws ImproveError where the goal has no value or nothing changes it, or the budget is below the cheapest option
 */
export function checkSingles(judge: Judge, options: readonly Option[], goal: string): void {
  const { observations, aim } = judge;
  const singles = options.map((_, i) => [i]).filter((set) => observations.countOf(set) > 0);
  if (Number.isNaN(observations.meanOf([[1, TODAY]], GOAL).mean))
    throw new ImproveError(
      "goal",
      `the scenario has no value of ${goal}`,
      "Choose another --goal: the reference of metrics says what each of them needs.",
    );
  const changes = singles.map((set) => judge.gain(set, TODAY));
  if (changes.every(({ mean, error }) => mean === 0 && error === 0))
    throw new ImproveError(
      "goal",
      `${goal} is constant: none of ${options.length} options changes it`,
      "Choose another --goal, or state changes of your own in the section improvements.",
    );
  const { budget } = aim;
  if (budget === undefined) return;
  const costs = singles.map((set) => ({ set, cost: judge.extraCost(set).mean }));
  const [cheapest] = costs.sort((a, b) => a.cost - b.cost);
  if (cheapest !== undefined && cheapest.cost > budget)
    throw new ImproveError(
      "budget",
      `the budget of $${plainText(budget)} a task is below the cheapest option: ${options[cheapest.set[0]].name} costs $${plainText(cheapest.cost)} a task`,
      "Raise --budget.",
    );
}

/** @throws ImproveError where the best that was found misses a constraint; it is the nearest */
export function checkBest(
  judge: Judge,
  best: OptionSet,
  options: readonly Option[],
  today: OptionSet = TODAY,
): void {
  const { constraints, budget } = judge.aim;
  if (judge.isAllowed(best)) return;
  const nearest = judge.compare(best, today) <= 0 ? best : today;
  const names = nearest.map((i) => options[i].name);
  const values = constraints.map(({ metric }, i) => {
    const { mean } = judge.observations.meanOf([[1, nearest]], GOAL + 2 + i);
    return `${metric} ${Number.isNaN(mean) ? "undefined" : plainText(mean)}`;
  });
  const limits = constraints.map(({ metric, operator, value }) => `${metric} ${operator} ${value}`);
  const within = budget === undefined ? "" : ` within $${plainText(budget)} a task`;
  throw new ImproveError(
    "constraints",
    `no set of changes meets ${limits.join(" and ")}${within}`,
    `The nearest is ${names.length === 0 ? "the scenario as it is" : names.join(" + ")}: ${values.join(", ")}.`,
  );
}
