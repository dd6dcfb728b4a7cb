// What a report says of an analysis of importance: what to fix first, which assumption decides, and the tables behind both.
import type { Assumptions, Importance } from "../../decide/importance/document.ts";
import type { Weaknesses } from "../../decide/importance/weakness/weaknesses.ts";
import { metric as metricOf } from "../../metrics/definitions.ts";
import {
  answerSentence,
  assumptionsSentence,
  designSentence,
  measureSentences,
  noiseSentence,
  screenedSentence,
} from "../../wording/importance.ts";
import {
  fixFirstByKind,
  fixFirstLead,
  weaknessColumns,
  weaknessGroups,
  weaknessLegend,
  weaknessNotes,
} from "../../wording/importanceWeaknesses.ts";
import { columnsOf, estimateCell } from "../../wording/table.ts";
import { commonFacts, type Section, type Table } from "./section.ts";

type Content = Omit<Section, "charts" | "command" | "scenarios" | "fixFirst">;

/** All that an analysis of importance has to say. */
export function importanceSection(result: Importance): Content {
  const { scenario, assumptions, weaknesses, metric, seed, engine } = result;
  const leads = [
    ...(weaknesses === null ? [] : [fixFirstLead(weaknesses)]),
    ...(assumptions === null ? [] : [assumptionsSentence(assumptions, metric)]),
  ];
  const [lead = "Nothing was asked for.", ...others] = leads;
  const more = [
    ...(weaknesses === null ? [] : fixFirstByKind(weaknesses)),
    ...others,
    ...(assumptions === null
      ? []
      : [answerSentence(assumptions, metric), ...measureSentences(assumptions, metric)]),
  ];
  return {
    kind: "Importance",
    title: `What decides in ${scenario}`,
    answer: { lead, more: more.filter((text) => text !== undefined) },
    facts: [{ name: "Metric", value: metricOf(metric).title }, ...commonFacts(seed, engine)],
    tables: [
      ...(weaknesses === null ? [] : [weaknessesTable(weaknesses)]),
      ...(assumptions === null ? [] : [assumptionsTable(assumptions, metric)]),
    ],
    thresholds: [],
    precision: [],
    warnings: [],
    metrics: [metricOf(metric)],
    omissions: [],
  };
}

function weaknessesTable(found: Weaknesses): Table {
  return {
    title: "What weakens the team",
    isFolded: false,
    corner: "Part of the team",
    columns: weaknessColumns(true),
    groups: weaknessGroups(found, true),
    metrics: [],
    notes: [weaknessLegend(found, true), ...weaknessNotes(found, true)],
  };
}

function assumptionsTable(found: Assumptions, metric: string): Table {
  return {
    title: "Which assumption decides",
    isFolded: false,
    corner: "Number",
    columns: columnsOf(["part", "alone", "in total", `${metric}, low`, `${metric}, high`]),
    groups: [
      {
        title: "",
        rows: found.inputs.map(({ name, shapley, first, total, low, high }) => ({
          label: name,
          cells: [shapley, first, total, low, high].map((value) =>
            value === null ? { text: "" } : estimateCell(value),
          ),
        })),
      },
    ],
    metrics: [],
    notes: [
      "part: share of the variance (Shapley effect). alone: share that is gone once the number is known. in total: share that is left if all others are known. low and high: mean while the number is in its lowest and highest third.",
      designSentence(found),
      noiseSentence(found),
      screenedSentence(found),
    ].filter((text) => text !== undefined),
  };
}
