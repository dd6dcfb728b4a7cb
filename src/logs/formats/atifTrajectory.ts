// One trajectory in ATIF: the turns of one agent, and where it refers to others.
import type { LogSink, Place } from "../format.ts";
import type { LoggedToolCall, LoggedTurn } from "../run.ts";
import { type Fields, fieldsIn, listIn, numberIn, textIn, timeIn } from "../values.ts";
import { amountOf, isErrorResult, isTimeout, stated } from "./facts.ts";

export interface Trajectory {
  readonly place: Place;
  readonly agent: string;
  /** What others may call it: its id, that of its session, and the name of its file. */
  readonly ids: {
    readonly own: string | undefined;
    readonly session: string | undefined;
    readonly file: string;
  };
  readonly turns: readonly AtifTurn[];
  readonly references: readonly Reference[];
  /** Trajectories within it. */
  readonly embedded: readonly Trajectory[];
  /** Of all its turns, where that is more than these say. */
  readonly dollars?: number | undefined;
  readonly isComplete: boolean;
  /** First and last time, in seconds since 1970. */
  readonly begin?: number | undefined;
  readonly end?: number | undefined;
}

export interface AtifTurn {
  readonly turn: LoggedTurn;
  /** In seconds since 1970. */
  readonly at: number | undefined;
}

/** Where a trajectory leads to another one. */
export interface Reference {
  readonly to: Partial<Trajectory["ids"]>;
  /** Turns of the trajectory that come before. */
  readonly after: number;
  /** Whether the same agent goes on there, rather than a subagent. */
  readonly isContinuation: boolean;
}

const baseName = (path: string) => path.replace(/^.*[/\\]/, "");

/** Reads a trajectory. Steps that were copied from another one, as context, have been told there. */
export function trajectoryOf(document: Fields, place: Place, sink: LogSink): Trajectory {
  const agent = fieldsIn(document.agent);
  const steps = listIn(document.steps)
    .map(fieldsIn)
    .filter((step) => step.is_copied_context !== true);
  const turns: AtifTurn[] = [];
  const references: Reference[] = [];
  for (const step of steps) {
    if (step.source === "agent") turns.push(turnOf(step, agent, place, sink));
    references.push(...referencesOf(step, turns.length));
  }
  const times = steps
    .map(({ timestamp }) => timeIn(timestamp))
    .filter((time) => time !== undefined);
  const totals = totalsOf(document, turns, place, sink);
  return {
    place,
    agent: textIn(agent.name) ?? "agent",
    ids: {
      own: textIn(document.trajectory_id),
      session: textIn(document.session_id),
      file: baseName(place.file),
    },
    turns,
    references: [...references, ...continuationOf(document, turns.length)],
    embedded: listIn(document.subagent_trajectories).map((one) =>
      trajectoryOf(fieldsIn(one), place, sink),
    ),
    dollars: totals.dollars,
    isComplete: !saysTimeout(document) && (references.length > 0 || !totals.isMore),
    begin: times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b)),
    end: times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b)),
  };
}

/**
 * The totals of a trajectory where they are more than those of its turns. More input tokens than in turns that all state theirs are
 * those of a call of which no step tells: the trajectory broke off in the middle of it.
 */
function totalsOf(
  { final_metrics: metrics }: Fields,
  turns: readonly AtifTurn[],
  place: Place,
  sink: LogSink,
): { readonly dollars: number | undefined; readonly isMore: boolean } {
  const { total_cost_usd, total_prompt_tokens } = fieldsIn(metrics);
  const dollars = amountOf(total_cost_usd, "runs", place, sink);
  const spent = turns.reduce((sum, { turn }) => sum + (turn.dollars ?? 0), 0);
  const inputs = turns.map(({ turn }) => turn.inputTokens).filter((tokens) => tokens !== undefined);
  const input = inputs.reduce((a, b) => a + b, 0);
  return {
    dollars: dollars !== undefined && dollars > spent * (1 + ROUNDING) ? dollars : undefined,
    isMore:
      inputs.length > 0 &&
      inputs.length === turns.length &&
      (numberIn(total_prompt_tokens) ?? 0) > input,
  };
}

/** Of sums, relative. */
const ROUNDING = 1e-9;

function turnOf(step: Fields, agent: Fields, place: Place, sink: LogSink): AtifTurn {
  const metrics = fieldsIn(step.metrics);
  const milliseconds = numberIn(fieldsIn(metrics.extra).latency_ms);
  const amount = (value: unknown) => amountOf(value, "steps", place, sink);
  const turn = stated<LoggedTurn>({
    agent: textIn(agent.name) ?? "agent",
    model: textIn(step.model_name) ?? textIn(agent.model_name),
    seconds: milliseconds === undefined ? undefined : amount(milliseconds / 1000),
    inputTokens: amount(metrics.prompt_tokens),
    cachedTokens: amount(metrics.cached_tokens),
    outputTokens: amount(metrics.completion_tokens),
    dollars: amount(metrics.cost_usd),
    tools: toolsOf(step),
  });
  return { turn, at: timeIn(step.timestamp) };
}

const resultsOf = (step: Fields) => listIn(fieldsIn(step.observation).results).map(fieldsIn);

/** Results name the call that they answer; those that do not answer the calls in their order. */
function toolsOf(step: Fields): LoggedToolCall[] {
  const results = resultsOf(step);
  return listIn(step.tool_calls)
    .map(fieldsIn)
    .map((call, i) => {
      const id = textIn(call.tool_call_id);
      const named = results.find((result) => textIn(result.source_call_id) === id);
      const result = named ?? (textIn(results[i]?.source_call_id) ? undefined : results[i]);
      const hasFailed = result !== undefined && isFailed(result);
      return stated<LoggedToolCall>({ name: textIn(call.function_name), hasFailed });
    });
}

const isFailed = (result: Fields) => isErrorResult(result) || isErrorResult(fieldsIn(result.extra));

function referencesOf(step: Fields, after: number): Reference[] {
  return resultsOf(step)
    .flatMap(({ subagent_trajectory_ref: refs }) => (Array.isArray(refs) ? refs : [refs]))
    .filter((ref) => ref !== undefined && ref !== null)
    .map((ref) => referenceTo(ref, after, false));
}

function continuationOf({ continued_trajectory_ref: ref }: Fields, after: number): Reference[] {
  return ref === undefined || ref === null ? [] : [referenceTo(ref, after, true)];
}

/** A reference is the path of a file, or an object with an id or a path. */
function referenceTo(ref: unknown, after: number, isContinuation: boolean): Reference {
  const fields = typeof ref === "string" ? { trajectory_path: ref } : fieldsIn(ref);
  const path = textIn(fields.trajectory_path);
  const to = {
    own: textIn(fields.trajectory_id),
    session: textIn(fields.session_id),
    file: path === undefined ? undefined : baseName(path),
  };
  return { to: stated<Reference["to"]>(to), after, isContinuation };
}

/** What says how a trajectory ended; the format leaves it to `extra`. */
const ENDINGS =
  /^(status|exit_status|(termination|stop|finish|exit)_?reason|exception(_type)?|error)$/i;

function saysTimeout(document: Fields): boolean {
  return [document, document.extra, fieldsIn(document.final_metrics).extra]
    .flatMap((fields) => Object.entries(fieldsIn(fields)))
    .some(([name, value]) =>
      ENDINGS.test(name) ? isTimeout(value) : isTimeout(name) && value === true,
    );
}
