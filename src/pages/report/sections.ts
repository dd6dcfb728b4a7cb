// From a result to what a report says of it.
import { chartsFor, makeChart } from "../../charts/chart.ts";
import type { ResultDocument } from "../../results/results.ts";
import { listText } from "../../wording/sentence.ts";
import { chooseSection } from "./chooseSection.ts";
import { estimateSection } from "./estimateSection.ts";
import { experimentSection, isExperiment } from "./experimentSection.ts";
import { fixFirstOf } from "./fixFirst.ts";
import { importanceSection } from "./importanceSection.ts";
import { improveSection } from "./improveSection.ts";
import type { Origin } from "./origin.ts";
import { reproductionSection } from "./reproductionSection.ts";
import type { Section } from "./section.ts";
import { sweepSection } from "./sweepSection.ts";
import { thresholdSection } from "./thresholdSection.ts";

/** A result and what is known about how it came about. */
export interface ReportInput {
  readonly result: ResultDocument;
  readonly origin?: Origin | undefined;
}

/** Kinds of result that reports are made of. */
export const REPORTED = [
  "run",
  "compare",
  "sweep",
  "reproduce",
  "estimate",
  "choose",
  "importance",
  "improve",
  "threshold",
] as const;

/** The result is of a kind that no report is made of. */
export class ReportError extends Error {
  override readonly name = "ReportError";
}

/**
 * What a report says of a result.
 * @param all results that the report is made of; by default this one alone
 * @throws ReportError when there is no report of such a result
 */
export function sectionOf(
  { result, origin }: ReportInput,
  all: readonly ResultDocument[] = [result],
): Section {
  const content = contentOf(result);
  const names = chartsFor(result);
  return {
    command: origin?.command,
    ...content,
    ...(isExperiment(result) ? { fixFirst: fixFirstOf(result, all, origin?.command) } : {}),
    scenarios: origin?.scenarios ?? [],
    charts: names.map((name) => ({
      light: makeChart(name, result, { theme: "light" }),
      dark: makeChart(name, result, { theme: "dark" }),
    })),
  };
}

function contentOf(result: ResultDocument) {
  if (isExperiment(result)) return experimentSection(result);
  if (result.schema === "faultline/sweep@1") return sweepSection(result);
  if (result.schema === "faultline/reproduce@1") return reproductionSection(result);
  if (result.schema === "faultline/estimate@1") return estimateSection(result);
  if (result.schema === "faultline/importance@1") return importanceSection(result);
  if (result.schema === "faultline/improve@1") return improveSection(result);
  if (result.schema === "faultline/threshold@1") return thresholdSection(result);
  if (result.schema === "faultline/choose@1") return chooseSection(result);
  throw new ReportError(
    `a report is made of the result of ${listText(REPORTED)}, and this is ${result.schema}`,
  );
}
