// The first screen, `reproduce kim2025 --brief`: the figures by which the study is known, published beside simulated; one
// sentence that says what follows; where picture and page lie; and how to go on.
import { BY_BENCHMARK } from "../literature/kim2025/findings.ts";
import {
  AMPLIFYING,
  BENCHMARK_TITLES,
  BENCHMARKS,
  type Benchmark,
  TEAMS,
  type Team,
} from "../literature/kim2025/published.ts";
import type { Reproduction, TargetResult } from "../literature/reproduce.ts";
import type { Study, StudyCell } from "../literature/study.ts";
import { isCounted } from "../literature/target.ts";
import { replicationsOf, seedOf } from "../wording/sample.ts";
import {
  type Cell,
  columnsOf,
  estimateCell,
  type Group,
  publishedCell,
  type Row,
  verdictMark,
} from "../wording/table.ts";
import { count, wrap, wrapAll } from "../wording/text.ts";
import { toleranceText } from "../wording/tolerance.ts";
import { bar, type Graphic } from "./bars.ts";
import { isDoubtful } from "./reproduce.ts";
import type { Screen } from "./style.ts";
import { type FiguredCell, renderTable } from "./table.ts";

export interface BriefOptions extends Screen {
  /** Whether bars stand beside the numbers, where there is room. */
  readonly graphics: boolean;
  /** Where picture and page lie, if they do. */
  readonly places: Places | undefined;
  /** The folder of the shipped scenarios, as a command would name it. */
  readonly scenarios: string;
}

export interface Places {
  readonly picture: string;
  readonly page: string;
}

/** The text of a brief reproduction. */
export function briefText(
  { question, source }: Pick<Study, "question" | "source">,
  result: Reproduction,
  { colors, width, graphics, places, scenarios }: BriefOptions,
): string {
  const conclusion = conclusionOf(result.targets);
  const faint = (lines: readonly string[]) => wrapAll(lines, width).map(colors.dim);
  return [
    colors.bold(question),
    ...faint([circumstances(source, result)]),
    "",
    ...renderTable(COLUMNS, sectionsOf(result, graphics), width, colors),
    ...faint(legend(result)),
    ...(conclusion === undefined ? [] : ["", ...wrap(conclusion, width).map(colors.bold)]),
    ...(places === undefined
      ? []
      : [
          "",
          `${colors.dim("picture")}  ${places.picture}`,
          `${colors.dim("page")}     ${places.page}`,
        ]),
    "",
    ...waysOn(scenarios).flatMap(({ does, command }) => [colors.dim(`# ${does}`), command]),
    "",
  ].join("\n");
}

function circumstances(source: string, result: Reproduction): string {
  const asked = `${replicationsOf(result)} of each scenario`;
  const sample = result.interrupted ? `interrupted before ${asked}` : asked;
  return `${source}, beside the simulation: ${sample}, ${seedOf(result)}, 95 % intervals`;
}

// ---------------------------------------------------------------- the table

const COLUMNS = columnsOf(["published", "simulated", "accepted", "by benchmark"]);

/** What the source says of the two benchmarks that the screen shows. */
const CHANGES: readonly { benchmark: Benchmark; nature: string }[] = [
  { benchmark: "finance-agent", nature: "where the work divides" },
  { benchmark: "plancraft", nature: "where each step builds on the last" },
];

function sectionsOf(result: Reproduction, graphics: boolean): Group[] {
  const amplified = amplifications(result.targets);
  const most = Math.max(...amplified.map(({ simulated }) => simulated.mean ?? 0));
  const bars = (target: TargetResult) => (graphics ? barOf(target, most) : undefined);
  return [
    {
      title: "Errors that reach aggregation, relative to the single agent (amplification)",
      rows: amplified.map((target) => rowOf(target, false, rangeOf(result, target), bars(target))),
    },
    ...CHANGES.map(({ benchmark }) => ({
      title: `Success on ${BENCHMARK_TITLES[benchmark]}, change against the single agent in %`,
      rows: changes(result.targets, benchmark).map((target) => rowOf(target, true, "")),
    })),
  ];
}

const select = (targets: readonly TargetResult[], figure: string) =>
  TEAMS.flatMap((team: Team) => targets.filter(({ id }) => id === `kim2025.${figure}.${team}`));

const amplifications = (targets: readonly TargetResult[]) => select(targets, "amplification");

const changes = (targets: readonly TargetResult[], benchmark: Benchmark) =>
  select(targets, `change.${benchmark}`);

