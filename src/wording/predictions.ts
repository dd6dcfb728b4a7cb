// Predictions of unseen models in words: whether they show skill, what they reach of what was aimed at, and their scores.
import type { Difference, Score } from "../literature/kim2025/unseen/scores.ts";
import {
  AIMED_INSTANCES,
  aimsOf,
  CORRECTED,
  MEASURED_AIM,
  type PredictionStudy,
  rowNamed,
} from "../literature/kim2025/unseen/study.ts";
import { capitalized } from "./text.ts";

type Study = Pick<PredictionStudy, "rows" | "aims">;

/** Three decimals, and no minus before nothing. */
export const decimals = (x: number) => Number(x.toFixed(3)).toFixed(3);

/** Percent with a decimal where it is not 0. */
export const percent = (share: number) => String(Number((100 * share).toFixed(1)));

/** The same, or nothing where a predictor has no such figure. */
export const figureText = (x: number | null) => (x === null ? "" : decimals(x));

/** Number of right choices. It has a decimal where it is a mean over measurements. */
export function rightText({ right, cases }: Score): string {
  return `${Number.isInteger(right) ? right : right.toFixed(1)} of ${cases}`;
}

/** The lowest and the highest coverage of the benchmarks. */
export function coverageText({ coverage }: Score): string {
  if (coverage === null) return "";
  const shares = Object.values(coverage);
  return rangeText(Math.min(...shares), Math.max(...shares));
}

function rangeText(...ends: readonly [low: number, high: number]): string {
  const [low, high] = ends.map(percent);
  return low === high ? `${low} %` : `${low} to ${high} %`;
}

/** A difference of two scores with the ends of its interval, which tell whether it has a sign. */
export const differenceText = ({ mean, ci }: Difference) => `${decimals(mean)} ${intervalText(ci)}`;

/** Bounds without the 0 before the decimal point, as those of estimates are written. */
export const intervalText = (ci: Difference["ci"]) =>
  `[${ci.map((end) => decimals(end).replace(/^(-?)0(?=\.)/, "$1")).join(", ")}]`;

// ---------------------------------------------------------------- skill

/** What an interval says of the sign of a difference. */
type Sign = "above" | "below" | "open";
const signOf = ({ ci: [low, high] }: Difference): Sign =>
  low > 0 ? "above" : high < 0 ? "below" : "open";

const EVIDENCE: Readonly<Record<Sign, string>> = {
  above: "evidence of skill",
  below: "worse than no simulation",
  open: "no evidence of skill",
};

const AFTER: Readonly<Record<Sign, string>> = {
  above: "the simulation is better than a table",
  below: "a table without simulation is better",
  open: "a table without simulation is as good",
};

/** Whether the simulation shows skill in predicting rates, before anything is measured. */
export function skillSentence(study: Study): string {
  const { words, figures } = evidenceOf(study, CORRECTED);
  return `${capitalized(words)} without a measurement: ${figures}.`;
}

/** The same of a row, in a few words and with its figures. */
export function evidenceOf(study: Study, name: string): { words: string; figures: string } {
  const { sign, figures } = comparison(study, name);
  return { words: EVIDENCE[sign], figures };
}

/** Whether it does once one team is measured. */
export function measuredSentence(study: Study): string {
  const { sign, figures } = comparison(study, MEASURED_AIM);
  return `After one team is measured on ${AIMED_INSTANCES} instances, ${AFTER[sign]}: ${figures}.`;
}

/** R² of a predictor beside that of the one without a mechanism that knows as much. */
function comparison(study: Study, name: string): { sign: Sign; figures: string } {
  const { score, against, differences } = rowNamed(study, name);
  const difference = differences?.rSquared;
  if (against === null || difference == null)
    throw new RangeError(`${name} has no R² to compare with another`);
  const other = rowNamed(study, against).score;
  const [own, theirs] = [score, other].map(({ rSquared }) => decimals(rSquared as number));
  return {
    sign: signOf(difference),
    figures: `R² is ${own} for "${name}" and ${theirs} for "${against}", a difference of ${differenceText(difference)}`,
  };
}

// ---------------------------------------------------------------- aims

/** An aim with what was reached of it. */
export interface AimText {
  readonly title: string;
  readonly aim: string;
  readonly value: string;
  readonly isReached: boolean;
}

/** All aims, of the corrected simulation. */
export function aimTexts(study: Study): readonly AimText[] {
  const { aims } = study;
  const { score } = rowNamed(study, CORRECTED);
  const measured = rowNamed(study, MEASURED_AIM).score;
  const reached = aimsOf(study);
  const text = (key: keyof typeof reached, title: string, aim: string, value: string) => {
    return { title, aim, value, isReached: reached[key] };
  };
  const after = `R² after one team is measured on ${AIMED_INSTANCES} instances`;
  return [
    text("rSquared", "R²", `at least ${decimals(aims.rSquared)}`, figureText(score.rSquared)),
    text(
      "measuredRSquared",
      after,
      `at least ${decimals(aims.measuredRSquared)}`,
      figureText(measured.rSquared),
    ),
    text("right", "right choice", `at least ${aims.right} of ${score.cases}`, rightText(score)),
    text("regret", "regret", `at most ${decimals(aims.regret)}`, decimals(score.regret)),
    text(
      "coverage",
      "coverage of every benchmark",
      rangeText(...aims.coverage),
      coverageText(score),
    ),
    text(
      "width",
      "width of the intervals",
      `at most ${decimals(aims.width)}`,
      figureText(score.width),
    ),
  ];
}
