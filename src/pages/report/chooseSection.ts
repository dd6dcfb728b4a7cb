// What a report says of a choice: which scenario is the best, how far the others lie behind, and what it took.
import type { Choice } from "../../decide/choose/document.ts";
import { readConstraint } from "../../decide/constraints.ts";
import { METRICS } from "../../metrics/definitions.ts";
import {
  choiceBasis,
  choiceColumns,
  choiceGroups,
  choiceLegend,
  choiceSentence,
  effortSentence,
} from "../../wording/choose.ts";
import { grouped } from "../../wording/text.ts";
import { commonFacts, type Section } from "./section.ts";

/** All that a choice has to say. */
export function chooseSection(choice: Choice): Omit<Section, "charts" | "scenarios"> {
  const { metric, constraints, scenarios, leading, replications, seed, engine } = choice;
  const metrics = [metric, ...constraints.map((text) => readConstraint(text).metric)];
  return {
    kind: "Choice",
    title: `Which is the best: ${scenarios.map(({ name }) => name).join(", ")}`,
    answer: { lead: choiceSentence(choice), more: [effortSentence(choice)] },
    facts: [
      { name: "Replications", value: grouped(replications.used) },
      ...commonFacts(seed, engine),
    ],
    tables: [
      {
        title: `Differences to ${leading}`,
        isFolded: false,
        corner: "Scenario",
        columns: choiceColumns(choice),
        groups: choiceGroups(choice).map((group) => ({ ...group, title: "" })),
        metrics,
        notes: [choiceLegend(choice), choiceBasis(choice)],
      },
    ],
    thresholds: [],
    precision: [],
    warnings: [],
    metrics: METRICS.filter(({ name }) => metrics.includes(name)),
    omissions: [],
  };
}
