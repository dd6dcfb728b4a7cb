// Measured predictions as text for people: the score of predicting each model without having seen it, beside what it is
// to beat, by way of predicting and by model.

import type { Score } from "../literature/kim2025/predictionScores.ts";
import type { PredictionStudy } from "../literature/kim2025/predictions.ts";
import { type Cell, columnsOf, type Row, verdictMark } from "../wording/table.ts";
import { count, wrapAll } from "../wording/text.ts";
import type { Screen } from "./style.ts";
import { renderTable } from "./table.ts";

const COLUMNS = columnsOf(["R²", "mean abs. error", "right choice", "regret"]);

export function predictionText(study: PredictionStudy, { colors, width }: Screen): string {
  const { chosen, cells, folds, aims } = study;
  const faint = (lines: readonly string[]) => wrapAll(lines, width).map(colors.dim);
  const sections = [
    {
      title: "Simulated, each model left out",
      rows: [
        row("as chosen below", chosen.score, verdictsOf(study)),
        row("chosen by the other models", study.chosenByOthers),
      ],
    },
    {
      title: "To beat",
      rows: study.baselines.map(({ name, score }) => row(name, score)),
    },
    { title: "No prediction: it has seen the rates", rows: [row("best lines", study.bestLines)] },
    {
      title: "Number that a model owns, and how far its rate is believed",
      rows: study.methods.map(({ number, pull, score }) => {
        const isChosen = number === chosen.number && pull === chosen.pull;
        return row(`${number}, ${pull}${isChosen ? " (chosen)" : ""}`, score);
      }),
    },
    {
      title: "By model",
      rows: folds.map(({ model, refitted, score }) =>
        row(`${model}${refitted ? "" : " (not refitted)"}`, score),
      ),
    },
  ];
  return [
    colors.bold(
      `${study.study}: success of ${count(cells.length, "team")}, predicted from the single agents of a model left out`,
    ),
    ...faint([
      `seed ${study.seed} · ${count(study.replications, "replication")} of each · aims: R² at least ${digits(aims.rSquared)}, error at most ${digits(aims.meanAbsoluteError)}, right choice in at least ${Math.round(100 * aims.rightShare)} %, and better than every baseline`,
    ]),
    "",
    ...renderTable(COLUMNS, sections, width, colors),
    ...faint(legend(study)),
    "",
  ].join("\n");
}

type Verdicts = readonly (boolean | undefined)[];

function verdictsOf({ chosen: { score }, aims }: PredictionStudy): Verdicts {
  return [
    score.rSquared >= aims.rSquared,
    score.meanAbsoluteError <= aims.meanAbsoluteError,
    score.right >= aims.rightShare * score.cases,
    undefined,
  ];
}

function row(label: string, score: Score, verdicts: Verdicts = []): Row {
  const cells = [
    numberCell(score.rSquared),
    numberCell(score.meanAbsoluteError),
    { text: `${score.right} of ${score.cases}` },
    numberCell(score.regret),
  ];
  return { label, cells: cells.map((cell, i) => ({ ...cell, ...verdictMark(verdicts[i]) })) };
}

const numberCell = (x: number): Cell => ({ text: digits(x), interval: "" });

/** Three decimals, without the 0 before the decimal point. */
const digits = (x: number) => x.toFixed(3).replace(/^(-?)0(?=\.)/, "$1");

function legend({ baselines, folds, coverage, unreachable, cells }: PredictionStudy): string[] {
  return [
    "right choice: the recommended architecture is the best, or within one standard error of it; regret: what following it loses. The single agent counts with its measured rate, which is known.",
    "best lines: per team and benchmark, the line in the single agent's rate that fits all models best; no linear predictor does better.",
    ...baselines.map(({ name, description }) => `${name}: ${description}.`),
    ...(folds.some(({ refitted }) => !refitted)
      ? [
          "not refitted: these are the shipped parameters, which were chosen with all models in view.",
        ]
      : []),
    `${Math.round(100 * coverage)} % of ${count(cells.length, "rate")} within the 95 % interval, made of the errors with the other models.`,
    ...(unreachable > 0
      ? [
          `${count(unreachable, "rate")} could not be reached in some way of predicting: the nearest was taken.`,
        ]
      : []),
  ];
}