function rowOf(target: TargetResult, isSigned: boolean, range: string, graphic?: Graphic): Row {
  const sign = (cell: Cell, value: number | null): Cell =>
    isSigned && value !== null && value > 0 ? { ...cell, text: `+${cell.text}` } : cell;
  const { published, simulated, pass } = target;
  const cell: FiguredCell = { ...estimateCell(simulated), ...verdictMark(pass), graphic };
  return {
    label: target.title,
    cells: [
      sign(publishedCell({ published, publishedCi: null }), published),
      sign(cell, simulated.mean),
      { text: acceptedText(target, isSigned) },
      { text: range },
    ],
  };
}

function barOf({ simulated: { mean, ci } }: TargetResult, most: number): Graphic | undefined {
  if (mean === null || most === 0) return undefined;
  return bar(mean / most, Math.min(1, (ci[1] ?? 0) / most));
}

/** The ratios of one team on each benchmark. */
function ratiosOf({ tables = [] }: Reproduction, { title }: TargetResult): Ratio[] {
  const table = tables.find(({ name }) => name === BY_BENCHMARK);
  const cells = table?.rows.find(([team]) => team === title) ?? [];
  return BENCHMARKS.flatMap((benchmark) => {
    const place = table?.columns.findIndex(({ name }) => name === benchmark) ?? -1;
    const ratio = place < 0 ? null : meanOf(cells[place]);
    return ratio === null ? [] : [{ benchmark, ratio }];
  });
}

interface Ratio {
  readonly benchmark: Benchmark;
  readonly ratio: number;
}

const meanOf = (cell: StudyCell) => (cell !== null && typeof cell === "object" ? cell.mean : null);

function rangeOf(result: Reproduction, target: TargetResult): string {
  const ratios = ratiosOf(result, target).map(({ ratio }) => ratio);
  return ratios.length === 0 ? "" : spanText(ratios, timesText);
}

// ---------------------------------------------------------------- below the table

function legend(result: Reproduction): string[] {
  const judged = result.targets.filter(({ kind, pass }) => isCounted(kind) && pass !== null);
  const met = judged.filter(({ pass }) => pass).length;
  return [
    `✓ in the accepted range, ✗ out of it. The range is the published interval; of changes what six models leave open (bootstrap). †: arbitrary.${furthestText(result.targets)}`,
    `${met} of ${count(judged.length, "calibrated figure")} ${met === 1 ? "is" : "are"} in range: one set of agents, for all teams and benchmarks, was chosen with them in view.${doubtText(judged)} Changes are derived from calibrated rates, and not counted.`,
    ...orderText(result.targets),
    ...governing(result),
  ];
}

/** On which benchmarks the teams amplify errors in the published order. */
function orderText(targets: readonly TargetResult[]): string[] {
  const judged = targets.filter(({ id, pass }) => id.startsWith("kim2025.order.") && pass !== null);
  if (judged.length === 0) return [];
  const held = judged.filter(({ pass }) => pass).length;
  return [
    `${held} of ${count(judged.length, "benchmark")} ${held === 1 ? "has" : "have"} the published order: ${AMPLIFYING.join(", ")}.`,
  ];
}

function doubtText(judged: readonly TargetResult[]): string {
  const doubtful = judged.filter(isDoubtful).length;
  return doubtful === 0
    ? ""
    : ` Of ${doubtful} the interval crosses a bound: more replications may turn the verdict.`;
}

/** The change that is furthest from its published value, which a range that only asks for the sign would hide. */
function furthestText(targets: readonly TargetResult[]): string {
  const misses = CHANGES.flatMap(({ benchmark }) =>
    changes(targets, benchmark).flatMap(({ title, published, simulated: { mean } }) =>
      mean === null ? [] : [{ benchmark, title, published, mean }],
    ),
  );
  if (misses.length === 0) return "";
  const size = (one: (typeof misses)[number]) => Math.abs(one.mean - one.published);
  const { benchmark, title, published, mean } = misses.reduce((a, b) =>
    size(b) > size(a) ? b : a,
  );
  return ` Furthest off: ${title} on ${BENCHMARK_TITLES[benchmark]}, ${changeText(mean)} % for ${changeText(published)} %.`;
}

/** The benchmark that is the largest of every team, if it is the same one. */
function governing(result: Reproduction): string[] {
  const largest = amplifications(result.targets).flatMap((target) =>
    [...ratiosOf(result, target)].sort((a, b) => b.ratio - a.ratio).slice(0, 1),
  );
  const [first] = largest;
  if (first === undefined || largest.some(({ benchmark }) => benchmark !== first.benchmark))
    return [];
  const title = BENCHMARK_TITLES[first.benchmark];
  return [`${title} has the largest ratio of every team.`];
}

