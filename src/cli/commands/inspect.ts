// faultline inspect: what a scenario file means, how large it is, and what a pilot run expects of it.
import { Document, visit } from "yaml";
import { escapedInQuotes, isHarmful, visible } from "../../documents/checking/visible.ts";
import { run } from "../../experiment/experiment.ts";
import { offeredLoad } from "../../experiment/offeredLoad.ts";
import { probe } from "../../experiment/probe.ts";
import {
  type MetricValue,
  readMetric as metricValue,
  type ScenarioResult,
} from "../../experiment/result.ts";
import { staffing } from "../../experiment/staffing.ts";
import { depth } from "../../model/graph.ts";
import { compile } from "../../scenario/compiling/compile.ts";
import { claimGraph } from "../../scenario/compiling/task.ts";
import { turnBound } from "../../scenario/protocol/turns.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { uncertainPaths } from "../../scenario/uncertain/draws.ts";
import { loadLines, staffingLines } from "../../terminal/staffing.ts";
import { plainEstimate } from "../../wording/estimate.ts";
import { count, grouped } from "../../wording/text.ts";
import type { Handler, Invocation } from "../command.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { carryThrough } from "../longWork.ts";
import { loadScenarios, withValuesAlone } from "../scenarios.ts";
import type { World } from "../world.ts";

/** Replications that are enough for a first impression, and what they may take. */
const PILOT = 400;
const MOST_EVENTS = 4_000_000;
const MOST_SECONDS = 10;
/** Tasks whose work is measured, and what they may take. */
const TASKS = 4000;
const TASK_EVENTS = 1_000_000;
/** Replications of each number of staff, at least: of fewer no interval lies above 95 %. */
const FEWEST = 100;

export const handle: Handler = async (world, invocation) => {
  const [scenario] = await loadScenarios(world, invocation);
  if (invocation.options.staffing) checkStaffing(scenario);
  const values = withValuesAlone(world, invocation, scenario, "the pilot");
  const inspection = {
    ...factsOf(values),
    ...(await pilot(world, invocation, values)),
    ...(await load(world, invocation, values)),
  };
  if (invocation.options.json)
    world.stdout.write(jsonText({ schema: "faultline/inspect@1", scenario, ...inspection }));
  else world.stdout.write(textOf(scenario, inspection));
  return EXIT.ok;
};

/** @throws UsageError where tasks do not meet, or are never late */
function checkStaffing({ name, workload, objectives }: Scenario): void {
  const lacking = [
    ...(workload.arrivals === "one" ? ["tasks that arrive over time (workload.arrivals)"] : []),
    ...(objectives.latency === undefined ? ["objectives.latency"] : []),
  ];
  if (lacking.length > 0)
    throw new UsageError(`--staffing needs ${lacking.join(" and ")}, which ${name} does not state`);
}

type Facts = ReturnType<typeof factsOf>;
type Pilot = Awaited<ReturnType<typeof pilot>>;
type Load = Awaited<ReturnType<typeof load>>;

function factsOf(scenario: Scenario) {
  const plan = compile(scenario);
  const { agents, topology, task } = plan;
  return {
    agents: agents.count,
    edges: topology.to.length,
    /** Mean and largest number of claims, and the longest chain of premises. */
    claims: { mean: task.sizeMean, largest: task.claims, depth: depth(claimGraph(scenario.task)) },
    /** Most turns that a task can take. */
    turnLimit: turnBound(plan),
  };
}

async function pilot(world: World, { options }: Invocation, scenario: Scenario) {
  const { replications: asked, quiet, seed = scenario.seed } = options;
  const wanted = asked ?? Math.min(PILOT, scenario.replications);
  const result = await carryThrough(world, "inspect", wanted, quiet, ({ signal, onProgress }) =>
    sample(scenario, { wanted, isAsked: asked !== undefined, seed, signal, onProgress }),
  );
  const value = (name: string): MetricValue =>
    (result && metricValue(result.metrics, name)) ?? UNKNOWN;
  return {
    seed,
    replications: result?.replications ?? 0,
    expectedSuccess: value("success"),
    expectedTurns: value("turns"),
    expectedMessages: value("messages"),
    expectedTokens: value("tokens"),
    expectedCost: value("cost"),
    expectedLatency: value("latency.p50"),
  };
}

