// Which scenario is the best, in words that all media have in common.
import type { Choice, ChoiceScenario } from "../decide/choose/document.ts";
import type { Estimate } from "../decide/estimate.ts";
import { metric as metricOf } from "../metrics/definitions.ts";
import { plainNumber } from "./estimate.ts";
import { changeUnit } from "./importanceWeaknesses.ts";
import { estimateWords, listText, shortList, unitOf } from "./sentence.ts";
import { type Cell, columnsOf, estimateCell, type Group } from "./table.ts";
import { count, grouped } from "./text.ts";

const titleOf = ({ metric }: Choice) => metricOf(metric).title.toLowerCase();

const scenarioOf = ({ scenarios }: Choice, name: string) =>
  scenarios.find((one) => one.name === name) as ChoiceScenario;

const valueWords = (metric: string, value: Estimate) =>
  estimateWords(value, unitOf(metricOf(metric)));

/** `95 %`, `99.9 %`. */
const percent = (share: number) => `${plainNumber(Number((100 * share).toPrecision(6)))} %`;

/** The answer in a sentence. */
export function choiceSentence(choice: Choice): string {
  const { verdict, leading, scenarios, metric, within, confidence, constraints } = choice;
  const title = titleOf(choice);
  const leader = scenarioOf(choice, leading);
  const value = valueWords(metric, leader.value);
  const left = scenarios.filter(({ fate }) => fate === "left").map(({ name }) => name);
  const meeting = constraints.length === 0 ? "" : ` of those that meet ${listText(constraints)}`;
  switch (verdict) {
    case "best":
      return `${leading} is the best of ${scenarios.length}${meeting}: it has the ${choice.goal} ${title}, ${value}, with a certainty of ${percent(confidence)}.`;
    case "within":
      return `${leading} is the best of ${scenarios.length}${meeting}, or within ${withinWords(choice, within)} of it: its ${title} is ${value}, with a certainty of ${percent(confidence)}.`;
    case "nobody":
      return `No scenario meets ${listText(constraints)}. ${leading} comes nearest: ${listText(leader.constraints.map((one) => `${metricTitle(one.constraint)} is ${valueWords(metricName(one.constraint), one.value)}`))}.`;
    case "alike":
      return `${listText(left)} cannot be told apart: they had the same ${title} in all ${grouped(leader.replications)} replications.`;
    default:
      return left.length === 1
        ? `Undecided whether ${leading} meets ${listText(constraints)}, after ${grouped(leader.replications)} replications.`
        : `Undecided between ${shortList(left)} after ${grouped(leader.replications)} replications of each. ${leading} leads.`;
  }
}

const metricName = (constraint: string) => constraint.split(" ")[0];
const metricTitle = (constraint: string) => metricOf(metricName(constraint)).title.toLowerCase();

function withinWords({ metric }: Choice, within: number): string {
  const { scale, unit } = changeUnit(metricOf(metric), [{ mean: within, ci: [within, within] }]);
  const amount = plainNumber(Number((within / scale).toPrecision(6)));
  return `${amount} ${amount === "1" ? unit.replace(/s$/, "") : unit}`;
}

/** What was spent, against observing all as often. */
export function effortSentence({
  replications: { used, equalAllocation },
  scenarios,
}: Choice): string {
  if (used === equalAllocation || scenarios.length < 2)
    return `It took ${grouped(used)} replications.`;
  const factor = equalAllocation / used;
  return `It took ${grouped(used)} replications. With all ${scenarios.length} scenarios observed as often it would have been ${grouped(equalAllocation)}, ${plainNumber(Number(factor.toPrecision(2)))} times as many.`;
}

/** What the intervals mean. */
export function choiceLegend({ confidence, leading, scenarios, verdict }: Choice): string {
  if (scenarios.length < 2 || verdict === "nobody")
    return "Intervals of means are of 95 %, each for itself.";
  return `Differences are to ${leading}, on the same tasks with the same luck. Their intervals hold all at once, with ${percent(confidence)}; those of means are of 95 %, each for itself.`;
}

export function choiceColumns({ metric, constraints }: Choice) {
  return columnsOf([metric, "difference", ...constraints, "replications", "verdict"]);
}

export function choiceGroups(choice: Choice): Group[] {
  const rows = choice.scenarios.map((one) => ({ label: one.name, cells: cellsOf(one) }));
  return [{ title: "Scenario", rows }];
}

function cellsOf(one: ChoiceScenario): Cell[] {
  return [
    estimateCell(one.value),
    one.difference === null ? { text: "" } : estimateCell(one.difference),
    ...one.constraints.map(({ value, met }): Cell => {
      const cell = estimateCell(value);
      return met === null ? { ...cell, mark: "~" } : { ...cell, mark: met ? "✓" : "✗" };
    }),
    { text: grouped(one.replications) },
    { text: FATES[one.fate], ...(one.fate === "chosen" ? { tone: "good" as const } : {}) },
  ];
}

const FATES = { chosen: "chosen", left: "open", worse: "worse", unfit: "unfit" } as const;

export function fateWords({ fate, by }: ChoiceScenario): string {
  switch (fate) {
    case "chosen":
      return "chosen";
    case "left":
      return "not ruled out";
    case "worse":
      return `worse than ${by}`;
    default:
      return `breaks ${by}`;
  }
}

/** What it rests on. */
export const choiceBasis = ({ seed, blockInstances, cap }: Choice): string =>
  `seed ${seed} · blocks of ${count(blockInstances, "task instance")} · at most ${grouped(cap)} replications of each`;
