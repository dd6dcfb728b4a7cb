// The metrics: what each is called, means and is measured in, and how it is estimated from a tally. Tables, results,
// thresholds, documentation and reports all read this one list.
import { FIELD, OUTCOME_SIZE, type OutcomeField } from "../model/outcome.ts";
import { FEW_CLUSTERS, type Interval } from "./intervals.ts";
import { affine, type Factor, productOfPowers, share } from "./ratios.ts";
import type { Tally } from "./tally.ts";

export interface MetricDefinition {
  /** Name in results and thresholds; dots nest. */
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly description: string;
  readonly formula: string;
  /** Which way is better, where that can be said. */
  readonly better?: "higher" | "lower";
  /** Whether it compares with a baseline, so that `run` alone cannot give it. */
  readonly needsBaseline: boolean;
  /** Field whose mean a task it is: paired differences are formed for these. */
  readonly meanOf?: OutcomeField;
  /** Why there is no value when `estimate` gives none. */
  readonly whenUndefined: string;
  /** Estimate with its 95 % interval; `undefined` where the data define no value. */
  estimate(tally: Tally): Interval | undefined;
}

const own = (field: OutcomeField, power = 1): Factor => ({ index: FIELD[field], power });
const base = (field: OutcomeField, power = 1): Factor => ({
  index: OUTCOME_SIZE + FIELD[field],
  power,
});

/** Outcomes that the repeats of an instance tend to share: one affected cluster adds as many as it has repeats. */
const SHARED_BY_REPEATS = new Set<number>([FIELD.success, FIELD.failure]);

function ratio(tally: Tally, factors: Factor[]): Interval | undefined {
  const isShared = factors.some(({ index, power }) => power > 0 && SHARED_BY_REPEATS.has(index));
  const { moments } = tally;
  return productOfPowers(moments, factors, {
    // How far repeats are alike, few instances cannot tell: then they are taken to be.
    unit: isShared || moments.count < FEW_CLUSTERS ? moments.mean(FIELD.tasks) : 1,
    isItself: tally.isBaseline && factors.some(({ index }) => index >= OUTCOME_SIZE),
  });
}

type Text = Pick<MetricDefinition, "name" | "title" | "unit" | "description" | "formula"> &
  Partial<Pick<MetricDefinition, "better" | "whenUndefined">>;

/** Mean of an outcome field a task. */
function meanMetric(field: OutcomeField, text: Text): MetricDefinition {
  return {
    whenUndefined: "no task has ended",
    ...text,
    needsBaseline: false,
    meanOf: field,
    estimate: (tally) => ratio(tally, [own(field), own("tasks", -1)]),
  };
}

/** Share of the tasks that something happened to. */
function shareOfTasks(field: OutcomeField, text: Omit<Text, "unit">): MetricDefinition {
  return {
    whenUndefined: "no task has ended",
    ...text,
    unit: "share",
    needsBaseline: false,
    meanOf: field,
    estimate: (tally) => share(tally.moments, FIELD[field], FIELD.tasks),
  };
}

function ratioMetric(
  text: Text & { whenUndefined: string },
  factors: Factor[],
  { needsBaseline = false, scale = 1, offset = 0 } = {},
): MetricDefinition {
  return {
    ...text,
    needsBaseline,
    estimate: (tally) => affine(ratio(tally, factors), scale, offset),
  };
}

const NO_BASELINE_ERRORS = "the baseline brings no error to aggregation (E_s = 0)";

const success: MetricDefinition = shareOfTasks("success", {
  name: "success",
  title: "Success",
  description: "Share of the tasks whose deliverable has every claim, all of them correct.",
  formula: "S",
  better: "higher",
});

const gain: MetricDefinition = ratioMetric(
  {
    name: "gain",
    title: "Gain",
    unit: "%",
    description: "Success beyond that of the baseline, relative to it.",
    formula: "100 (S - S_s) / S_s",
    better: "higher",
    whenUndefined: "the baseline has no success (S_s = 0)",
  },
  [own("success"), own("tasks", -1), base("success", -1), base("tasks")],
  { needsBaseline: true, scale: 100, offset: -100 },
);

