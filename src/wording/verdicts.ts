// How many published figures are in range, and what it says that they are, as text.
import type { Counts, TargetCounts, TargetResult } from "../literature/judging.ts";
import type { SuccessSummary } from "../literature/study.ts";
import { PROVENANCES, type Provenance } from "../literature/target.ts";
import { listText } from "./sentence.ts";
import { count } from "./text.ts";

/** What each kind of figure is. */
const MEANINGS: Readonly<Record<Provenance, string>> = {
  calibrated: "parameters were chosen with it in view",
  predicted: "no parameter was chosen with it in view, and it could have come out otherwise",
  derived: "it follows from other figures by arithmetic",
  identity: "it follows from inputs, and is off by chance alone",
  structural: "it follows from a limit or a structure that was set",
};

/** What the kinds of these figures stand for, in one line. */
export function kindsText(targets: readonly Pick<TargetResult, "kind">[]): string {
  const kinds = PROVENANCES.filter((kind) => targets.some((target) => target.kind === kind));
  return `${kinds.map((kind) => `${kind}: ${MEANINGS[kind]}`).join("; ")}.`;
}

/** `56 of 58 in range, 3 without a verdict`. */
export function countsText({ passed, missed, open }: Counts): string {
  return `${passed} of ${passed + missed} in range, ${open} without a verdict`;
}

/** `16 derived, 2 structural`; nothing where all figures are counted. */
export function uncountedText({ uncounted }: TargetCounts): string {
  if (uncounted === undefined) return "";
  const { derived, identity, structural } = uncounted;
  return listText([
    ...(derived > 0 ? [`${derived} derived`] : []),
    ...(identity > 0 ? [count(identity, "identity", "identities")] : []),
    ...(structural > 0 ? [`${structural} structural`] : []),
  ]);
}

/** How far success rates are off, judged together. */
export function successText({
  cells,
  meanAbsoluteError,
  largestError,
  tolerance,
  pass,
}: SuccessSummary): string {
  if (meanAbsoluteError === null) return "mean absolute error undefined: a rate has no value";
  return `mean absolute error of ${cells} rates ${meanAbsoluteError.toFixed(3)} (to reach ${tolerance} †: ${pass ? "in range" : "off"}), largest ${largestError?.toFixed(3)}`;
}

/** What a summary says, as pairs of a name and a text. */
export function summaryParts(
  summary: TargetCounts & { readonly success?: SuccessSummary | undefined },
): (readonly [name: string, text: string])[] {
  const uncounted = uncountedText(summary);
  return [
    ["calibrated", countsText(summary.calibrated)],
    ["predicted", countsText(summary.predicted)],
    ...(uncounted === "" ? [] : [["not counted", uncounted] as const]),
    ...(summary.success === undefined ? [] : [["success", successText(summary.success)] as const]),
  ];
}
