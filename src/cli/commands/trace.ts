// faultline trace: one replication, as an event log, as the lineage of its errors, or as the blast radius of a fault; or several
// as spans.

import { escapedInQuotes } from "../../documents/checking/visible.ts";
import type { Trace } from "../../experiment/trace/document.ts";
import { writingOtlp } from "../../experiment/trace/otlp/otlp.ts";
import { type TraceOptions, tracing } from "../../experiment/trace/trace.ts";
import { agentFinder } from "../../scenario/agents/references.ts";
import { compile } from "../../scenario/compiling/compile.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { blastText, isInjected, lineageText } from "../../terminal/lineage.ts";
import type { Handler } from "../command.ts";
import { near, UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { replicationOf } from "../finding.ts";
import { jsonLine, jsonText } from "../json.ts";
import { following } from "../longWork.ts";
import type { OptionValues } from "../options.ts";
import { formatOf } from "../saving.ts";
import { loadScenarios, withValuesAlone } from "../scenarios.ts";
import { colorsOf } from "../screen.ts";
import type { Output, World } from "../world.ts";

export const handle: Handler = async (world, invocation) => {
  const { options } = invocation;
  const format = formatOf(options, FORMATS, "events");
  checkSpanOptions(options, format);
  const [loaded] = await loadScenarios(world, invocation);
  const scenario = withValuesAlone(world, invocation, loaded, "trace");
  const replication = await replicationOf(world, invocation, scenario);
  if (format === "otlp") return writeSpans(world, scenario, options, replication);
  const colors = colorsOf(world, world.stdout);
  const settings: TraceOptions = { seed: options.seed, replication };
  const print = (text: string) => world.stdout.write(text);
  const follow: Follow = (more) => following(world, tracing(scenario, { ...settings, ...more }));

  if (!options.json && !options.tree && options.fault === undefined) {
    await follow({ onEvent: (event) => print(`${jsonLine(event)}\n`) });
    return EXIT.ok;
  }
  const pair =
    options.fault === undefined ? undefined : await traceFault(scenario, options.fault, follow);
  const main = pair?.withFault ?? (await follow({}));
  if (options.json) {
    print(jsonText(main));
    return EXIT.ok;
  }
  if (pair !== undefined) print(blastText(pair.withFault, pair.without, colors));
  if (options.tree) print(`${pair === undefined ? "" : "\n"}${lineageText(main, colors)}`);
  return EXIT.ok;
};

const FORMATS = ["events", "otlp"] as const;

/** @throws UsageError where spans are asked for together with what they are not made of, or replications without them */
function checkSpanOptions(options: OptionValues, format: (typeof FORMATS)[number]): void {
  if (format === "events") {
    if (options.replications !== undefined)
      throw new UsageError(
        "--replications is for --format otlp: events are those of one replication",
        "Choose it with --replication K.",
      );
    return;
  }
  const others = { json: options.json, tree: options.tree, fault: options.fault !== undefined };
  for (const [name, isAsked] of Object.entries(others))
    if (isAsked) throw new UsageError(`--format otlp and --${name} contradict each other`);
  for (const name of ["replication", "find"] as const)
    if (options.replications !== undefined && options[name] !== undefined)
      throw new UsageError(
        `--replications and --${name} contradict each other`,
        "--replications N writes replications 0 to N - 1.",
      );
}

/** Writes spans line by line, as long as somebody reads them. */
async function writeSpans(
  world: World,
  scenario: Scenario,
  { seed, replications }: OptionValues,
  first: number,
) {
  const { stdout } = world;
  const onLine = (line: string) => stdout.write(`${escapedInQuotes(line)}\n`, "bytes");
  const writing = writingOtlp(scenario, { seed, first, replications, onLine });
  await following(world, whileRead(stdout, writing));
  return EXIT.ok;
}

function* whileRead(output: Output, work: Generator<number>): Generator<number, void> {
  for (const share of work) {
    if (output.isClosed) return;
    yield share;
  }
}

/** Traces the replication. */
type Follow = (options: TraceOptions) => Promise<Trace>;

/**
 * The replication with the fault and without it.
 * @throws UsageError when the agent does not make that claim in this replication
 */
async function traceFault(scenario: Scenario, text: string, follow: Follow) {
  const fault = readFault(text, scenario);
  const withFault = await follow({ fault });
  const made = new Set<string>();
  const { agent, claim } = withFault.fault as NonNullable<Trace["fault"]>;
  const onEvent: TraceOptions["onEvent"] = (event) => {
    if (event.event === "made" && event.agent === agent) made.add(event.claim);
  };
  const without = await follow({ onEvent });
  if (withFault.tasks.some((task) => task.errors.some(isInjected))) return { withFault, without };
  throw new UsageError(
    `--fault: ${agent} does not make ${claim ?? "a claim in its first turn"} in replication ${without.replication}, so there is nothing to go wrong`,
    made.size === 0
      ? `${agent} makes no claim in it; agents that make claims are those of a work phase.`
      : `${agent} makes ${[...made].join(", ")} in it; choose another replication with --replication.`,
  );
}

/** Reads AGENT or AGENT:CLAIM. */
function readFault(text: string, scenario: Scenario): NonNullable<TraceOptions["fault"]> {
  const [reference, claimName] = text.split(/:(.*)/s);
  const { task, agents } = compile(scenario);
  const range = agentFinder(scenario)(reference);
  if (range === undefined)
    throw new UsageError(
      `--fault: no agent is called ${reference}${near(reference, agents.names)}`,
    );
  if (range.count !== 1)
    throw new UsageError(
      `--fault: ${reference} is ${range.count} agents; name one, such as ${agents.names[range.first]}`,
    );
  if (claimName === undefined) return { agent: range.first, claim: -1 };
  const claim = task.claimNames.indexOf(claimName);
  if (claim < 0)
    throw new UsageError(
      `--fault: no claim is called ${claimName}${near(claimName, task.claimNames)}`,
    );
  return { agent: range.first, claim };
}
