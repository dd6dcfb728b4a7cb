// A run of the rows of a table.
import type { LogSink } from "../format.ts";
import type { LoggedMessage, LoggedReview, LoggedRun, LoggedTurn } from "../run.ts";
import { numberIn } from "../values.ts";
import { placeText, stated } from "./facts.ts";
import type { Row } from "./tableRow.ts";

/** @param rows at least one, in the order of the table */
export function tableRun(id: string, rows: readonly Row[], sink: LogSink): LoggedRun {
  const steps = stepsOf(rows, sink);
  const first = (fact: (row: Row) => string | undefined) =>
    rows.map(fact).find((one) => one !== undefined);
  const totals = rows.find((row) => !steps.some((step) => step.rows.includes(row)))?.turn;
  return stated<LoggedRun>({
    id,
    place: placeText(rows[0].place),
    task: first(({ task }) => task),
    success: rows.findLast(({ success }) => success !== undefined)?.success,
    seconds: totals?.seconds ?? lengthOf(steps),
    dollars: totals?.dollars,
    isComplete: true,
    turns: turnsOf(steps),
    messages: steps.flatMap(({ rows }) => rows.flatMap(messagesOf)),
  });
}

/** A step has several rows if it told several agents, or reviewed several steps. */
interface Step {
  readonly rows: Row[];
}

const head = ({ rows }: Step): Row => rows[0];

function stepsOf(rows: readonly Row[], sink: LogSink): Step[] {
  const steps: Step[] = [];
  const known = new Map<string, Step>();
  for (const row of turnsAmong(rows, sink)) {
    const key = row.step === undefined ? undefined : `${row.step}\n${row.turn.agent}`;
    const same = key === undefined ? undefined : known.get(key);
    if (same === undefined) {
      const step = { rows: [row] };
      steps.push(step);
      if (key !== undefined) known.set(key, step);
    } else if (addsTo(same, row)) same.rows.push(row);
    else sink.trouble("duplicate", "rows", row.place);
  }
  return inOrder(steps);
}

/** Rows that name neither step nor agent are calls, if there are several of one run; a single one tells of the run as a whole. */
function turnsAmong(rows: readonly Row[], sink: LogSink): readonly Row[] {
  const steps = rows.filter(({ isStep }) => isStep);
  if (steps.length > 0 || rows.length === 1) return steps;
  if (rows.some(isCall)) return rows;
  for (const { place } of rows.slice(1)) sink.trouble("duplicate", "rows", place);
  return [];
}

const isCall = ({ turn }: Row) => turn.model !== undefined || turn.inputTokens !== undefined;

/** Whether a row tells more of a step than the rows before. */
function addsTo({ rows }: Step, { to, reviews }: Row): boolean {
  const isNewReview = reviews !== undefined && rows.every((row) => row.reviews !== reviews);
  return isNewReview || to.some((name) => rows.every((row) => !row.to.includes(name)));
}

/** By their starts, or else by their numbers, if all have them. */
function inOrder(steps: readonly Step[]): Step[] {
  const by = (order: (step: Step) => number | undefined) =>
    steps.every((step) => order(step) !== undefined)
      ? [...steps].sort((a, b) => order(a)! - order(b)!)
      : undefined;
  return by((step) => head(step).start) ?? by((step) => numberIn(head(step).step)) ?? [...steps];
}

function lengthOf(steps: readonly Step[]): number | undefined {
  const begin = beginOf(steps);
  if (begin === undefined) return undefined;
  return steps
    .map(head)
    .map(({ start, turn }) => start! + (turn.seconds ?? 0) - begin)
    .reduce((a, b) => Math.max(a, b), 0);
}

/** The first start, if all steps have one. */
const beginOf = (steps: readonly Step[]): number | undefined =>
  steps.length > 0 && steps.every((step) => head(step).start !== undefined)
    ? head(steps[0]).start
    : undefined;

function turnsOf(steps: readonly Step[]): LoggedTurn[] {
  const begin = beginOf(steps);
  const positions = new Map<string, number>();
  steps.forEach((step, i) => {
    const name = head(step).step ?? String(i + 1);
    if (!positions.has(name)) positions.set(name, i);
  });
  return steps.map((step) => {
    const { turn, start } = head(step);
    const reviews = step.rows.flatMap((row) => reviewsOf(row, positions));
    return stated<LoggedTurn>({
      ...turn,
      start: begin === undefined ? undefined : start! - begin,
      reviews: reviews.length > 0 ? reviews : undefined,
    });
  });
}

function reviewsOf({ reviews, isAccepted }: Row, positions: ReadonlyMap<string, number>) {
  if (isAccepted === undefined) return [];
  return [stated<LoggedReview>({ of: positions.get(reviews ?? ""), isAccepted })];
}

const messagesOf = ({ to, turn }: Row): LoggedMessage[] =>
  to.map((name) => ({ from: turn.agent, to: name }));
