// The columns of a table of steps or runs: what they are called, and which one holds which fact.
import { suggest } from "../../documents/checking/suggest.ts";
import { didYouMean, list, word } from "../../documents/quoting.ts";
import type { Fields } from "../values.ts";

/**
 * Facts, with the names of columns that hold them, the usual one first. Letter case and signs between words do not matter:
 * `traceId` and `Trace ID` are `trace_id`. Durations whose column ends with `_ms` are in milliseconds.
 */
export const COLUMNS = {
  run: [
    "run",
    "run_id",
    "trace",
    "trace_id",
    "session",
    "session_id",
    "conversation",
    "conversation_id",
    "trajectory_id",
    "episode",
    "episode_id",
  ],
  task: [
    "task",
    "task_id",
    "task_name",
    "problem",
    "problem_id",
    "question_id",
    "instance",
    "instance_id",
    "sample_id",
    "case_id",
  ],
  trial: ["trial", "trial_id", "epoch", "repeat", "repetition"],
  step: ["step", "step_id", "step_index", "turn", "turn_id", "turn_index", "span_id"],
  agent: ["agent", "agent_name", "agent_id", "speaker"],
  model: ["model", "model_name", "model_id", "llm"],
  input_tokens: [
    "input_tokens",
    "prompt_tokens",
    "tokens_in",
    "tokens_input",
    "input_token_count",
    "prompt_token_count",
  ],
  cached_tokens: [
    "cached_tokens",
    "cache_read_tokens",
    "cache_read_input_tokens",
    "input_tokens_cache_read",
  ],
  output_tokens: [
    "output_tokens",
    "completion_tokens",
    "tokens_out",
    "tokens_output",
    "output_token_count",
    "completion_token_count",
  ],
  cost: ["cost", "cost_usd", "total_cost", "total_cost_usd", "usd", "dollars"],
  start: ["start", "start_time", "started_at", "timestamp"],
  seconds: [
    "seconds",
    "duration",
    "duration_s",
    "duration_seconds",
    "latency",
    "latency_s",
    "latency_seconds",
    "elapsed",
    "elapsed_seconds",
    "duration_ms",
    "latency_ms",
    "elapsed_ms",
    "milliseconds",
  ],
  failed: ["failed", "failure", "is_error", "error", "error_type"],
  retries: ["retries", "retry_count"],
  tool_calls: ["tool_calls", "tool_call_count"],
  tool_errors: ["tool_errors", "tool_error_count"],
  correct: ["correct", "is_correct", "step_correct"],
  success: [
    "success",
    "is_success",
    "succeeded",
    "passed",
    "pass",
    "solved",
    "resolved",
    "reward",
    "score",
    "outcome",
  ],
  to: ["to", "recipient", "recipients", "receiver"],
  reviews: ["reviews", "reviewed", "reviewed_step"],
  verdict: ["verdict", "decision"],
} as const;

export type Column = keyof typeof COLUMNS;
const NAMES = Object.keys(COLUMNS) as Column[];

/** Which column of a table holds which fact, where its name does not tell. */
export type ColumnMap = Readonly<Record<string, string>>;

/** A mapping of columns that cannot be used. */
export class ColumnMapError extends Error {
  override readonly name = "ColumnMapError";
}

/**
 * Reads a mapping such as `run=trace_id,success=passed`.
 * @throws ColumnMapError with all that is wrong with it
 */
export function parseColumnMap(text: string): ColumnMap {
  const pairs = text.split(",").map((pair) => pair.trim());
  const wrong = pairs
    .filter((pair) => !/^[^=]+=\s*\S/.test(pair))
    .map((pair) => `${word(pair)} is not of the form fact=column`);
  const entries = pairs.map((pair) => {
    const [fact, ...column] = pair.split("=").map((part) => part.trim());
    return [fact, column.join("=")] as const;
  });
  const facts = entries.map(([fact]) => fact);
  const twice = facts.filter((fact, i) => facts.indexOf(fact) !== i);
  wrong.push(...twice.map((fact) => `${word(fact)} is mapped twice`));
  if (wrong.length > 0) throw new ColumnMapError(wrong.join("\n"));
  const map = Object.fromEntries(entries);
  checkFacts(map);
  return map;
}

/** @throws ColumnMapError if the mapping names what is no fact of a table */
export function checkFacts(map: ColumnMap): void {
  const strange = Object.keys(map).filter((fact) => !isColumn(fact));
  if (strange.length === 0) return;
  throw new ColumnMapError(
    strange.map((fact) => unknown(fact, "is no fact of a table", NAMES)).join("\n"),
  );
}

const isColumn = (name: string): name is Column => Object.hasOwn(COLUMNS, name);

function unknown(name: string, what: string, known: readonly string[]): string {
  const hint = didYouMean(suggest(name, known));
  return [`${word(name)} ${what}`, `there are ${list(known, 40)}`, hint]
    .filter((part) => part !== undefined)
    .join("; ");
}

/**
 * @param columns of all tables that were read
 * @throws ColumnMapError if the mapping names a column that is none of them
 */
export function checkColumnMap(map: ColumnMap, columns: ReadonlySet<string>): void {
  const missing = Object.values(map).filter((column) => !columns.has(column));
  if (missing.length === 0) return;
  const known = [...columns];
  throw new ColumnMapError(
    missing.map((column) => unknown(column, "is no column of the table", known)).join("\n"),
  );
}

const normalised = (name: string) =>
  name
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");

/** Which key of a row holds which fact. */
export type Layout = Readonly<Partial<Record<Column, string>>>;

/** Finds the layouts of rows; rows of one table have the same keys, so that most of them are found once. */
export class Layouts {
  private readonly map: ColumnMap;
  private readonly known = new Map<string, Layout>();
  /** The names of all columns, as they are written. */
  readonly columns = new Set<string>();

  constructor(map: ColumnMap) {
    this.map = map;
  }

  of(row: Fields): Layout {
    const keys = Object.keys(row);
    const joined = keys.join("\n");
    const known = this.known.get(joined);
    if (known !== undefined) return known;
    if (this.known.size >= MOST_LAYOUTS) this.known.clear();
    for (const key of keys) this.columns.add(key);
    const layout = this.layoutOf(keys);
    this.known.set(joined, layout);
    return layout;
  }

  private layoutOf(keys: readonly string[]): Layout {
    const taken = new Set<string>(Object.values(this.map));
    const byName = new Map(
      keys.filter((key) => !taken.has(key)).map((key) => [normalised(key), key] as const),
    );
    const layout: Partial<Record<Column, string>> = {};
    for (const column of NAMES) {
      const name = COLUMNS[column].find((one) => byName.has(one));
      const key = this.map[column] ?? (name === undefined ? undefined : byName.get(name));
      if (key !== undefined) layout[column] = key;
    }
    return layout;
  }
}

const MOST_LAYOUTS = 1000;

export const isInMilliseconds = (key: string | undefined): boolean =>
  key !== undefined && /(^|_)(ms|milliseconds|millis)$/.test(normalised(key));
