// A scenario like a given one: its structure stays, and the numbers for which there are estimates take the place of its own.
import type { Scenario } from "../../scenario/schema.ts";
import type { Estimates } from "../estimates.ts";
import { type Draft, known, Numbers, statedOf } from "./draft.ts";
import { agentPart, modelPart, withoutContext } from "./parameters.ts";
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
      agentsWith(model, scenario).flatMap((agent) => estimates.agents[agent]?.errorRate ?? []),
    );
    if (errorRate === undefined) unknownErrorRates.push(`${path}.errorRate`);
    const part = known({
      errorRate: numbers.put(`${path}.errorRate`, statedOf(errorRate)),
      ...modelPart(path, own, numbers),
    });
    if (part !== undefined) models[model] = part;
  }
  const agents: Record<string, object> = {};
  for (const [agent, { kind }] of Object.entries(scenario.agents)) {
    const path = `agents.${agent}`;
    const own = estimates.agents[agent];
    const isModel = kind === undefined || kind === "model";
    const errorRate = isModel
      ? undefined
      : numbers.put(`${path}.errorRate`, statedOf(own?.errorRate));
    const part = known({ errorRate, ...agentPart(path, own, numbers) });
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