/** What is accepted; of changes in whole percents. */
function acceptedText({ tolerance }: TargetResult, isSigned: boolean): string {
  if (tolerance?.kind !== "range" || !isSigned) return toleranceText(tolerance);
  const whole = (x: number | null) => (x === null ? null : Math.round(x));
  return toleranceText({ ...tolerance, from: whole(tolerance.from), to: whole(tolerance.to) });
}

// ---------------------------------------------------------------- what follows

/** What follows from the simulated figures, in one sentence; undefined where one has no value. */
export function conclusionOf(targets: readonly TargetResult[]): string | undefined {
  const clauses = [
    ...CHANGES.map((of) => changeClause(of, changes(targets, of.benchmark))),
    amplificationClause(amplifications(targets)),
  ];
  if (clauses.includes(undefined)) return undefined;
  return `What follows: ${clauses.join("; ")}.`;
}

interface Known {
  readonly title: string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The values with their intervals; undefined where one has none, or there are none. */
function known(targets: readonly TargetResult[]): Known[] | undefined {
  const values = targets.flatMap(({ title, simulated: { mean, ci } }) =>
    mean === null || ci[0] === null || ci[1] === null
      ? []
      : [{ title, mean, low: ci[0], high: ci[1] }],
  );
  return values.length > 0 && values.length === targets.length ? values : undefined;
}

function changeClause(
  { benchmark, nature }: (typeof CHANGES)[number],
  targets: readonly TargetResult[],
): string | undefined {
  const values = known(targets);
  if (values === undefined) return undefined;
  const gains = values.filter(({ low }) => low > 0).length;
  const losses = values.filter(({ high }) => high < 0).length;
  const span = spanText(
    values.map(({ mean }) => mean),
    changeText,
  );
  const where = `on ${BENCHMARK_TITLES[benchmark]}, ${nature},`;
  if (gains === values.length) return `${where} every team succeeds more often (${span} %)`;
  if (losses === values.length) return `${where} every team succeeds less often (${span} %)`;
  return `${where} ${gains} of ${values.length} teams succeed more often and ${losses} less (${span} %)`;
}

/** Independent agents check nothing of each other's; the other teams do. */
function amplificationClause(targets: readonly TargetResult[]): string | undefined {
  const values = known(targets);
  const independent = values?.find(({ title }) => title === "independent");
  const checking = values?.filter((one) => one !== independent) ?? [];
  if (independent === undefined || checking.length === 0) return undefined;
  const span = spanText(
    checking.map(({ mean }) => mean),
    timesText,
  );
  const own = timesText(independent.mean);
  if (checking.every(({ high }) => high < independent.low))
    return `teams whose agents check each other amplify errors ${span} times, independent agents ${own} times`;
  if (checking.every(({ low }) => low > independent.high))
    return `teams whose agents check each other amplify errors more (${span} times) than independent agents (${own} times)`;
  return `that agents check each other makes no clear difference to how errors are amplified (${span} times, independent agents ${own})`;
}

const timesText = (x: number) => x.toFixed(Math.abs(x) < 10 ? 1 : 0);

const changeText = (x: number) => `${x > 0 ? "+" : ""}${x.toFixed(0)}`;

/** From the least to the greatest, of losses from the smallest: `+18 to +68`, `-3 to +9`, `-43 to -72`. */
function spanText(values: readonly number[], text: (x: number) => string): string {
  const isNegative = values.every((x) => x < 0);
  const sorted = [...values].sort((a, b) => (isNegative ? b - a : a - b));
  const [first, last] = [text(sorted[0]), text(sorted[sorted.length - 1])];
  return first === last ? first : `${first} to ${last}`;
}

// ---------------------------------------------------------------- how to go on

/** Commands that work as they stand. */
function waysOn(scenarios: string): { does: string; command: string }[] {
  const folder = `${scenarios}/kim2025`;
  return [
    {
      does: "all metrics of the five architectures on one task",
      command: `npx faultline compare ${folder}/plancraft-*.yaml --baseline single`,
    },
    {
      does: "watch one run: where an error begins, and whom it reaches",
      command: `npx faultline replay ${folder}/plancraft-independent.yaml`,
    },
    {
      does: "a team of your own, to change and run",
      command: "npx faultline init my-team",
    },
  ];
}
