// The models behind the agents: how often they err, what they cost, how long they take.
import type { z } from "zod";
import { duration, name, namedMap, number, section, share, whole } from "../../documents/fields.ts";
import { latency } from "../fields.ts";

const model = section(
  "Model",
  "A language model: how often it errs, what it costs, how long it takes.",
  {
    family: name(
      "Family",
      "Models of one family share common-cause errors. The default is the model's own name.",
    ).optional(),
    errorRate: share(
      "Error rate",
      "Chance that the model gets a claim wrong, on an instance of difficulty 0, with enough token budget and no tools.",
    ),
    ability: number(
      "Ability",
      "How much better than described the model is at all that its agents do: making, checking, planning, writing, synthesizing, telling right from wrong. It lowers the odds of every error, and raises those of every catch.",
      ["log-odds", -20, 20],
    ).default(0),
    pace: number(
      "Pace",
      "Mean number of claims made per turn. With 0.8, one turn in five yields nothing.",
      ["claims per turn", 0.01, 100],
    ).default(1),
    thinking: number(
      "Thinking",
      "Output tokens that a turn wants. With fewer, the error odds rise (budget.exponent).",
      ["tokens per turn", 0, 10_000_000],
    ).default(400),
    prompt: number("Prompt", "Input tokens of every turn, not counting the ledger.", [
      "tokens per turn",
      0,
      10_000_000,
    ]).default(500),
    price: section("Price", "Prices of input and output tokens.", {
      input: number("Input price", "Price of a million input tokens.", [
        "US dollars per million tokens",
        0,
        1_000_000,
      ]).default(1.25),
      output: number("Output price", "Price of a million output tokens.", [
        "US dollars per million tokens",
        0,
        1_000_000,
      ]).default(10),
    }).prefault({}),
    latency: latency.prefault({ distribution: "lognormal", mean: 4, cv: 0.5 }),
    commonCause: share(
      "Common-cause share",
      "Share of the claims on which all agents of the family share one draw. On these they are wrong together, and their checks are blind to each other's errors.",
    ).default(0),
    drift: number("Drift", "Growth of the error log-odds per day of simulated time.", [
      "log-odds per day",
      -100,
      100,
    ]).default(0),
    age: number(
      "Age",
      "Days between the measurement of the error rate and the start of a replication. The error rate has drifted for that long.",
      ["days", 0, 100_000],
    ).default(0),
    violation: share(
      "Violation",
      "Chance that a policy-critical claim (task.policyCritical) violates the policy, each time it is made. It does not matter whether the claim is right.",
    ).default(0),
    failure: share(
      "Call failure",
      "Chance that a call fails at the provider. The failure shows when the answer is due.",
    ).default(0),
    timeout: duration(
      "Time-out",
      "How long an agent waits for a call. A call that takes longer has failed. By default the agent waits for every call.",
    ).optional(),
    retries: whole(
      "Retries",
      "How often a failed call is repeated. A turn whose calls all fail yields nothing.",
      ["calls", 0, 20],
    ).default(2),
    backoff: duration(
      "Back-off",
      "Pause before the first retry. It doubles with each further retry.",
    ).prefault("1s"),
    rateLimit: section(
      "Rate limit",
      "How many calls to this model the provider lets through. By default there is no limit.",
      {
        calls: number(
          "Calls per minute",
          "Calls that the provider lets through per minute, over all agents and tasks. Further calls wait their turn.",
          ["calls per minute", 0.001, 1_000_000],
        ),
        burst: whole("Burst", "Calls that the provider lets through at once after a pause.", [
          "calls",
          1,
          1_000_000,
        ]).default(1),
      },
    ).optional(),
  },
);

export const models = namedMap(model, "Models", "The models behind the agents.");

export type Models = z.output<typeof models>;
export type ModelSpec = Models[string];
