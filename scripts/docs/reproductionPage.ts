// The page docs/reproduction.md: what a reproduction, its calibration and its measured predictions amount to, written from
// their results alone. Sentences explain; every number comes from a result.
import type { CalibrationResult, ParameterResult } from "../../src/calibrate/result.ts";
import type { Score } from "../../src/literature/kim2025/predictionScores.ts";
import type { PredictionStudy } from "../../src/literature/kim2025/predictions.ts";
import type { Reproduction, TargetResult } from "../../src/literature/reproduce.ts";
import { plainEstimate, plainNumber } from "../../src/wording/estimate.ts";
import { replicationsOf, seedOf } from "../../src/wording/sample.ts";
import { count } from "../../src/wording/text.ts";
import { toleranceText } from "../../src/wording/tolerance.ts";

export interface PageParts {
  readonly reproduction: Reproduction;
  readonly calibration: CalibrationResult;
  readonly predictions: PredictionStudy;
}

/** The page as Markdown. */
export function reproductionPage({ reproduction, calibration, predictions }: PageParts): string {
  return [
    ...introduction(reproduction),
    ...figureTable(reproduction),
    ...definitions(reproduction.targets),
    ...contradictions(reproduction.targets),
    ...calibrated(calibration),
    ...predicted(reproduction, predictions),
    ...unexplained(reproduction),
    ...gap(reproduction, predictions),
  ].join("\n");
}

// ---------------------------------------------------------------- the figures

function introduction(reproduction: Reproduction): string[] {
  const { study, engine, summary } = reproduction;
  const { passed, missed } = summary.calibrated;
  return [
    `# Reproduction of ${study}`,
    "",
    "This page is written by `npm run docs` from real runs; no result is typed by hand. The table alone comes from",
    `\`faultline reproduce ${study}\` (faultline ${engine.version}, semantics ${engine.semantics}, ${seedOf(reproduction)}, ${replicationsOf(reproduction)} of every scenario, 95 % intervals).`,
    "",
    `**${passed} of ${passed + missed} calibrated figures with a tolerance are in range.**${errorsOf(summary)}`,
    "",
  ];
}

function errorsOf({ success }: Reproduction["summary"]): string {
  if (success === undefined) return "";
  const { cells, meanAbsoluteError, largestError } = success;
  return ` The mean absolute error of the ${cells} success rates is ${decimals(meanAbsoluteError)}, the largest ${decimals(largestError)}.`;
}

const decimals = (x: number | null) => (x === null ? "undefined" : x.toFixed(3));

function figureTable({ targets }: Reproduction): string[] {
  const lines = ["## Published and simulated", ""];
  for (const [figure, group] of groupBy(targets, ({ figure }) => figure)) {
    const { unit } = group[0];
    lines.push(`### ${figure}${unit === "share" || unit === "ratio" ? "" : ` (${unit})`}`, "");
    lines.push("| | published | simulated | to reach | verdict | kind |");
    lines.push("| --- | ---: | ---: | --- | --- | --- |");
    lines.push(...group.map(figureRow), "");
  }
  return lines;
}