const errors: MetricDefinition[] = [
  meanMetric("errorsAtAggregation", {
    name: "errorsAtAggregation",
    title: "Errors at aggregation",
    unit: "versions a task",
    description: "Erroneous versions in the ledgers from which the deliverable is built.",
    formula: "E",
    better: "lower",
  }),
  meanMetric("deliverableErrors", {
    name: "deliverableErrors",
    title: "Errors delivered",
    unit: "claims a task",
    description: "Erroneous claims in the deliverable.",
    formula: "mean",
    better: "lower",
  }),
  meanMetric("missingClaims", {
    name: "missingClaims",
    title: "Claims missing",
    unit: "claims a task",
    description: "Claims that the deliverable lacks.",
    formula: "mean",
    better: "lower",
  }),
  ratioMetric(
    {
      name: "amplification.propagation",
      title: "Amplification, propagation",
      unit: "ratio",
      description: "Errors that reach aggregation, relative to the baseline.",
      formula: "E / E_s",
      better: "lower",
      whenUndefined: NO_BASELINE_ERRORS,
    },
    [own("errorsAtAggregation"), own("tasks", -1), base("errorsAtAggregation", -1), base("tasks")],
    { needsBaseline: true },
  ),
  ratioMetric(
    {
      name: "amplification.task",
      title: "Amplification, task",
      unit: "ratio",
      description: "Failed tasks, relative to the baseline.",
      formula: "(1 - S) / (1 - S_s)",
      better: "lower",
      whenUndefined: "the baseline never fails (S_s = 1)",
    },
    [own("failure"), own("tasks", -1), base("failure", -1), base("tasks")],
    { needsBaseline: true },
  ),
  ratioMetric(
    {
      name: "amplification.trace",
      title: "Amplification, trace",
      unit: "ratio",
      description:
        "Overhead tokens (messages, retries, re-planning, duplicate work) per success, relative to the baseline.",
      formula: "(overhead tokens / S) / (overhead tokens_s / S_s)",
      better: "lower",
      whenUndefined: "there is no success, or the baseline has no overhead tokens",
    },
    [own("overheadTokens"), own("success", -1), base("overheadTokens", -1), base("success")],
    { needsBaseline: true },
  ),
  ratioMetric(
    {
      name: "absorption",
      title: "Absorption",
      unit: "share",
      description:
        "Share of the baseline's errors that no longer reach aggregation; negative when more do.",
      formula: "(E_s - E) / E_s",
      better: "higher",
      whenUndefined: NO_BASELINE_ERRORS,
    },
    [own("errorsAtAggregation"), own("tasks", -1), base("errorsAtAggregation", -1), base("tasks")],
    { needsBaseline: true, scale: -1, offset: 1 },
  ),
];

