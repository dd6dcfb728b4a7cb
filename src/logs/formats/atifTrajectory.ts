// One trajectory in ATIF: the turns of one agent, and where it refers to others.
import type { LogSink, Place } from "../format.ts";
import type { LoggedToolCall, LoggedTurn } from "../run.ts";
import {
  amountOf,
  type Fields,
  fieldsOf,
  isErrorResult,
  isTimeout,
  listOf,
  nameOf,
  numberOf,
  stated,
  timeOf,
} from "./facts.ts";

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
  /** Of all its turns, where these say nothing of it. */
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
  const agent = fieldsOf(document.agent);
  const steps = listOf(document.steps)
    .map(fieldsOf)
    .filter((step) => step.is_copied_context !== true);
  const turns: AtifTurn[] = [];
  const references: Reference[] = [];
  for (const step of steps) {
    if (step.source === "agent") turns.push(turnOf(step, agent, place, sink));
    references.push(...referencesOf(step, turns.length));
  }
  const times = steps
    .map(({ timestamp }) => timeOf(timestamp))
    .filter((time) => time !== undefined);
  const hasCosts = turns.some(({ turn }) => turn.dollars !== undefined);
  const total = fieldsOf(document.final_metrics).total_cost_usd;
  return {
    place,
    agent: nameOf(agent.name) ?? "agent",
    ids: {
      own: nameOf(document.trajectory_id),
      session: nameOf(document.session_id),
      file: baseName(place.file),
    },
    turns,
    references: [...references, ...continuationOf(document, turns.length)],
    embedded: listOf(document.subagent_trajectories).map((one) =>
      trajectoryOf(fieldsOf(one), place, sink),
    ),
    dollars: hasCosts ? undefined : amountOf(total, "runs", place, sink),
    isComplete: !saysTimeout(document),
    begin: times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b)),
    end: times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b)),
  };
}

function turnOf(step: Fields, agent: Fields, place: Place, sink: LogSink): AtifTurn {
  const metrics = fieldsOf(step.metrics);
  const milliseconds = numberOf(fieldsOf(metrics.extra).latency_ms);
  const amount = (value: unknown) => amountOf(value, "steps", place, sink);
  const turn = stated<LoggedTurn>({
    agent: nameOf(agent.name) ?? "agent",
    model: nameOf(step.model_name) ?? nameOf(agent.model_name),
    seconds: milliseconds === undefined ? undefined : amount(milliseconds / 1000),
    inputTokens: amount(metrics.prompt_tokens),
    cachedTokens: amount(metrics.cached_tokens),
    outputTokens: amount(metrics.completion_tokens),
    dollars: amount(metrics.cost_usd),
    tools: toolsOf(step),
  });
  return { turn, at: timeOf(step.timestamp) };
}

const resultsOf = (step: Fields) => listOf(fieldsOf(step.observation).results).map(fieldsOf);

/** Results name the call that they answer; those that do not answer the calls in their order. */
function toolsOf(step: Fields): LoggedToolCall[] {
  const results = resultsOf(step);
  return listOf(step.tool_calls)
    .map(fieldsOf)
    .map((call, i) => {
      const id = nameOf(call.tool_call_id);
      const named = results.find((result) => nameOf(result.source_call_id) === id);
      const result = named ?? (nameOf(results[i]?.source_call_id) ? undefined : results[i]);
      const hasFailed = result !== undefined && isFailed(result);
      return stated<LoggedToolCall>({ name: nameOf(call.function_name), hasFailed });
    });
}

const isFailed = (result: Fields) => isErrorResult(result) || isErrorResult(fieldsOf(result.extra));

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
  const fields = typeof ref === "string" ? { trajectory_path: ref } : fieldsOf(ref);
  const path = nameOf(fields.trajectory_path);
  const to = {
    own: nameOf(fields.trajectory_id),
    session: nameOf(fields.session_id),
    file: path === undefined ? undefined : baseName(path),
  };
  return { to: stated<Reference["to"]>(to), after, isContinuation };
}

/** What says how a trajectory ended; the format leaves it to `extra`. */
const ENDINGS =
  /^(status|exit_status|(termination|stop|finish|exit)_?reason|exception(_type)?|error)$/i;

function saysTimeout(document: Fields): boolean {
  return [document, document.extra, fieldsOf(document.final_metrics).extra]
    .flatMap((fields) => Object.entries(fieldsOf(fields)))
    .some(([name, value]) =>
      ENDINGS.test(name) ? isTimeout(value) : isTimeout(name) && value === true,
    );
}