function figureRow(target: TargetResult): string {
  const { title, published, publishedCi, simulated, tolerance, pass, kind } = target;
  const interval = publishedCi === null ? "" : ` [${publishedCi.map(plainNumber).join(", ")}]`;
  const verdict = pass === null ? "" : pass ? "in range" : "**off**";
  const cells = [
    title,
    `${publishedText(published)}${interval}`,
    plainEstimate(simulated),
    toleranceText(tolerance),
    verdict,
    kind,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** With as many decimals as a source gives. */
const publishedText = (published: number) => plainNumber(Number(published.toFixed(3)));

// ---------------------------------------------------------------- definitions and contradictions

function definitions(targets: readonly TargetResult[]): string[] {
  const lines = ["## Which definition each figure uses", ""];
  lines.push("| figure | held against | by the other definition |", "| --- | --- | --- |");
  for (const [figure, group] of groupBy(targets, ({ figure }) => figure.split(",")[0])) {
    const others = group.flatMap(({ title, other }) =>
      other ? [`${title} ${plainEstimate(other.simulated)}`] : [],
    );
    const told = others.length > 0 ? `${group[0].other?.definition}: ${others.join(", ")}` : "";
    lines.push(`| ${[figure, group[0].definition, told].join(" | ")} |`);
  }
  return [...lines, ""];
}

function contradictions(targets: readonly TargetResult[]): string[] {
  const notes = groupBy(
    targets.filter(({ note }) => note !== undefined),
    ({ note }) => note as string,
  );
  return [
    "## Where the source contradicts itself, and what else to know",
    "",
    ...[...notes].map(([note, group]) => `- ${idsOf(group)}: ${note}`),
    "",
  ];
}

const idsOf = (group: readonly TargetResult[]) =>
  group.length === 1
    ? `\`${group[0].id}\``
    : `\`${group[0].id}\` and ${count(group.length - 1, "other")}`;

// ---------------------------------------------------------------- what was fitted

const VERDICTS = { pinned: "pinned down", weak: "weakly", free: "not at all" } as const;

function calibrated({
  name,
  parameters,
  correlations,
  targets,
  search,
  engine,
}: CalibrationResult) {
  const weighed = targets.filter(({ weight }) => weight > 0);
  return [
    "## What was calibrated on what",
    "",
    `\`faultline calibrate scenarios/kim2025/targets.yaml\` (\`${name}\`, semantics ${engine.semantics}, ${count(search.evaluations, "evaluation")}) holds ${count(parameters.length, "parameter")} against ${count(weighed.length, "figure")}. The values were found by searches of this kind, one after another, the last of them by the ranges that figures are judged by (\`scenarios/kim2025/ranges.yaml\`), and lie where the most figures are in range on the line from its start to its end; what is at the edge of its range is in it partly by its draws. The run recorded here judges them. The agents' parameters are one set for all architectures and benchmarks; a benchmark owns the structure of its task. The interval is how far the parameter can move while the others make up for it until the sum of squared misses has risen by 1; a parameter that is not pinned down should not be read as a measurement.`,
    "",
    "| parameter | in | fitted | interval | pinned down |",
    "| --- | --- | ---: | --- | --- |",
    ...parameters.map(parameterRow),
    "",
    ...(correlations.length === 0
      ? []
      : [
          `Hardly told from each other: ${correlations.map(({ parameters: [a, b], r }) => `${a} and ${b} (r = ${r.toFixed(2)})`).join("; ")}.`,
          "",
        ]),
  ];
}

function parameterRow({ path, in: file, fitted, profile, atBound }: ParameterResult): string {
  const interval = profile === null ? "" : profile.interval.map(plainNumber).join(" to ");
  const verdict = profile === null ? "" : VERDICTS[profile.verdict];
  const bound = atBound === null ? "" : `, on its ${atBound} bound`;
  return `| \`${path}\` | ${file ?? ""} | ${plainNumber(fitted)} | ${interval} | ${verdict}${bound} |`;
}

// ---------------------------------------------------------------- predictions

function predicted({ targets }: Reproduction, predictions: PredictionStudy): string[] {
  const laws = targets.filter(({ kind }) => kind === "predicted");
  const { chosen, chosenByOthers, baselines, bestLines, folds, aims, cells, coverage } =
    predictions;
  return [
    "## Predicted",
    "",
    "Nothing was fitted to these figures:",
    "",
    ...laws.map(
      ({ figure, title, published, simulated, definition }) =>
        `- ${figure}, ${title}: published ${publishedText(published)}, simulated ${plainEstimate(simulated)} (${definition}).`,
    ),
    "",
    "### Leaving one model out",
    "",
    `\`faultline reproduce kim2025 --leave-one-out\`: each of the ${count(folds.length, "model")} is left out in turn, the parameters are fitted without it (beginning at guesses that no model has a part in), and its ${cells.length / folds.length} team rates are predicted from its single-agent rates, as \`faultline advise\` does. Aims: R² at least ${aims.rSquared}, mean absolute error at most ${aims.meanAbsoluteError}, right choice in at least ${100 * aims.rightShare} % of the cases, better than every baseline.`,
    "",
    "| | R² | mean abs. error | right choice | regret |",
    "| --- | ---: | ---: | ---: | ---: |",
    scoreRow(`simulated: \`${chosen.number}\` solved, pull ${chosen.pull}`, chosen.score),
    scoreRow("simulated, number and pull chosen by the other models", chosenByOthers),
    ...baselines.map(({ name, description, score }) => scoreRow(`${name}: ${description}`, score)),
    scoreRow("best lines in the single rate (no prediction: they have seen the rates)", bestLines),
    ...folds.map(({ model, refitted, score }) =>
      scoreRow(`${model} left out${refitted ? "" : " (not refitted)"}`, score),
    ),
    "",
    `${Math.round(100 * coverage)} % of the rates lie in their 95 % prediction intervals. The last line but the models' own is what a line for each team and benchmark reaches that was fitted to the very rates: a predictor that sees only the single rate of a cell can hardly do better on these data, so an R² of ${aims.rSquared} is out of reach for any of them.`,
    "",
  ];
}

const scoreRow = (label: string, { rSquared, meanAbsoluteError, right, cases, regret }: Score) =>
  `| ${label} | ${rSquared.toFixed(3)} | ${meanAbsoluteError.toFixed(3)} | ${right} of ${cases} | ${regret.toFixed(3)} |`;

// ---------------------------------------------------------------- what is left

function unexplained({ targets }: Reproduction): string[] {
  const off = targets.filter(({ pass }) => pass === false);
  return [
    "## What the model does not explain",
    "",
    ...(off.length === 0
      ? ["No figure with a tolerance is out of range."]
      : off.map(
          ({ id, published, simulated }) =>
            `- \`${id}\`: published ${publishedText(published)}, simulated ${plainEstimate(simulated)}.`,
        )),
    "",
    "Beyond single figures:",
    "",
    "- Why one model profits from a team and another does not: at one single-agent rate the published team rates of two models differ by more than any prediction interval of a mechanism that knows this rate alone.",
    "- The propagation amplification is a mean of ratios, which the benchmark governs on which the single agent makes fewest errors; as a ratio of means it is smaller, as the table of definitions shows.",
    "- The categories of errors (contradiction, drift, omission, coordination) have no counterpart: a claim is right or wrong.",
    "",
  ];
}

function gap({ summary }: Reproduction, { chosen, coverage }: PredictionStudy): string[] {
  const { meanAbsoluteError = null, largestError = null } = summary.success ?? {};
  return [
    "## How large the gap is",
    "",
    `Fitted to means over six models, a success rate is off by ${decimals(meanAbsoluteError)} on average and ${decimals(largestError)} at most. For a model that was not seen, it is off by ${chosen.score.meanAbsoluteError.toFixed(3)} on average, and ${Math.round(100 * coverage)} % of the rates are within the intervals that \`advise\` prints. What is simulated is a mechanism with the structure of these tasks, not these models: an answer of \`advise\` is as good as those errors, no better.`,
    "",
  ];
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
