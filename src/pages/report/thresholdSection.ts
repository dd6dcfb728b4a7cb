// What a report says of a search for a threshold: where the metric crosses the level, and what was simulated.
import type { ThresholdSearch } from "../../decide/threshold/document.ts";
import { METRICS } from "../../metrics/definitions.ts";
import { grouped } from "../../wording/text.ts";
import {
  headroomSentence,
  thresholdBasis,
  thresholdColumns,
  thresholdGroups,
  thresholdSentence,
} from "../../wording/threshold.ts";
import { commonFacts, type Section } from "./section.ts";

/** All that a search for a threshold has to say. */
export function thresholdSection(search: ThresholdSearch): Omit<Section, "charts" | "scenarios"> {
  const { metric, path, scenario, other, replications, seed, engine } = search;
  return {
    kind: "Threshold",
    title: `Up to which ${path}: ${[scenario, other ?? []].flat().join(" and ")}`,
    answer: { lead: thresholdSentence(search), more: headroomSentence(search) },
    facts: [{ name: "Replications", value: grouped(replications) }, ...commonFacts(seed, engine)],
    tables: [
      {
        title: "What was simulated",
        isFolded: true,
        corner: path,
        columns: thresholdColumns(search),
        groups: thresholdGroups(search).map((group) => ({ ...group, title: "" })),
        metrics: [metric],
        notes: thresholdBasis(search),
      },
    ],
    thresholds: [],
    precision: [],
    warnings: [],
    metrics: METRICS.filter(({ name }) => name === metric),
    omissions: [],
  };
}
