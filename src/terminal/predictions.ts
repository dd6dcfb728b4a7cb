// Predictions of unseen models as text for people: whether they show skill, and the scores of all predictors, by how each
// knows what it knows.
import type { Difference, Score } from "../literature/kim2025/unseen/scores.ts";
import {
  aimsOf,
  CORRECTED,
  MEASURED_AIM,
  type PredictionStudy,
  type Row as Predictor,
} from "../literature/kim2025/unseen/study.ts";
import {
  aimTexts,
  coverageText,
  decimals,
  figureText,
  intervalText,
  measuredSentence,
  rightText,
  skillSentence,
} from "../wording/predictions.ts";
import { type Cell, columnsOf, type Group, type Row, verdictMark } from "../wording/table.ts";
import { count, wrapAll } from "../wording/text.ts";
import type { Screen } from "./style.ts";
import { renderTable } from "./table.ts";

const COLUMNS = columnsOf([
  "R²",
  "mean abs. error",
  "right choice",
  "regret",
  "coverage",
  "width",
  "R² gained",
]);

const TITLES: Readonly<Record<Predictor["kind"], string>> = {
  simulation: "Simulated, each model left out",
  measured: "With one team measured",
  "own task": "As if the benchmark were a task of one's own",
  baseline: "Without simulation",
  hindsight: "No prediction: it has seen the rates",
};

export function predictionText(study: PredictionStudy, { colors, width }: Screen): string {
  const faint = (lines: readonly string[]) => wrapAll(lines, width).map(colors.dim);
  return [
    ...wrapAll([skillSentence(study), measuredSentence(study)], width).map(colors.bold),
    ...faint([circumstances(study)]),
    "",
    ...renderTable(COLUMNS, sectionsOf(study), width, colors),
    ...faint(legend(study)),
    "",
  ].join("\n");
}

function circumstances({ study, seed, replications, sets, cells }: PredictionStudy): string {
  const size = `${count(replications, "replication")} of each over ${count(sets, "parameter set")}`;
  return `${study}: success of ${count(cells.length, "team")}, predicted from the single agents of a model left out · seed ${seed} · ${size}`;
}

function sectionsOf(study: PredictionStudy): Group[] {
  const kinds = Object.keys(TITLES) as Predictor["kind"][];
  const byKind = kinds.map((kind) => {
    const rows = study.rows.filter((row) => row.kind === kind);
    return { title: TITLES[kind], rows: rows.map((row) => predictorRow(row, study)) };
  });
  const byModel = study.folds.map(({ model, refitted, score }) => ({
    label: `${model}${refitted ? "" : " (not refitted)"}`,
    cells: [...scoreCells(score), NOTHING],
  }));
  return [
    ...byKind.filter(({ rows }) => rows.length > 0),
    { title: `By model: ${CORRECTED}`, rows: byModel },
  ];
}

function predictorRow({ name, score, differences }: Predictor, study: PredictionStudy): Row {
  const verdicts = verdictsOf(name, study);
  const cells = scoreCells(score).map((cell, i) => ({ ...cell, ...verdictMark(verdicts[i]) }));
  const gained = differences?.rSquared;
  return { label: name, cells: [...cells, gained == null ? NOTHING : differenceCell(gained)] };
}

const NOTHING: Cell = { text: "" };

function scoreCells(score: Score): Cell[] {
  return [
    numberCell(score.rSquared),
    numberCell(score.meanAbsoluteError),
    { text: rightText(score) },
    numberCell(score.regret),
    { text: coverageText(score) },
    numberCell(score.width),
  ];
}

const numberCell = (x: number | null): Cell =>
  x === null ? NOTHING : { text: figureText(x), interval: "" };

const differenceCell = ({ mean, ci }: Difference): Cell => ({
  text: decimals(mean),
  interval: intervalText(ci),
});

/** Which aims a row reaches, in the order of the columns. */
function verdictsOf(name: string, study: PredictionStudy): readonly (boolean | undefined)[] {
  const reached = aimsOf(study);
  if (name === MEASURED_AIM) return [reached.measuredRSquared];
  if (name !== CORRECTED) return [];
  const { rSquared, right, regret, coverage, width } = reached;
  return [rSquared, undefined, right, regret, coverage, width];
}

function legend(study: PredictionStudy): string[] {
  const { rows, folds, unreached } = study;
  const aims = aimTexts(study).map(({ title, aim }) => `${title} ${aim}`);
  return [
    `✓ ✗ aims: ${aims.join("; ")}.`,
    "right choice: the recommended architecture is the best, or within one standard error of it; regret: what following it loses. The single agent counts with its published rate, which is known.",
    "coverage: share of the published rates within their 95 % intervals, on the worst and the best benchmark; width: mean of these intervals.",
    "R² gained: over a predictor without simulation that knows as much, with the 95 % interval of a bootstrap over models.",
    ...rows.map(({ name, description, against }) => {
      const other = against === null ? "" : `; R² gained over ${against}`;
      return `${name}: ${description}${other}.`;
    }),
    ...(folds.some(({ refitted }) => !refitted)
      ? [
          "not refitted: these are the shipped parameters, which were chosen with all models in view.",
        ]
      : []),
    ...(unreached > 0
      ? [
          `In ${count(unreached, "simulation")} the single agent could not succeed as often as asked: the nearest rate was taken.`,
        ]
      : []),
  ];
}