const coordination: MetricDefinition[] = [
  meanMetric("turns", {
    name: "turns",
    title: "Turns",
    unit: "turns a task",
    description: "Model calls of all agents.",
    formula: "T",
    better: "lower",
  }),
  meanMetric("messages", {
    name: "messages",
    title: "Messages",
    unit: "messages a task",
    description: "Messages sent along edges.",
    formula: "mean",
  }),
  ratioMetric(
    {
      name: "messageDensity",
      title: "Message density",
      unit: "messages a turn",
      description: "Messages for every turn.",
      formula: "messages / turns",
      whenUndefined: "there is no turn",
    },
    [own("messages"), own("turns", -1)],
  ),
  ratioMetric(
    {
      name: "overhead",
      title: "Overhead",
      unit: "%",
      description: "Turns beyond those of the baseline.",
      formula: "100 (T - T_s) / T_s",
      better: "lower",
      whenUndefined: "the baseline takes no turn",
    },
    [own("turns"), own("tasks", -1), base("turns", -1), base("tasks")],
    { needsBaseline: true, scale: 100, offset: -100 },
  ),
  shareOfTasks("escalated", {
    name: "escalated",
    title: "Escalated",
    description:
      "Share of the tasks that a router by difficulty found hard, or for which an escalation called in more.",
    formula: "tasks escalated / tasks",
  }),
  {
    name: "redundancy",
    title: "Redundancy",
    unit: "share",
    description: "Share of the claims made that two agents or more made.",
    formula: "claims made twice or more / claims made",
    needsBaseline: false,
    whenUndefined: "no claim is made",
    estimate: (tally) => share(tally.moments, FIELD.claimsRedundant, FIELD.claimsMade),
  },
  ratioMetric(
    {
      name: "efficiency",
      title: "Efficiency",
      unit: "share",
      description: "Success divided by the turns relative to the baseline.",
      formula: "S / (T / T_s)",
      better: "higher",
      whenUndefined: "there is no turn",
    },
    [own("success"), own("turns", -1), base("turns"), base("tasks", -1)],
    { needsBaseline: true },
  ),
];

const spending: MetricDefinition[] = [
  meanMetric("tokens", {
    name: "tokens",
    title: "Tokens",
    unit: "tokens a task",
    description: "Tokens read and written by all turns and messages.",
    formula: "mean",
    better: "lower",
  }),
  meanMetric("overheadTokens", {
    name: "overheadTokens",
    title: "Overhead tokens",
    unit: "tokens a task",
    description: "Tokens of messages, retries, re-planning and duplicate work.",
    formula: "mean",
    better: "lower",
  }),
  meanMetric("cost", {
    name: "cost",
    title: "Cost",
    unit: "US dollars a task",
    description: "Price of all tokens.",
    formula: "mean",
    better: "lower",
  }),
  ratioMetric(
    {
      name: "costPerSuccess",
      title: "Cost per success",
      unit: "US dollars",
      description: "What a successful task costs, failures included.",
      formula: "cost / S",
      better: "lower",
      whenUndefined: "there is no success",
    },
    [own("cost"), own("success", -1)],
  ),
  ratioMetric(
    {
      name: "relativeCostPerSuccess",
      title: "Cost per success, relative",
      unit: "ratio",
      description: "What a successful task costs, as a multiple of what one costs the baseline.",
      formula: "(cost / S) / (cost_s / S_s)",
      better: "lower",
      whenUndefined: "there is no success, or the baseline costs nothing",
    },
    [own("cost"), own("success", -1), base("cost", -1), base("success")],
    { needsBaseline: true },
  ),
  ratioMetric(
    {
      name: "successPerKiloToken",
      title: "Success per 1K tokens",
      unit: "successes per 1,000 tokens",
      description: "Successes for every thousand tokens.",
      formula: "S / (tokens / 1000)",
      better: "higher",
      whenUndefined: "there are no tokens",
    },
    [own("success"), own("tokens", -1)],
    { scale: 1000 },
  ),
];

const NOTHING_DELIVERED = "no task was delivered";

function latencyQuantile(percent: number): MetricDefinition {
  return {
    name: `latency.p${percent}`,
    title: `Latency p${percent}`,
    unit: "seconds",
    description: `Simulated time from arrival to deliverable that ${percent} % of the tasks delivered keep within.`,
    formula: "quantile",
    better: "lower",
    needsBaseline: false,
    whenUndefined: NOTHING_DELIVERED,
    estimate: (tally) => tally.latency.estimate(percent / 100),
  };
}

