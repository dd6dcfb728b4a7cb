// What the peers are told: the parameters of the benchmark's scenario, out of the plan that Faultline itself runs. A line
// is a name and its values.
import type { Plan } from "../../src/model/plan.ts";
import { CHECK_KINDS, ORCHESTRATOR, SELF } from "../../src/model/plan.ts";
import type { Step } from "../../src/model/steps.ts";
import type { LatencySpec } from "../../src/scenario/fields.ts";
import type { Scenario } from "../../src/scenario/schema.ts";

/** The phases that the peers are written for. */
const PROTOCOL = "repeat assign send work send check again aggregate";

/**
 * The parameter file of a centralized scenario.
 * @throws RangeError when the scenario uses something that the peers do not have
 */
export function peerParameters(scenario: Scenario, plan: Plan): string {
  requireCentralized(scenario, plan);
  const { task, agents, topology } = plan;
  const model = Object.values(scenario.models)[0];
  const everyAgent = (value: number) => Array.from(agents.key, () => value);
  const checks = (table: Float64Array, kind: number) =>
    Array.from(agents.key, (_, agent) => table[agent * CHECK_KINDS.length + kind]);
  const parameters: Readonly<Record<string, ArrayLike<number>>> = {
    agents: [agents.count],
    claims: [task.claims],
    repeats: [plan.repeats],
    rounds: [stepOf(plan, "repeat").rounds],
    turns: [stepOf(plan, "work").turns],
    turnLimit: [plan.budgetTurns],
    sizeMean: [task.sizeMean],
    sizeCv: [task.sizeCv],
    difficulty: [task.difficulty],
    difficultySpread: [task.difficultySpread],
    budgetTokens: [plan.budgetTokens],
    budgetExponent: [plan.budgetExponent],
    header: [topology.header],
    versionTokens: [topology.versionTokens],
    messageSeconds: [parameterOf(scenario.topology.latency, "mean")],
    premiseStart: task.premiseStart,
    premises: task.premises,
    ancestors: task.ancestors,
    family: agents.family,
    maxTurns: agents.maxTurns,
    reviewEvery: agents.reviewEvery,
    spacing: agents.spacing,
    diversity: agents.diversity,
    overlap: agents.overlap,
    heed: agents.heed,
    errorLogOdds: agents.errorLogOdds,
    commonCause: agents.commonCause,
    propagation: agents.propagation,
    guess: agents.guess,
    handoff: agents.handoff,
    distraction: agents.distraction,
    conflict: task.sharedState ? agents.conflict : everyAgent(0),
    synthesisLoss: agents.synthesisLoss,
    omission: agents.omission,
    distortion: agents.distortion,
    weightToOrchestrator: weights(plan, (worker) => [worker, 0]),
    weightFromOrchestrator: weights(plan, (worker) => [0, worker]),
    selfRecall: checks(agents.recall, SELF),
    selfFalseAlarm: checks(agents.falseAlarm, SELF),
    orchestratorRecall: checks(agents.recall, ORCHESTRATOR),
    orchestratorFalseAlarm: checks(agents.falseAlarm, ORCHESTRATOR),
    pace: agents.pace,
    thinking: agents.thinking,
    prompt: agents.prompt,
    priceInput: agents.priceInput,
    priceOutput: agents.priceOutput,
    turnSeconds: everyAgent(parameterOf(model.latency, "mean")),
    turnCv: everyAgent(parameterOf(model.latency, "cv")),
  };
  const lines = Object.entries(parameters).map(([name, values]) =>
    [name, ...Array.from(values)].join(" "),
  );
  return `${lines.join("\n")}\n`;
}

function requireCentralized(scenario: Scenario, plan: Plan): void {
  const { task, agents } = plan;
  const model = Object.values(scenario.models)[0];
  const has: Readonly<Record<string, boolean>> = {
    "the centralized protocol": plan.steps.map((step) => step.op).join(" ") === PROTOCOL,
    "one orchestrator, which comes first": agents.isOrchestrator.lastIndexOf(1) === 0,
    "one model": Object.keys(scenario.models).length === 1,
    "turns of lognormal duration": model.latency.distribution === "lognormal",
    "messages of constant duration": scenario.topology.latency.distribution === "constant",
    "one task a replication": plan.arrivals === undefined,
    "instances that differ in size and difficulty": !task.fixedSize && task.difficultySpread > 0,
    "a planner that shares claims out": stepOf(plan, "assign").mode === "partition",
    "a loop until all is complete": stepOf(plan, "repeat").until === "complete",
    "rounds that differ, so that none stalls": agents.overlap[0] > 0,
    "work on whatever is open": !stepOf(plan, "work").onlyReady,
    "a synthesis of what is accepted": plan.aggregate.acceptedOnly,
    "no classes of tasks": task.classNames.length === 0,
    "wrong answers that do not agree": task.alternatives === 0,
    "no drift": agents.drift.every((drift) => drift === 0),
  };
  const missing = Object.keys(has).find((feature) => !has[feature]);
  if (missing !== undefined)
    throw new RangeError(`${plan.name}: the peers are written for ${missing}`);
}

function stepOf<Op extends Step["op"]>(plan: Plan, op: Op): Extract<Step, { op: Op }> {
  return plan.steps.find((step) => step.op === op) as Extract<Step, { op: Op }>;
}

function parameterOf(latency: LatencySpec, name: "mean" | "cv"): number {
  return (latency as unknown as Readonly<Record<string, number>>)[name];
}

/** Weight of the edge between the orchestrator and every worker; 0 for the orchestrator itself. */
function weights(plan: Plan, ends: (worker: number) => readonly [number, number]): number[] {
  const { start, to, weight } = plan.topology;
  return Array.from(plan.agents.key, (_, worker) => {
    const [from, target] = ends(worker);
    const edge = to.subarray(start[from], start[from + 1]).indexOf(target);
    return edge < 0 ? 0 : weight[start[from] + edge];
  });
}
