// Agents and models as components: who makes claims, says them and looks at them.
import { kindOf } from "../../../scenario/agents/kinds.ts";
import type { AgentSpec } from "../../../scenario/agents/schema.ts";
import type { ModelSpec } from "../../../scenario/models/schema.ts";
import type { Scenario } from "../../../scenario/schema.ts";
import { turnedChecks, withoutChecks } from "./checks.ts";
import {
  BETTER,
  type Change,
  type Component,
  FAULTLESS,
  type Found,
  type LeftOut,
  type Turn,
  withValue,
} from "./component.ts";

/** Chances of an agent to go wrong by itself, whatever its model. Errors of others that it takes on are theirs. */
const AGENT_RISKS = [
  "errorRate",
  "guess",
  "handoff",
  "omission",
  "distortion",
  "conflict",
  "synthesisLoss",
  "toolFailure",
] as const satisfies readonly (keyof AgentSpec)[];

/** Chances of a model to go wrong. */
const MODEL_RISKS = [
  "errorRate",
  "violation",
  "failure",
] as const satisfies readonly (keyof ModelSpec)[];

/** A map with its chances to go wrong changed; those that are not stated stay so. */
function turned<T extends object>(spec: T, risks: readonly (keyof T)[], { risk }: Turn): T {
  const stated = risks.filter((key) => spec[key] !== undefined);
  return { ...spec, ...Object.fromEntries(stated.map((key) => [key, risk(spec[key] as number)])) };
}

const isThere = ([, { count }]: [string, AgentSpec]) => count > 0;

/** The groups with a member. */
export const groupsOf = ({ agents }: Scenario) => Object.entries(agents).filter(isThere);

// ---------------------------------------------------------------- agents

/** Each group of agents: with its own errors, those of its model, and its checks. */
export function agentsOf(scenario: Scenario): Found {
  const leftOut: LeftOut[] = [];
  const components: Component[] = [];
  for (const [name, spec] of groupsOf(scenario)) {
    const why = whyNotAlone(scenario, name, spec);
    if (why !== undefined) leftOut.push({ kind: "agent", name, why });
    else components.push(agentComponent(name));
  }
  return { components, leftOut };
}

function agentComponent(name: string): Component {
  const turn =
    (how: Turn): Change =>
    (scenario) =>
      withAgent(
        scenario,
        name,
        (spec) => ({ ...turned(spec, AGENT_RISKS, how), checks: turnedChecks(spec.checks, how) }),
        (model) => turned(model, MODEL_RISKS, how),
      );
  return {
    kind: "agent",
    name,
    changes: { perfect: turn(FAULTLESS), better: turn(BETTER), absent: absentAgent(name) },
  };
}

/** What it makes is wrong, what it says is lost, and its checks find nothing. */
const absentAgent =
  (name: string): Change =>
  (scenario) =>
    withAgent(
      scenario,
      name,
      (spec) => ({
        ...spec,
        ...(kindOf(spec) === "model" ? {} : { errorRate: 1 }),
        omission: 1,
        synthesisLoss: 1,
        checks: withoutChecks(spec.checks),
      }),
      (model) => ({ ...model, errorRate: 1 }),
    );

/** The scenario with a group changed; what concerns its model becomes one of a model of its own, of the same family. */
function withAgent(
  scenario: Scenario,
  name: string,
  change: (spec: AgentSpec) => AgentSpec,
  changeModel: (model: ModelSpec) => ModelSpec,
): Scenario {
  const spec = change(scenario.agents[name]);
  if (kindOf(spec) !== "model")
    return { ...scenario, agents: withValue(scenario.agents, name, spec) };
  const shared = spec.model ?? Object.keys(scenario.models)[0];
  const family = scenario.models[shared].family ?? shared;
  const model = freeName(`${shared}-of-${name}`, scenario.models);
  return {
    ...scenario,
    models: { ...scenario.models, [model]: { ...changeModel(scenario.models[shared]), family } },
    agents: withValue(scenario.agents, name, { ...spec, model }),
  };
}

const freeName = (name: string, taken: object): string =>
  name in taken ? freeName(`${name}-`, taken) : name;

/** A group that waits for the same calls as another one cannot have a model of its own. */
function whyNotAlone(scenario: Scenario, name: string, { model }: AgentSpec): string | undefined {
  if (model === undefined || scenario.models[model].rateLimit === undefined) return undefined;
  const others = groupsOf(scenario).filter(
    ([other, spec]) => other !== name && spec.model === model,
  );
  return others.length === 0
    ? undefined
    : `it shares the rate limit of ${model} with ${others.map(([other]) => other).join(", ")}`;
}

// ---------------------------------------------------------------- models

/** Each model that a group uses. */
export function modelsOf(scenario: Scenario): Found {
  const used = new Set(groupsOf(scenario).map(([, { model }]) => model));
  const [components, idle] = [true, false].map((isUsed) =>
    Object.keys(scenario.models).filter((name) => used.has(name) === isUsed),
  );
  return {
    components: components.map(modelComponent),
    leftOut: idle.map((name) => ({ kind: "model", name, why: "no agent uses it" })),
  };
}

function modelComponent(name: string): Component {
  const with_ =
    (change: (model: ModelSpec) => ModelSpec): Change =>
    (scenario) => ({
      ...scenario,
      models: withValue(scenario.models, name, change(scenario.models[name])),
    });
  return {
    kind: "model",
    name,
    changes: {
      perfect: with_((model) => turned(model, MODEL_RISKS, FAULTLESS)),
      better: with_((model) => turned(model, MODEL_RISKS, BETTER)),
      absent: with_((model) => ({ ...model, errorRate: 1 })),
    },
  };
}