const time: MetricDefinition[] = [
  ratioMetric(
    {
      name: "latency.mean",
      title: "Latency, mean",
      unit: "seconds",
      description: "Simulated time from arrival to deliverable, of the tasks delivered.",
      formula: "seconds / tasks delivered",
      better: "lower",
      whenUndefined: NOTHING_DELIVERED,
    },
    [own("latency"), own("delivered", -1)],
  ),
  ...[50, 95, 99].map(latencyQuantile),
  {
    name: "makespan",
    title: "Makespan",
    unit: "seconds",
    description: "Simulated time until the last task of a replication has ended.",
    formula: "mean a replication",
    better: "lower",
    needsBaseline: false,
    whenUndefined: "no task has ended",
    estimate: (tally) => ratio(tally, [own("makespan"), own("replications", -1)]),
  },
];

const NO_OBJECTIVE = "there is no latency objective (objectives.latency)";
const NO_STREAM = "tasks come one at a time, or none came to an end";

function timely(name: string, field: OutcomeField, title: string, which: string): MetricDefinition {
  return {
    name,
    title,
    unit: "share",
    description: `Share of the tasks that ${which} within the latency objective.`,
    formula: `tasks that ${which} in time / tasks`,
    better: "higher",
    needsBaseline: false,
    whenUndefined: NO_OBJECTIVE,
    estimate: (tally) => share(tally.moments, FIELD[field], FIELD.timed),
  };
}

/** Offered load: what all that arrives takes, beside the time in which it arrives. */
function utilisation(name: string, field: OutcomeField, title: string, what: string) {
  return ratioMetric(
    {
      name: `utilisation.${name}`,
      title: `Utilisation, ${title}`,
      unit: "ratio",
      description: `${what} for every second of the time in which the tasks arrive: from 1 on they come faster than they can be done.`,
      formula: "seconds taken / seconds of arrivals",
      better: "lower",
      whenUndefined: NO_STREAM,
    },
    [own(field), own("arrivalTime", -1)],
  );
}

const operation: MetricDefinition[] = [
  timely("onTime", "onTime", "On time", "end"),
  timely("successOnTime", "successOnTime", "Success on time", "succeed"),
  utilisation(
    "orchestrator",
    "busyOrchestrator",
    "orchestrator",
    "Seconds that the busiest orchestrator is taken",
  ),
  utilisation("worker", "busyWorker", "worker", "Seconds that the busiest worker is taken"),
  utilisation(
    "rateLimit",
    "busyLimit",
    "rate limit",
    "Seconds of the busiest rate limit that calls use",
  ),
  meanMetric("callsRetried", {
    name: "callsRetried",
    title: "Calls retried",
    unit: "calls a task",
    description: "Calls that failed or took too long and were made again.",
    formula: "mean",
    better: "lower",
  }),
  meanMetric("callsFailed", {
    name: "callsFailed",
    title: "Turns lost",
    unit: "turns a task",
    description: "Turns that yielded nothing since all their calls failed.",
    formula: "mean",
    better: "lower",
  }),
];

/** How tasks end otherwise than by being delivered, and how loops end otherwise than by what they wait for. */
const endings: MetricDefinition[] = [
  shareOfTasks("turnedAway", {
    name: "turnedAway",
    title: "Turned away",
    description:
      "Share of the tasks that were turned away since too many others were under way (limits.inFlight). They count as failed.",
    formula: "tasks turned away / tasks",
    better: "lower",
  }),
  shareOfTasks("cutOff", {
    name: "cutOff",
    title: "Cut off",
    description:
      "Share of the tasks under way when their replication reached a limit (limits.time, limits.events). They count as failed.",
    formula: "tasks cut off / tasks",
    better: "lower",
  }),
  ratioMetric(
    {
      name: "neverArrived",
      title: "Never arrived",
      unit: "tasks per replication",
      description:
        "Tasks of the workload still to come when the replication reached a limit. No other metric counts them.",
      formula: "mean per replication",
      better: "lower",
      whenUndefined: "no task has ended",
    },
    [own("neverArrived"), own("replications", -1)],
  ),
  shareOfTasks("outOfTurns", {
    name: "outOfTurns",
    title: "Out of turns",
    description:
      "Share of the tasks in which an agent with work left reached the limit of turns per claim (limits.turnsPerClaim).",
    formula: "tasks with such an agent / tasks",
    better: "lower",
  }),
  shareOfTasks("exhausted", {
    name: "exhausted",
    title: "Rounds used up",
    description:
      "Share of the tasks in which a loop used up its rounds before its condition was met.",
    formula: "tasks with such a loop / tasks",
    better: "lower",
  }),
  shareOfTasks("stalled", {
    name: "stalled",
    title: "Stalled",
    description:
      "Share of the tasks in which a loop ended before its condition was met because a round changed nothing.",
    formula: "tasks with such a loop / tasks",
    better: "lower",
  }),
];

