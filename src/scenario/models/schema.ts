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
      "Models of one family share common-cause errors; the default is the model's own name.",
    ).optional(),
    errorRate: share(
      "Error rate",
      "Chance that a claim is made wrong on an instance of difficulty 0, with enough budget and no tools.",
    ),
    pace: number(
      "Pace",
      "Mean number of claims made in a turn; 0.8 means that one turn in five yields nothing.",
      ["claims a turn", 0.01, 100],
    ).default(1),
    thinking: number(
      "Thinking",
      "Output tokens that a turn wants; with fewer the error odds rise (budget.exponent).",
      ["tokens a turn", 0, 10_000_000],
    ).default(400),
    prompt: number("Prompt", "Input tokens of every turn apart from the ledger.", [
      "tokens a turn",
      0,
      10_000_000,
    ]).default(500),
    price: section("Price", "Price in and out.", {
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
      "Share of the claims on which all agents of the family share one draw: wrong together, blind together.",
    ).default(0),
    drift: number("Drift", "Growth of the error log-odds per day of simulated time.", [
      "log-odds a day",
      -100,
      100,
    ]).default(0),
    age: number(
      "Age",
      "Days since the error rate was last measured when a replication begins: what it has drifted by then.",
      ["days", 0, 100_000],
    ).default(0),
    violation: share(
      "Violation",
      "Chance that a policy-critical claim (task.policyCritical) violates the policy each time it is made, whether it is right or wrong.",
    ).default(0),
    failure: share(
      "Call failure",
      "Chance that a call fails at the provider; that shows when its answer is due.",
    ).default(0),
    timeout: duration(
      "Time-out",
      "How long an agent waits for a call; one that takes longer has failed. By default it waits for all of them.",
    ).optional(),
    retries: whole(
      "Retries",
      "How often a call that failed is made again; a turn whose calls all fail yields nothing.",
      ["calls", 0, 20],
    ).default(2),
    backoff: duration(
      "Back-off",
      "Pause before the first retry; it doubles with each one that follows.",
    ).default(1),
    rateLimit: section(
      "Rate limit",
      "How many calls of this model its provider lets pass; by default all of them.",
      {
        calls: number(
          "Calls a minute",
          "Calls that the provider lets pass in a minute, of all agents and tasks together; the others wait their turn.",
          ["calls a minute", 0.001, 1_000_000],
        ),
        burst: whole("Burst", "Calls that it lets pass at once after a pause.", [
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
