// What a report says of a study that was held against its published figures.
import type { Reproduction, TargetResult } from "../../literature/reproduce.ts";
import { plainNumber } from "../../report/estimate.ts";
import { count, grouped } from "../../report/text.ts";
import { toleranceText } from "../../report/tolerance.ts";
import type { Answer } from "./answer.ts";
import { estimateCell } from "./experimentSection.ts";
import { groupBy } from "./grouping.ts";
import type { Cell, Section, Table } from "./section.ts";
import { listText } from "./words.ts";

type Content = Omit<Section, "charts" | "scenarios">;

/** All that a reproduction has to say. */
export function reproductionSection(result: Reproduction): Content {
  const { study, seed, replications, engine, interrupted, targets } = result;
  return {
    kind: "Reproduction",
    title: study,
    answer: answerOf(result),
    facts: [
      {
        name: "Replications of each",
        value: `${grouped(replications)}${interrupted ? ", interrupted" : ""}`,
      },
      { name: "Published figures", value: grouped(targets.length) },
      { name: "Intervals", value: "95 %" },
      { name: "Seed", value: seed },
      { name: "Engine", value: `Faultline ${engine.version}, semantics ${engine.semantics}` },
    ],
    tables: targets.length === 0 ? [] : [tableOf(targets)],
    thresholds: [],
    precision: [],
    warnings: interrupted ? ["Interrupted: figures are made of what was complete by then."] : [],
    metrics: [],
    command: `faultline reproduce ${study} --replications ${replications} --seed ${seed}`,
    omissions: [],
  };
}

function answerOf({ summary, study }: Reproduction): Answer {
  const { calibrated, predicted, success } = summary;
  const kinds = { calibrated, predicted };
  const met = Object.entries(kinds)
    .filter(([, { passed, missed }]) => passed + missed > 0)
    .map(
      ([kind, { passed, missed }]) =>
        `${grouped(passed)} of ${grouped(passed + missed)} that were ${kind}`,
    );
  const passed = calibrated.passed + predicted.passed;
  const judged = passed + calibrated.missed + predicted.missed;
  if (judged === 0) return { lead: `None of the figures of ${study} could be judged.`, more: [] };
  const open = calibrated.open + predicted.open;
  const off =
    success.meanAbsoluteError === null
      ? undefined
      : `Success is off by ${plainNumber(round(success.meanAbsoluteError))} on average over ${count(success.cells, "cell")}, by ${plainNumber(round(success.largestError ?? 0))} at most.`;
  return {
    lead: `Of ${count(judged, "published figure")} of ${study} the simulation meets ${passed === judged ? "all" : grouped(passed)} within their tolerance: ${listText(met)}.`,
    more: [
      ...(off === undefined ? [] : [off]),
      ...(open === 0 ? [] : [`${count(open, "more figure")} without tolerance or without value.`]),
    ],
  };
}

const round = (x: number) => Number(x.toPrecision(2));

function tableOf(targets: readonly TargetResult[]): Table {
  const groups = [...groupBy(targets, ({ figure }) => figure)];
  return {
    title: "Published and simulated",
    isFolded: false,
    corner: "Figure",
    columns: ["published", "simulated", "tolerance", "verdict", "kind"].map((name) => ({ name })),
    groups: groups.map(([title, own]) => ({
      title,
      rows: own.map((target) => ({
        label: target.title,
        unit: target.unit,
        cells: [
          publishedCell(target),
          estimateCell(target.simulated),
          { text: target.tolerance === null ? "none" : toleranceText(target.tolerance) },
          verdictCell(target),
          { text: target.kind },
        ],
      })),
    })),
    metrics: [],
    notes: [],
  };
}

function publishedCell({ published, publishedCi }: TargetResult): Cell {
  const interval =
    publishedCi === null ? {} : { interval: `[${publishedCi.map(plainNumber).join(", ")}]` };
  // As many decimals as the source gives; its figures of 2 and more have one at most.
  const rounded = Number(published.toFixed(Math.abs(published) < 2 ? 3 : 1));
  return { text: plainNumber(rounded), ...interval };
}

function verdictCell({ pass }: TargetResult): Cell {
  if (pass === null) return { text: "open", tone: "faint" };
  return pass ? { text: "met", tone: "good" } : { text: "missed", tone: "bad" };
}