const missingBecause = (field: OutcomeField, name: string, title: string, description: string) =>
  meanMetric(field, {
    name: `missing.${name}`,
    title,
    unit: "claims per task",
    description,
    formula: "mean",
    better: "lower",
  });

/** Missing claims by reason: they add up to `missingClaims`. */
const missing: MetricDefinition[] = [
  missingBecause(
    "missingNeverAssigned",
    "neverAssigned",
    "Missing: never assigned",
    "Missing claims that are in the scope of no agent that works.",
  ),
  missingBecause(
    "missingOutOfTurns",
    "outOfTurns",
    "Missing: out of turns",
    "Missing claims that an agent could have made, had it had a turn left.",
  ),
  missingBecause(
    "missingWaiting",
    "waiting",
    "Missing: waiting",
    "Missing claims whose makers work on ready claims only and lack a premise.",
  ),
  missingBecause(
    "missingRejected",
    "rejected",
    "Missing: rejected",
    "Missing claims that a check or a guard rejected, with no other version in time.",
  ),
  missingBecause(
    "missingLost",
    "lost",
    "Missing: lost",
    "Missing claims that were made and then left out of a message.",
  ),
  missingBecause(
    "missingUnsent",
    "unsent",
    "Missing: unsent",
    "Missing claims that were made and never sent to where the deliverable is built.",
  ),
  missingBecause(
    "missingUnchecked",
    "unchecked",
    "Missing: unchecked",
    "Missing claims that nobody checked, where only what passed a check counts.",
  ),
  missingBecause(
    "missingFailedCalls",
    "failedCalls",
    "Missing: failed calls",
    "Missing claims of agents whose turns yielded nothing since all their calls failed.",
  ),
  missingBecause(
    "missingUndelivered",
    "undelivered",
    "Missing: undelivered",
    "Missing claims of tasks that were turned away or cut off.",
  ),
];

const assurance: MetricDefinition[] = [
  {
    name: "policyAdherence",
    title: "Policy adherence",
    unit: "share",
    description: "Share of the policy-critical actions that took effect which violate no policy.",
    formula: "1 - violations / policy-critical actions",
    better: "higher",
    needsBaseline: false,
    whenUndefined: "there are no policy-critical actions (task.policyCritical)",
    estimate: ({ moments }) => affine(share(moments, FIELD.violations, FIELD.policyActions), -1, 1),
  },
  meanMetric("policyActions", {
    name: "policy.actions",
    title: "Policy-critical actions",
    unit: "actions a task",
    description: "Policy-critical claims that were made and not stopped by a guard.",
    formula: "mean",
  }),
  meanMetric("violations", {
    name: "policy.violations",
    title: "Violations",
    unit: "actions a task",
    description: "Policy-critical actions that took effect and violate the policy.",
    formula: "mean",
    better: "lower",
  }),
  meanMetric("violationsCaught", {
    name: "policy.caught",
    title: "Violations stopped",
    unit: "actions a task",
    description: "Violations that a guard stopped before they took effect.",
    formula: "mean",
  }),
];

/** Largest k of pass^k. */
export const MAX_PASS = 8;

