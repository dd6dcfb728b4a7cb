// What stands at the places of predictions of unseen models: the tables of the page about advice, and the figures that
// other pages take from them.

import { BENCHMARKS } from "../../../src/literature/kim2025/published.ts";
import { casesOf } from "../../../src/literature/kim2025/unseen/cases.ts";
import {
  AIMED_INSTANCES,
  CORRECTED,
  FAMILIAR,
  MEASURED,
  MEASURED_AIM,
  measuredName,
  type PredictionStudy,
  type Row,
  rowNamed,
  SHAPE_GUESSED,
  SHAPE_KNOWN,
} from "../../../src/literature/kim2025/unseen/study.ts";
import { average } from "../../../src/numerics/statistics.ts";
import {
  aimTexts,
  coverageText,
  decimals,
  differenceText,
  evidenceOf,
  figureText,
  measuredSentence,
  percent,
  rightText,
  skillSentence,
} from "../../../src/wording/predictions.ts";
import { capitalized, count } from "../../../src/wording/text.ts";
import { type Places, tableOf, wordTable } from "../places.ts";

/** Figures within sentences. */
export function predictionValues(study: PredictionStudy): Places {
  const { folds, cells, experience } = study;
  const { score } = rowNamed(study, CORRECTED);
  const aims = aimTexts(study);
  const missed = aims.filter(({ isReached }) => !isReached);
  return {
    "value skill": skillSentence(study),
    "value skill measured": measuredSentence(study),
    "value evidence": capitalized(evidenceOf(study, CORRECTED).words),
    ...evidencePlaces(study, SHAPE_KNOWN),
    ...evidencePlaces(study, SHAPE_GUESSED),
    "value models": count(folds.length, "model"),
    "value team rates": String(cells.length / folds.length),
    "value cases": String(score.cases),
    "value unseen R²": figureText(score.rSquared),
    "value unseen error": figureText(score.meanAbsoluteError),
    "value unseen choices": rightText(score),
    "value unseen coverage": coverageText(score),
    "value unseen width": figureText(score.width),
    "value best simple choices": bestChoices(study),
    "value measured R²": figureText(rowNamed(study, MEASURED_AIM).score.rSquared),
    "value measured instances": String(AIMED_INSTANCES),
    "value predictions": `seed \`${study.seed}\`, ${count(study.replications, "replication")} of each team over ${count(study.sets, "parameter set")}, semantics ${study.engine.semantics}`,
    "value aims reached": `${aims.length - missed.length} of ${aims.length}`,
    "value aims missed": missed.map(({ title }) => title).join(", ") || "none",
    "value trust": decimals(experience.own.stated.trust),
    "value trust guessed": decimals(experience.own.guessed.trust),
  };
}

function evidencePlaces(study: PredictionStudy, name: string): Places {
  const { words, figures } = evidenceOf(study, name);
  return { [`value ${name}`]: words, [`value ${name} figures`]: figures };
}

/** Right choices of the baseline that has the most. */
function bestChoices({ rows }: PredictionStudy): string {
  const baselines = rows.filter(({ kind }) => kind === "baseline");
  const best = baselines.reduce((a, b) => (b.score.right > a.score.right ? b : a));
  return `${rightText(best.score)} ("${best.name}")`;
}

/** The tables of the page about advice. */
export function predictionTables(study: PredictionStudy): Places {
  const named = (name: string) => rowNamed(study, name);
  return {
    "table predictors": tableOf(
      ["", "what it says", "R²", "mean abs. error", "right choice", "regret"],
      study.rows
        .filter(({ kind }) => ["simulation", "baseline", "hindsight"].includes(kind))
        .map((row) => [row.name, row.description, ...scoreCells(row)]),
      ["---", "---", "---:", "---:", "---:", "---:"],
    ),
    "table gains": wordTable(["", "over", "R²", "regret"], study.rows.flatMap(gainRow)),
    "table aims": wordTable(
      [CORRECTED, "aim", "value", "reached"],
      aimTexts(study).map(({ title, aim, value, isReached }) => [
        title,
        aim,
        value,
        isReached ? "yes" : "no",
      ]),
    ),
    "table coverage": tableOf(
      ["", ...BENCHMARKS, "mean width"],
      [CORRECTED, FAMILIAR, MEASURED_AIM, SHAPE_KNOWN, SHAPE_GUESSED].map((name) =>
        coverageRow(named(name)),
      ),
    ),
    "table left out": tableOf(
      ["model left out", "R²", "mean abs. error", "right choice", "regret", "coverage"],
      study.folds.map(({ model, refitted, score }) => [
        `${model}${refitted ? "" : " (not refitted)"}`,
        ...scoreCells({ score }),
        coverageText(score),
      ]),
    ),
    "table measured": tableOf(
      [
        "instances",
        "R², corrected",
        "R², table",
        "difference",
        "right, corrected",
        "right, table",
        "mean width",
      ],
      MEASURED.map((instances) => measuredRow(study, instances)),
    ),
    "table own task": tableOf(
      [
        "",
        "R²",
        "mean abs. error",
        "right choice",
        "regret",
        `R² over ${named(SHAPE_KNOWN).against}`,
      ],
      [SHAPE_KNOWN, SHAPE_GUESSED]
        .map(named)
        .map((row) => [row.name, ...scoreCells(row), gain(row, "rSquared")]),
    ),
    "table families": tableOf(["", ...BENCHMARKS], familyRows()),
  };
}

const scoreCells = ({ score }: Pick<Row, "score">) => [
  figureText(score.rSquared),
  figureText(score.meanAbsoluteError),
  rightText(score),
  decimals(score.regret),
];

const gain = ({ differences }: Row, of: "rSquared" | "regret") => {
  const difference = differences?.[of];
  return difference == null ? "" : differenceText(difference);
};

/** What a row has over the predictor without a mechanism that knows as much, where there is one. */
const gainRow = (row: Row) =>
  row.against === null ? [] : [[row.name, row.against, gain(row, "rSquared"), gain(row, "regret")]];

const coverageRow = ({ name, score: { coverage, width } }: Row) => [
  name,
  ...BENCHMARKS.map((benchmark) => (coverage === null ? "" : `${percent(coverage[benchmark])} %`)),
  figureText(width),
];

function measuredRow(study: PredictionStudy, instances: number): string[] {
  const corrected = rowNamed(study, measuredName(CORRECTED, instances));
  const table = rowNamed(study, corrected.against ?? "");
  return [
    String(instances),
    figureText(corrected.score.rSquared),
    figureText(table.score.rSquared),
    gain(corrected, "rSquared"),
    rightText(corrected.score),
    rightText(table.score),
    figureText(corrected.score.width),
  ];
}

/** Mean published success of the teams of each family. */
function familyRows(): string[][] {
  const cases = casesOf();
  return [...new Set(cases.map(({ family }) => family))].map((family) => [
    family,
    ...BENCHMARKS.map((benchmark) => {
      const own = cases.filter((one) => one.family === family && one.benchmark === benchmark);
      return decimals(average(own.flatMap(({ teams }) => teams)));
    }),
  ]);
}
