// A scenario like a given one: its structure stays, and the numbers for which there are estimates take the place of its own.
import { logistic, logit } from "../../numerics/logit.ts";
import { average } from "../../numerics/statistics.ts";
import { kindOf } from "../../scenario/agents/kinds.ts";
import type { Scenario } from "../../scenario/schema.ts";
import type { AgentEstimates, Estimate, Estimates } from "../estimates.ts";
import { around } from "../measures.ts";
import { type Draft, known, Numbers, statedOf } from "./draft.ts";
import { agentPart, durationPart, modelPart, withoutContext } from "./parameters.ts";
import { pooled } from "./pooling.ts";

export interface LikeParts {
  readonly name: string;
  /** The given scenario. */
  readonly scenario: Scenario;
  /** How the new file names its file. */
  readonly base: string;
  readonly estimates: Estimates;
  /** Input tokens per call that the scenario adds to the prompt, by model. */
  readonly contextOf: (model: string) => number;
}

export interface LikeDraft extends Draft {
  /** Paths of the error rates of models that no judged step tells. */
  readonly unknownErrorRates: readonly string[];
}

/** The draft of a file that extends the given one. */
export function likeDraft({ name, scenario, base, estimates, contextOf }: LikeParts): LikeDraft {
  const numbers = new Numbers();
  const models: Record<string, object> = {};
  const unknownErrorRates: string[] = [];
  for (const [model, logged] of modelsOf(scenario, estimates)) {
    const path = `models.${model}`;
    const own = withoutContext(estimates.models[logged], contextOf(model));
    const errorRate = pooled(
      agentsWith(model, scenario).flatMap((agent) => {
        const own = estimates.agents[agent]?.errorRate;
        return own === undefined ? [] : [withoutDifficulty(own, difficultyOf(agent, scenario))];
      }),
    );
    if (errorRate === undefined) unknownErrorRates.push(`${path}.errorRate`);
    const part = known({
      errorRate: numbers.put(`${path}.errorRate`, statedOf(errorRate)),
      ...modelPart(path, own, numbers),
    });
    if (part !== undefined) models[model] = part;
  }
  const agents: Record<string, object> = {};
  for (const [agent, spec] of Object.entries(scenario.agents)) {
    const path = `agents.${agent}`;
    const own = estimates.agents[agent];
    const isModel = kindOf(spec) === "model";
    const rate = own?.errorRate && withoutDifficulty(own.errorRate, difficultyOf(agent, scenario));
    const part = known({
      ...(!isModel && {
        errorRate: numbers.put(`${path}.errorRate`, statedOf(rate)),
        // Where the scenario has shifts, turns in the logs take the hours between them as well.
        ...(spec.shifts === undefined && durationPart(path, own, numbers)),
      }),
      ...agentPart(path, own, numbers),
      ...(kindOf(spec) !== "code" && containedPart(path, spec, own, numbers)),
    });
    if (part !== undefined) agents[agent] = part;
  }
  const spread = numbers.put("task.difficultySpread", statedOf(estimates.difficultySpread));
  return {
    tree: {
      name,
      extends: base,
      ...known({
        task: known({ difficultySpread: spread }),
        models: known(models),
        agents: known(agents),
      }),
    },
    numbers: numbers.stated,
    remarks: new Map(),
    unknownErrorRates,
  };
}

/** Ways to err of an agent that its judged steps do not tell from an error of its own. */
const CONTAINED = [
  "handoff",
  "guess",
  "conflict",
  "toolEffect",
  "toolFailure",
  "distraction",
] as const;

/** Where steps are judged, their error rate contains these ways to err: the scenario is not to count them again. */
function containedPart(
  path: string,
  spec: Scenario["agents"][string],
  own: AgentEstimates | undefined,
  numbers: Numbers,
) {
  if (own?.errorRate === undefined) return {};
  const ways = CONTAINED.filter(
    (way) => (spec[way] ?? 0) > 0 && !(way === "handoff" && own.handoff !== undefined),
  );
  const put = (way: string) =>
    numbers.put(`${path}.${way}`, {
      value: 0,
      origin: "measured",
      note: "what goes wrong so is in the error rate, which judged steps tell",
    });
  return Object.fromEntries(ways.map((way) => [way, put(way)]));
}

/** What the task and the claims of an agent add to the log-odds of its errors, on average over its claims. */
function difficultyOf(agent: string, { task: { difficulty, graph } }: Scenario): number {
  if (graph.shape !== "graph") return difficulty;
  const own = Object.values(graph.claims).flatMap((claim) =>
    !Array.isArray(claim) && "owner" in claim && claim.owner?.includes(agent)
      ? [claim.difficulty ?? 0]
      : [],
  );
  return difficulty + (own.length === 0 ? 0 : average(own));
}

/** The error rate of claims to which nothing is added. */
function withoutDifficulty(rate: Estimate, difficulty: number): Estimate {
  if (difficulty === 0) return rate;
  const less = (x: number) => logistic(logit(x) - difficulty);
  const { value, interval, method, ...words } = rate;
  const without = `${method}, less the difficulty`;
  const ends = [less(interval[0]), less(interval[1])] as const;
  return around(less(value), ends, { ...words, method: without });
}

/** Models of the scenario with what the logs call them: the same, or the model of an agent that both have. */
export function modelsOf(
  scenario: Scenario,
  estimates: Estimates,
): [model: string, logged: string][] {
  return Object.keys(scenario.models).flatMap((model): [string, string][] => {
    if (Object.hasOwn(estimates.models, model)) return [[model, model]];
    const [agent] = agentsWith(model, scenario).filter((name) => estimates.agents[name]?.model);
    const logged = agent === undefined ? undefined : estimates.agents[agent].model;
    return logged === undefined || Object.hasOwn(scenario.models, logged) ? [] : [[model, logged]];
  });
}

function agentsWith(model: string, { agents, models }: Scenario): string[] {
  const [only] = Object.keys(models);
  return Object.entries(agents)
    .filter(([, { kind }]) => kind === undefined || kind === "model")
    .filter(([, agent]) => (agent.model ?? only) === model)
    .map(([name]) => name);
}