function pass(k: number): MetricDefinition {
  return {
    name: k === 1 ? "passAt1" : `passHat${k}`,
    title: `pass^${k}`,
    unit: "share",
    description: `Chance that ${k === 1 ? "a run" : `all of ${k} repeats`} of one instance succeed${k === 1 ? "s" : ""}.`,
    formula: `mean over instances of C(c,${k}) / C(n,${k})`,
    better: "higher",
    needsBaseline: false,
    whenUndefined: `no instance has ${k} repeats`,
    estimate: (tally) => tally.reliability.estimate(k),
  };
}

const reliability = Array.from({ length: MAX_PASS }, (_, i) => pass(i + 1));

const spread: MetricDefinition[] = [
  ratioMetric(
    {
      name: "blastRadius.mean",
      title: "Blast radius, mean",
      unit: "versions a fault",
      description: "Erroneous versions that descend from one fault, itself not counted.",
      formula: "descendants / faults",
      better: "lower",
      whenUndefined: "there is no fault",
    },
    [own("descendants"), own("faults", -1)],
  ),
  {
    name: "blastRadius.p95",
    title: "Blast radius, p95",
    unit: "versions a fault",
    description: "Erroneous versions that 95 % of the faults do not exceed.",
    formula: "quantile over faults",
    better: "lower",
    needsBaseline: false,
    whenUndefined: "there is no fault",
    estimate: (tally) => tally.radius.estimate(0.95),
  },
];

const CAUSES: [OutcomeField, string, string, string][] = [
  ["faults", "faults.total", "Faults", "Errors that began, whatever their cause."],
  ["faultsOwn", "faults.own", "Own faults", "Errors that an agent made by itself."],
  [
    "faultsCommonCause",
    "faults.commonCause",
    "Common-cause faults",
    "Errors that a model family makes together.",
  ],
  ["faultsGuess", "faults.guess", "Guessed premises", "Errors from a premise that was missing."],
  [
    "faultsHandoff",
    "faults.handoff",
    "Hand-off faults",
    "Errors from a received premise that was misunderstood.",
  ],
  [
    "faultsConflict",
    "faults.conflict",
    "Conflicts",
    "Errors from simultaneous changes of shared state.",
  ],
  [
    "faultsDistortion",
    "faults.distortion",
    "Distortions",
    "Versions that went wrong in a message.",
  ],
  [
    "faultsSynthesis",
    "faults.synthesis",
    "Synthesis faults",
    "Claims that went wrong in the synthesis.",
  ],
  [
    "faultsUnforeseen",
    "faults.unforeseen",
    "Unforeseen needs",
    "Claims that needed what the plan did not foresee, made without observing.",
  ],
  [
    "inherited",
    "faults.inherited",
    "Inherited errors",
    "Claims made wrong by a wrong premise; these are no faults of their own.",
  ],
  ["caught", "checks.caught", "Errors caught", "Looks that flagged an erroneous version."],
  ["missed", "checks.missed", "Errors missed", "Looks that passed an erroneous version."],
  ["falseAlarms", "checks.falseAlarms", "False alarms", "Looks that flagged a correct version."],
];

const diagnosis = CAUSES.map(([field, name, title, description]) =>
  meanMetric(field, { name, title, unit: "a task", description, formula: "mean" }),
);

/** All metrics, in the order in which they are shown. */
export const METRICS: readonly MetricDefinition[] = [
  success,
  gain,
  ...errors,
  ...coordination,
  ...spending,
  ...time,
  ...operation,
  ...endings,
  ...missing,
  ...assurance,
  ...reliability,
  ...spread,
  ...diagnosis,
];

export const METRIC_NAMES: readonly string[] = METRICS.map((metric) => metric.name);

/** @throws RangeError when there is no metric of that name */
export function metric(name: string): MetricDefinition {
  const found = METRICS.find((m) => m.name === name);
  if (found === undefined) throw new RangeError(`${name} is no metric: use one of METRIC_NAMES`);
  return found;
}
