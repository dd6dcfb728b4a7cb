// What stands at the places of the study kim2025 alone: how far its figures are met, its calibration, and figures of its
// predictions.
import type { CalibrationResult, ParameterResult } from "../../../src/calibrate/result.ts";
import type { PredictionStudy } from "../../../src/literature/kim2025/unseen/study.ts";
import type { Reproduction } from "../../../src/literature/reproduce.ts";
import { plainNumber } from "../../../src/wording/estimate.ts";
import { count } from "../../../src/wording/text.ts";
import { type Places, tableOf } from "../places.ts";
import { predictionValues } from "./advicePlaces.ts";

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
    ...predictionValues(predictions),
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
