// A reproduction with several seeds as text for people: every published figure beside the least and the largest value that
// was simulated, with how many of the seeds have it in range; and how many figures are in range with each seed.
import type { SeedsReproduction, TargetOverSeeds } from "../literature/seeds.ts";
import { plainNumber } from "../wording/estimate.ts";
import { type Cell, columnsOf, publishedCell, type Row, UNDEFINED } from "../wording/table.ts";
import { count, wrapAll } from "../wording/text.ts";
import { ARBITRARY_NOTE, isArbitrary, toleranceText } from "../wording/tolerance.ts";
import { kindsText, summaryParts } from "../wording/verdicts.ts";
import { targetSections } from "./reproduce.ts";
import type { Screen } from "./style.ts";
import { renderTable } from "./table.ts";

const COLUMNS = columnsOf(["published", "simulated", "to reach", "in range"]);

export function seedsText(result: SeedsReproduction, { colors, width }: Screen): string {
  const { study, targets } = result;
  const figures = count(targets.length, "published figure");
  const faint = (lines: readonly string[]) => wrapAll(lines, width).map(colors.dim);
  return [
    colors.bold(`${study}: ${figures} beside simulated ones`),
    ...faint([circumstances(result)]),
    "",
    ...(targets.length === 0
      ? []
      : [
          ...renderTable(COLUMNS, targetSections(targets, rowOf), width, colors),
          ...faint(legend(targets)),
          "",
        ]),
    ...bySeed(result).flatMap((line) => wrapAll([line], width).map(colors.bold)),
    "",
  ].join("\n");
}

function circumstances({ seeds, asked, replications, interrupted }: SeedsReproduction): string {
  const [first, last] = [seeds.at(0), seeds.at(-1)].map((one) => one?.seed);
  const which = first === undefined ? "no seed" : first === last ? first : `${first} to ${last}`;
  const size = `${count(replications, "replication")} per scenario`;
  return `${which} · ${size} and seed${interrupted ? ` · interrupted before ${count(asked, "seed")}` : ""}`;
}

function rowOf(target: TargetOverSeeds): Row {
  const { passed, missed } = target.verdicts;
  return {
    label: target.title,
    cells: [
      publishedCell(target),
      rangeCell(target.means),
      { text: toleranceText(target.tolerance) },
      passed + missed === 0 ? { text: "" } : verdictCell(passed, passed + missed),
    ],
  };
}

/** The least and the largest value. */
function rangeCell(means: readonly (number | null)[]): Cell {
  const known = means.filter((mean) => mean !== null);
  if (known.length === 0) return UNDEFINED;
  const [least, most] = [Math.min(...known), Math.max(...known)].map(short);
  return { text: least === most ? least : `${least} to ${most}` };
}

const short = (x: number) => plainNumber(Number(x.toPrecision(3)));

function verdictCell(passed: number, judged: number): Cell {
  const text = `${passed} of ${judged}`;
  if (passed === judged) return { text, tone: "good", mark: "✓" };
  return passed === 0 ? { text, tone: "bad", mark: "✗" } : { text, tone: "bad", mark: "~" };
}

function legend(targets: readonly TargetOverSeeds[]): string[] {
  return [
    "in range: with how many seeds the simulated figure reaches what it is to reach. simulated: its least and its largest value.",
    `${kindsText(targets)} Only calibrated and predicted figures are counted.`,
    ...(targets.some(({ tolerance }) => isArbitrary(tolerance)) ? [ARBITRARY_NOTE] : []),
  ];
}

function bySeed({ seeds }: SeedsReproduction): string[] {
  return seeds.map(({ seed, summary }) => {
    const parts = summaryParts(summary).filter(([name]) => name !== "not counted");
    return `${seed}  ${parts.map(([name, text]) => `${name} ${text}`).join(" · ")}`;
  });
}
