// What stands at the places of the study kim2025 alone: how far its figures are met, its calibration, and its measured
// predictions.
import type { CalibrationResult, ParameterResult } from "../../../src/calibrate/result.ts";
import type { Score } from "../../../src/literature/kim2025/predictionScores.ts";
import type { PredictionStudy } from "../../../src/literature/kim2025/predictions.ts";
import type { Reproduction } from "../../../src/literature/reproduce.ts";
import { plainNumber } from "../../../src/wording/estimate.ts";
import { count } from "../../../src/wording/text.ts";
import { type Places, tableOf } from "../places.ts";

export interface Kim2025Results {
  readonly reproduction: Reproduction;
  readonly calibration: CalibrationResult;
  readonly predictions: PredictionStudy;
}

export function kim2025Places(results: Kim2025Results): Places {
  const { calibration, predictions } = results;
  return {
    ...summary(results.reproduction),
    "value calibration": `\`${calibration.name}\`, semantics ${calibration.engine.semantics}, ${count(calibration.search.evaluations, "evaluation")}`,
    "value parameters": count(calibration.parameters.length, "parameter"),
    ...pinnedDown(calibration.parameters),
    "value fitted figures": count(
      calibration.targets.filter(({ weight }) => weight > 0).length,
      "figure",
    ),
    "table parameters": tableOf(
      ["parameter", "in", "fitted", "interval", "pinned down"],
      calibration.parameters.map(parameterRow),
      ["---", "---", "---:", "---", "---"],
    ),
    "value correlated":
      calibration.correlations
        .map(({ parameters: [a, b], r }) => `${a} and ${b} (r = ${r.toFixed(2)})`)
        .join("; ") || "none",
    ...predicted(predictions),
  };
}

function summary({ summary: { calibrated, success } }: Reproduction): Places {
  const { cells = 0, meanAbsoluteError = null, largestError = null } = success ?? {};
  return {
    "value in range": String(calibrated.passed),
    "value judged": String(calibrated.passed + calibrated.missed),
    "value rates": String(cells),
    "value mean error": decimals(meanAbsoluteError),
    "value largest error": decimals(largestError),
  };
}

const decimals = (x: number | null) => (x === null ? "undefined" : x.toFixed(3));
const percent = (share: number) => `${Math.round(100 * share)} %`;

const PINNED = { pinned: "pinned down", weak: "weakly", free: "not at all" } as const;

function parameterRow({ path, in: file, fitted, profile, atBound }: ParameterResult): string[] {
  const interval = profile === null ? "" : profile.interval.map(plainNumber).join(" to ");
  const verdict = profile === null ? "" : PINNED[profile.verdict];
  const bound = atBound === null ? "" : `, on its ${atBound} bound`;
  return [`\`${path}\``, file ?? "", plainNumber(fitted), interval, verdict + bound];
}

/** How many parameters have each verdict. */
function pinnedDown(parameters: readonly ParameterResult[]): Places {
  const number = (verdict: keyof typeof PINNED) => {
    const all = parameters.filter(({ profile }) => profile?.verdict === verdict).length;
    return all === 0 ? "none" : String(all);
  };
  return {
    "value pinned": number("pinned"),
    "value weak": number("weak"),
    "value free": number("free"),
  };
}

function predicted(predictions: PredictionStudy): Places {
  const { chosen, chosenByOthers, baselines, bestLines, folds, aims, cells } = predictions;
  return {
    "value models": count(folds.length, "model"),
    "value team rates": String(cells.length / folds.length),
    "value aimed R²": String(aims.rSquared),
    "value aimed error": String(aims.meanAbsoluteError),
    "value aimed choices": percent(aims.rightShare),
    "value coverage": percent(predictions.coverage),
    "value unseen error": chosen.score.meanAbsoluteError.toFixed(3),
    "score unseen": scoreRow("the simulation", chosen.score).slice(0, 4).join(" | "),
    "score nested": scoreRow("the simulation, method chosen without the model", chosenByOthers)
      .slice(0, 4)
      .join(" | "),
    "score means": scoreRow("the mean of the other models' rates", baselines[0].score)
      .slice(0, 4)
      .join(" | "),
    "table predictions": tableOf(
      ["", "R²", "mean abs. error", "right choice", "regret"],
      [
        scoreRow(`simulated: \`${chosen.number}\` solved, pull ${chosen.pull}`, chosen.score),
        scoreRow("simulated, number and pull chosen by the other models", chosenByOthers),
        ...baselines.map(({ name, description, score }) =>
          scoreRow(`${name}: ${description}`, score),
        ),
        scoreRow(
          "best lines in the single rate (no prediction: they have seen the rates)",
          bestLines,
        ),
        ...folds.map(({ model, refitted, score }) =>
          scoreRow(`${model} left out${refitted ? "" : " (not refitted)"}`, score),
        ),
      ],
    ),
  };
}

const scoreRow = (label: string, { rSquared, meanAbsoluteError, right, cases, regret }: Score) => [
  label,
  rSquared.toFixed(3),
  meanAbsoluteError.toFixed(3),
  `${right} of ${cases}`,
  regret.toFixed(3),
];
