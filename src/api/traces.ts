// Traces: one replication followed event by event, and the search for one that is worth it.
import { findReplication as find } from "../experiment/find.ts";
import { FIND_KINDS, type FindKind } from "../experiment/findKinds.ts";
import { breathing } from "../experiment/inThread.ts";
import type { Trace, TraceEvent } from "../experiment/trace/document.ts";
import { writingOtlp } from "../experiment/trace/otlp/otlp.ts";
import { tracing } from "../experiment/trace/trace.ts";
import type { Injection } from "../model/case.ts";
import { agentFinder } from "../scenario/agents/references.ts";
import { compile } from "../scenario/compiling/compile.ts";
import type { Scenario } from "../scenario/schema.ts";
import { unknownName } from "./names.ts";
import { type ScenarioInput, scenarioOf } from "./scenarios.ts";

/** Which replication to follow. */
export interface TraceOptions {
  /** Default: the scenario's own seed. */
  readonly seed?: string;
  /** Number of the replication, from 0 (the default) to 2^32 - 1. */
  readonly replication?: number;
  /** A fault to put in: the agent (`worker.2`) whose version of the claim goes wrong; without a claim the first that it makes. */
  readonly fault?: { readonly agent: string; readonly claim?: string };
  /** Called with every event as it happens; times are seconds. */
  readonly onEvent?: (event: TraceEvent) => void;
  /** Ends the trace: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Follows one replication: every erroneous version, where its error began, who looked at it and what became of it. It is
 * the replication that experiments of the same seed count under that number.
 * @returns the document of `faultline trace --tree --json`
 * @throws ScenarioError if the scenario is not valid
 * @throws RangeError if the replication is out of range, or there is no such agent or claim
 *
 * @example
 * import { loadScenario, trace } from "faultline";
 *
 * const fault = { agent: "worker.1", claim: "c1" };
 * const { tasks, outcome } = await trace(await loadScenario("team.yaml"), { replication: 7, fault });
 * for (const { claim, cause, parent, fate } of tasks[0].errors) console.log(claim, cause, parent, fate);
 * console.log(outcome.turns);
 */
export async function trace(scenario: ScenarioInput, options: TraceOptions = {}): Promise<Trace> {
  const made = scenarioOf(scenario);
  const { fault, signal, ...others } = options;
  const settings = { ...others, ...(fault && { fault: injectionOf(made, fault) }) };
  return breathing(tracing(made, settings), signal);
}

/** Which replications become spans. */
export interface OtlpOptions {
  /** Called with every task as soon as it has ended: one line of OTLP/JSON, without its end of line. */
  readonly onLine: (line: string) => void;
  /** Default: the scenario's own seed. */
  readonly seed?: string;
  /** Number of the first replication, from 0 (the default) to 2^32 - 1. */
  readonly first?: number;
  /** How many, one after the other; default: 1. */
  readonly replications?: number;
  /** Ends the work: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Writes replications as spans of OpenTelemetry with GenAI conventions, as a real team would leave them: what
 * `faultline trace --format otlp` prints.
 * @throws ScenarioError if the scenario is not valid
 * @throws RangeError if a replication is out of range
 *
 * @example
 * import { loadScenario, traceOtlp } from "faultline";
 *
 * const lines: string[] = [];
 * await traceOtlp(await loadScenario("team.yaml"), { replications: 20, onLine: (line) => lines.push(line) });
 * console.log(JSON.parse(lines[0]).resourceSpans[0].scopeSpans[0].spans[0].name);
 */
export async function traceOtlp(scenario: ScenarioInput, options: OtlpOptions): Promise<void> {
  const { signal, ...settings } = options;
  return breathing(writingOtlp(scenarioOf(scenario), settings), signal);
}

function injectionOf(
  scenario: Scenario,
  { agent, claim }: NonNullable<TraceOptions["fault"]>,
): Injection {
  const { task, agents } = compile(scenario);
  const range = agentFinder(scenario)(agent) ?? unknownName("agent", agent, agents.names);
  if (range.count !== 1)
    throw new RangeError(
      `${agent} is ${range.count} agents; name one, such as ${agents.names[range.first]}`,
    );
  if (claim === undefined) return { agent: range.first, claim: -1 };
  const index = task.claimNames.indexOf(claim);
  if (index < 0) unknownName("claim", claim, task.claimNames);
  return { agent: range.first, claim: index };
}

/** Which replication to look for, and among how many. */
export interface FindOptions {
  /** Which of those that are found, from 1 (the default); of the slowest the n-th slowest. */
  readonly nth?: number;
  /** Replications that are searched, from 0 on; default: 4000. */
  readonly within?: number;
  /** Default: the scenario's own seed. */
  readonly seed?: string;
  /** Called now and then with the share that is searched, 0..1. */
  readonly onProgress?: (share: number) => void;
  /** Ends the search: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Looks for a replication worth a trace: one with a failed task, an error that escapes or is caught, a missing claim, a
 * stalled loop; or the slowest.
 * @param kind `failure`, `escaped`, `caught`, `missing`, `stalled` or `slowest`
 * @returns its number, for {@link trace}; undefined where there is none within those that are searched
 * @throws ScenarioError if the scenario is not valid
 * @throws RangeError if there is no such kind, or an option is out of range
 *
 * @example
 * import { findReplication, loadScenario, trace } from "faultline";
 *
 * const team = await loadScenario("team.yaml");
 * const replication = await findReplication(team, "escaped");
 * if (replication !== undefined) console.log((await trace(team, { replication })).tasks);
 */
export async function findReplication(
  scenario: ScenarioInput,
  kind: FindKind,
  options: FindOptions = {},
): Promise<number | undefined> {
  const made = scenarioOf(scenario);
  if (!Object.hasOwn(FIND_KINDS, kind)) unknownName("kind", kind, Object.keys(FIND_KINDS));
  return find(made, { ...options, kind });
}
