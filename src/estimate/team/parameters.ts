// The numbers of models and agents, by the paths under which a scenario has them.
import type { AgentEstimates, Estimate, LatencyFit, ModelEstimates } from "../estimates.ts";
import { counted, known, type Numbers, statedOf } from "./draft.ts";
import { type Priors, shareFrom } from "./priors.ts";

const MILLION = 1_000_000;

/** Significant digits of what comes without an interval. */
const DIGITS = 3;

/** What is stated of a model besides its error rate. */
export function modelPart(path: string, model: ModelEstimates, numbers: Numbers) {
  const { price, failure } = model;
  const put = (field: string, estimate: Estimate | undefined) =>
    numbers.put(`${path}.${field}`, statedOf(estimate));
  if (price !== undefined)
    for (const side of ["input", "output"] as const)
      numbers.put(`${path}.price.${side}`, {
        value: price[side],
        origin: "measured",
        note: price.source,
      });
  return known({
    prompt: put("prompt", atMost(model.inputTokens, 10 * MILLION)),
    thinking: put("thinking", atMost(model.outputTokens, 10 * MILLION)),
    price: price && { input: price.input, output: price.output },
    latency: model.latency && latencyPart(`${path}.latency`, model.latency, numbers),
    failure: put("failure", failure),
  });
}

const atMost = (estimate: Estimate | undefined, most: number) =>
  estimate !== undefined && estimate.value <= most ? estimate : undefined;

function latencyPart(path: string, { distribution, mean, tried }: LatencyFit, numbers: Numbers) {
  if (!("mean" in distribution)) return distribution;
  const [best] = tried;
  const fit = best === undefined ? "" : `, KS ${shortShare(best.distance)}`;
  const note = `${counted(mean.count, mean.of)}: ${distribution.distribution}${fit}`;
  const value = numbers.put(`${path}.mean`, { ...statedOf(mean), note });
  const rest = Object.entries(distribution).map(([key, one]) => [
    key,
    typeof one === "number" ? Number(one.toPrecision(DIGITS)) : one,
  ]);
  return { ...Object.fromEntries(rest), mean: value };
}

/** A share with two decimals and without its 0: `.03`. */
const shortShare = (share: number) => share.toFixed(2).replace(/^0/, "");

/** How long the turns of a person or program take. */
export function durationPart(path: string, agent: AgentEstimates | undefined, numbers: Numbers) {
  const latency = agent?.latency;
  return latency && { duration: latencyPart(`${path}.duration`, latency, numbers) };
}

/**
 * What is stated of an agent besides role, count and model. Tools that fail in the logs are seen to fail, and the agent goes on from
 * there; in a scenario nobody notices. What failed tools do to results is in the error rate, and their share stays out.
 */
export function agentPart(
  path: string,
  agent: AgentEstimates | undefined,
  numbers: Numbers,
  priors?: Priors,
) {
  if (agent === undefined) return {};
  const put = (field: string, estimate: Estimate | undefined) =>
    numbers.put(`${path}.${field}`, statedOf(estimate));
  const checks = Object.entries(agent.checks).map(([kind, { recall, falseAlarm }]) => {
    const at = `${path}.checks.${kind}`;
    const of = (field: "recall" | "falseAlarm", estimate: Estimate | undefined) =>
      numbers.put(
        `${at}.${field}`,
        statedOf(estimate) ?? (priors && shareFrom(priors.check(kind as "self", field))),
      );
    return [
      kind,
      known({ recall: of("recall", recall), falseAlarm: of("falseAlarm", falseAlarm) }),
    ];
  });
  const part = {
    propagation: put("propagation", agent.propagation),
    handoff: put("handoff", agent.handoff),
    omission: put("omission", agent.omission),
    distortion: put("distortion", agent.distortion),
    checks: known(Object.fromEntries(checks.filter(([, part]) => part !== undefined))),
  };
  return known(part) ?? {};
}

/** The estimates of a model whose turns read so many tokens besides the prompt: the scenario says these elsewhere. */
export function withoutContext(model: ModelEstimates, context: number): ModelEstimates {
  const { inputTokens } = model;
  if (inputTokens === undefined || !(context > 0)) return model;
  const less = (x: number) => Math.max(0, x - context);
  const [low, high] = inputTokens.interval;
  const interval = [less(low), less(high)] as const;
  const value = less(inputTokens.value);
  const prompt: Estimate = {
    ...inputTokens,
    value,
    interval,
    method: `${inputTokens.method}, less the context`,
    uncertain: { value, interval },
  };
  return { ...model, inputTokens: prompt };
}