/** The offered load of a stream, and with --staffing how many staff it takes. */
async function load(world: World, { options }: Invocation, scenario: Scenario) {
  const { replications: asked, quiet, seed = scenario.seed } = options;
  const limits = { seed, tasks: TASKS, events: TASK_EVENTS, milliseconds: 1000 * MOST_SECONDS };
  const loads = await carryThrough(world, "load", TASKS, quiet, ({ signal }) =>
    offeredLoad(scenario, { ...limits, signal }),
  );
  const told = { ...(loads && { offeredLoad: loads }) };
  if (!options.staffing) return { ...told, staffing: undefined };
  const replications = asked ?? Math.max(FEWEST, Math.min(PILOT, scenario.replications));
  const found = await carryThrough(world, "staffing", replications, quiet, (hooks) =>
    staffing(scenario, { seed, replications, loads, ...hooks }),
  );
  return { ...told, staffing: found };
}

/** What is expected where not a single replication ends within the limits. */
const UNKNOWN: MetricValue = {
  mean: null,
  ci: [null, null],
  undefined: `a pilot ends after ${MOST_EVENTS / 1e6} million events or ${MOST_SECONDS} seconds, and one replication takes longer`,
};

interface Sample {
  readonly wanted: number;
  /** Whether somebody asked for so many. */
  readonly isAsked: boolean;
  readonly seed: string;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
}

/** As many replications as are wanted and can be had within the limits; undefined where that is none. */
async function sample(
  scenario: Scenario,
  { wanted, isAsked, seed, signal, onProgress }: Sample,
): Promise<ScenarioResult | undefined> {
  const milliseconds = 1000 * MOST_SECONDS;
  const limits = { seed, events: MOST_EVENTS, milliseconds, signal };
  const { events, isWhole } = await probe([scenario], limits);
  if (!isWhole) return undefined;
  const affordable = Math.max(1, Math.floor(MOST_EVENTS / events));
  const replications = isAsked ? wanted : Math.min(wanted, affordable);
  const either = AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]);
  const tell = (share: number) => onProgress(share);
  const result = await run([scenario], { replications, seed, signal: either, onProgress: tell });
  signal.throwIfAborted();
  const [only] = result.scenarios;
  return only.replications > 0 ? only : undefined;
}

/** YAML that is a scenario file itself; the facts are comments in front of it. */
function textOf(scenario: Scenario, facts: Facts & Pilot & Load): string {
  const { agents, edges, claims } = facts;
  const expected = [
    ["success", facts.expectedSuccess, ""],
    ["turns", facts.expectedTurns, ""],
    ["messages", facts.expectedMessages, ""],
    ["tokens", facts.expectedTokens, ""],
    ["cost", facts.expectedCost, " US dollars"],
    ["latency", facts.expectedLatency, " seconds (median)"],
  ] as const;
  const lines = [
    `${scenario.name}: ${count(agents, "agent")}, ${count(edges, "edge")}, ${sizeText(claims)}`,
    `turns by protocol  at most ${grouped(facts.turnLimit)}`,
    ...uncertainLines(scenario),
    ...(facts.replications === 0
      ? [`expected           unknown: ${UNKNOWN.undefined}`]
      : [
          `expected of ${count(facts.replications, "replication")}, seed ${facts.seed}, with 95 % intervals:`,
          ...expected.map(
            ([name, value, unit]) => `  ${name.padEnd(9)}${plainEstimate(value)}${unit}`,
          ),
        ]),
    ...(facts.offeredLoad ? loadLines(facts.offeredLoad) : []),
    ...(facts.staffing ? staffingLines(facts.staffing) : []),
  ];
  return `${lines.map((line) => `# ${visible(line)}\n`).join("")}${yamlText(scenario)}`;
}

/** Which numbers are not known exactly; how they are distributed stands in the scenario itself. */
function uncertainLines(scenario: Scenario): string[] {
  const paths = uncertainPaths([scenario]);
  if (paths.length === 0) return [];
  return [`uncertain          ${paths.join(", ")} (at their central values here)`];
}

/** YAML in which no character acts on a terminal: text that has such characters stands in quotes, with escapes. */
function yamlText(scenario: Scenario): string {
  const document = new Document(scenario);
  visit(document, {
    Scalar(_, scalar) {
      if (typeof scalar.value === "string" && isHarmful(scalar.value)) scalar.type = "QUOTE_DOUBLE";
    },
  });
  return escapedInQuotes(document.toString());
}

function sizeText({ mean, largest, depth }: Facts["claims"]): string {
  const size = mean === largest ? count(largest, "claim") : `${mean} claims (at most ${largest})`;
  return `${size}, longest chain ${depth}`;
}
