// The metrics: what each is called, means and is measured in, and how it is estimated from a sample. Tables, results,
// thresholds, documentation and reports all read this one list.
import { COUNTED_CAUSES } from "../model/causes.ts";
import { FIELD, type OutcomeField } from "../model/outcome.ts";
import { affine, share } from "../numerics/ratios.ts";
import { backlog } from "./backlog.ts";
import {
  base,
  inGroup,
  type MetricDefinition,
  meanMetric,
  own,
  ratioMetric,
  shareOfTasks,
  type Ungrouped,
} from "./define.ts";
import { endings, missing } from "./endings.ts";
import { operation, time } from "./operation.ts";
import { value } from "./value.ts";

export { METRIC_GROUPS, type MetricDefinition } from "./define.ts";

const NO_BASELINE_ERRORS = "the baseline brings no error to aggregation (E_s = 0)";

const success = shareOfTasks("success", {
  name: "success",
  title: "Success",
  description:
    "Share of the tasks that succeed: the deliverable has every claim, all of them correct, unless the scenario defines success otherwise.",
  formula: "S",
  better: "higher",
  prominence: "headline",
});

const gain = ratioMetric(
  {
    name: "gain",
    title: "Gain",
    unit: "%",
    description: "Success above that of the baseline, relative to it.",
    formula: "100 (S - S_s) / S_s",
    better: "higher",
    whenUndefined: "the baseline has no success (S_s = 0)",
  },
  [own("success"), own("tasks", -1), base("success", -1), base("tasks")],
  { needsBaseline: true, scale: 100, offset: -100 },
);

const errors = [
  meanMetric("errorsAtAggregation", {
    name: "errorsAtAggregation",
    title: "Errors at aggregation",
    unit: "versions per task",
    description: "Erroneous versions in the ledgers from which the deliverable is built.",
    formula: "E",
    better: "lower",
    prominence: "headline",
  }),
  meanMetric("deliverableErrors", {
    name: "deliverableErrors",
    title: "Errors delivered",
    unit: "claims per task",
    description: "Erroneous claims in the deliverable.",
    formula: "mean",
    better: "lower",
    prominence: "main",
  }),
  meanMetric("missingClaims", {
    name: "missingClaims",
    title: "Claims missing",
    unit: "claims per task",
    description: "Claims that the deliverable lacks.",
    formula: "mean",
    better: "lower",
    prominence: "main",
  }),
] as const satisfies readonly Ungrouped[];

const amplification = [
  ratioMetric(
    {
      name: "amplification.propagation",
      title: "Amplification, propagation",
      unit: "ratio",
      description: "Errors that reach aggregation, relative to the baseline.",
      formula: "E / E_s",
      better: "lower",
      prominence: "headline",
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
      prominence: "main",
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
      prominence: "main",
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
] as const satisfies readonly Ungrouped[];

const coordination = [
  meanMetric("turns", {
    name: "turns",
    title: "Turns",
    unit: "turns per task",
    description: "Model calls of all agents.",
    formula: "T",
    better: "lower",
    prominence: "headline",
  }),
  meanMetric("messages", {
    name: "messages",
    title: "Messages",
    unit: "messages per task",
    description: "Messages sent along edges.",
    formula: "mean",
    prominence: "main",
  }),
  ratioMetric(
    {
      name: "messageDensity",
      title: "Message density",
      unit: "messages per turn",
      description: "Messages per turn.",
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
      prominence: "headline",
      whenUndefined: "the baseline takes no turn",
    },
    [own("turns"), own("tasks", -1), base("turns", -1), base("tasks")],
    { needsBaseline: true, scale: 100, offset: -100 },
  ),
  shareOfTasks("escalated", {
    name: "escalated",
    title: "Escalated",
    description:
      "Share of the tasks that a router by difficulty judged hard, or for which an escalation ran.",
    formula: "tasks escalated / tasks",
  }),
  {
    name: "redundancy",
    title: "Redundancy",
    unit: "share",
    description: "Share of the claims made that two or more agents made.",
    formula: "claims made twice or more / claims made",
    needsBaseline: false,
    whenUndefined: "no claim is made",
    interval: "share",
    estimate: (sample) => share(sample.sums, FIELD.claimsRedundant, FIELD.claimsMade),
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
] as const satisfies readonly Ungrouped[];

const spending = [
  meanMetric("tokens", {
    name: "tokens",
    title: "Tokens",
    unit: "tokens per task",
    description: "Tokens read and written by all turns and messages.",
    formula: "mean",
    better: "lower",
    prominence: "headline",
  }),
  meanMetric("overheadTokens", {
    name: "overheadTokens",
    title: "Overhead tokens",
    unit: "tokens per task",
    description: "Tokens of messages, retries, re-planning and duplicate work.",
    formula: "mean",
    better: "lower",
  }),
  meanMetric("cost", {
    name: "cost",
    title: "Cost",
    unit: "US dollars per task",
    description: "Price of all tokens, of people and of programs.",
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
      prominence: "headline",
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
      description: "Successes per 1,000 tokens.",
      formula: "S / (tokens / 1000)",
      better: "higher",
      whenUndefined: "there are no tokens",
    },
    [own("success"), own("tokens", -1)],
    { scale: 1000 },
  ),
] as const satisfies readonly Ungrouped[];

const assurance = [
  {
    name: "policyAdherence",
    title: "Policy adherence",
    unit: "share",
    description: "Share of the policy-critical actions taken that violate no policy.",
    formula: "1 - violations / policy-critical actions",
    better: "higher",
    needsBaseline: false,
    whenUndefined: "there are no policy-critical actions (task.policyCritical)",
    interval: "share",
    estimate: ({ sums }) => affine(share(sums, FIELD.violations, FIELD.policyActions), -1, 1),
  },
  meanMetric("policyActions", {
    name: "policy.actions",
    title: "Policy-critical actions",
    unit: "actions per task",
    description: "Policy-critical claims that were made and not stopped by a guard.",
    formula: "mean",
  }),
  meanMetric("violations", {
    name: "policy.violations",
    title: "Violations",
    unit: "actions per task",
    description: "Policy-critical actions that took effect and violate the policy.",
    formula: "mean",
    better: "lower",
  }),
  meanMetric("violationsCaught", {
    name: "policy.caught",
    title: "Violations stopped",
    unit: "actions per task",
    description: "Violations that a guard stopped before they took effect.",
    formula: "mean",
  }),
] as const satisfies readonly Ungrouped[];

/** Largest k of pass^k. */
export const MAX_PASS = 8;

type PassName = "passAt1" | `passHat${2 | 3 | 4 | 5 | 6 | 7 | 8}`;

function pass(k: number): Ungrouped<PassName> {
  return {
    name: (k === 1 ? "passAt1" : `passHat${k}`) as PassName,
    title: `pass^${k}`,
    unit: "share",
    description: `Chance that ${k === 1 ? "a run" : `all of ${k} repeats`} of one instance succeed${k === 1 ? "s" : ""}.`,
    formula: `mean over instances of C(c,${k}) / C(n,${k})`,
    better: "higher",
    ...(k === MAX_PASS && { prominence: "main" }),
    needsBaseline: false,
    whenUndefined: `no instance has ${k} repeats`,
    interval: "share",
    estimate: ({ tally }) => tally.reliability.estimate(k),
  };
}

const reliability = Array.from({ length: MAX_PASS }, (_, i) => pass(i + 1));

const spread = [
  ratioMetric(
    {
      name: "blastRadius.mean",
      title: "Blast radius, mean",
      unit: "versions per fault",
      description: "Erroneous versions that descend from one fault, itself not counted.",
      formula: "descendants / faults",
      better: "lower",
      prominence: "main",
      whenUndefined: "there is no fault",
    },
    [own("descendants"), own("faults", -1)],
  ),
  {
    name: "blastRadius.p95",
    title: "Blast radius, p95",
    unit: "versions per fault",
    description: "Erroneous versions that descend from one fault, 95th percentile over faults.",
    formula: "quantile over faults",
    better: "lower",
    needsBaseline: false,
    whenUndefined: "there is no fault",
    interval: "quantile",
    estimate: ({ tally }) => tally.radius.estimate(0.95),
  },
] as const satisfies readonly Ungrouped[];

/** How often something happened, per task: what explains the metrics above. */
const count = <const Name extends string>(
  field: OutcomeField,
  name: Name,
  title: string,
  description: string,
) => meanMetric(field, { name, title, unit: "per task", description, formula: "mean" });

const diagnosis = [
  count("faults", "faults.total", "Faults", "Errors that began, whatever their cause."),
  ...COUNTED_CAUSES.map((cause) => ({
    ...count(cause.field, cause.metric, cause.title, cause.description),
    ...("about" in cause && { about: cause.about }),
  })),
  count("caught", "checks.caught", "Errors caught", "Looks that flagged an erroneous version."),
  count("missed", "checks.missed", "Errors missed", "Looks that passed an erroneous version."),
  count(
    "falseAlarms",
    "checks.falseAlarms",
    "False alarms",
    "Looks that flagged a correct version.",
  ),
  count(
    "corrected",
    "beliefs.corrected",
    "Answers corrected",
    "Wrong answers that an agent gave up for a right one that it had heard.",
  ),
  count(
    "misled",
    "beliefs.misled",
    "Answers talked away",
    "Right answers that an agent gave up for a wrong one that it had heard.",
  ),
];

const ALL = [
  ...inGroup("Outcome", [success, gain, ...errors]),
  ...inGroup("Value", value),
  ...inGroup("Amplification", amplification),
  ...inGroup("Coordination", coordination),
  ...inGroup("Spending", spending),
  ...inGroup("Time", time),
  ...inGroup("Operation", operation),
  ...inGroup("Backlog", backlog),
  ...inGroup("Endings", endings),
  ...inGroup("Claims missing", missing),
  ...inGroup("Policy", assurance),
  ...inGroup("Reliability", reliability),
  ...inGroup("Blast radius", spread),
  ...inGroup("Faults and checks", diagnosis),
];

/** The name of a metric. */
export type MetricName = (typeof ALL)[number]["name"];

/** All metrics, in the order in which they are shown. */
export const METRICS: readonly MetricDefinition<MetricName>[] = ALL;

export const METRIC_NAMES: readonly string[] = METRICS.map((metric) => metric.name);

/** @throws RangeError when there is no metric of that name */
export function metric(name: string): MetricDefinition {
  const found = METRICS.find((m) => m.name === name);
  if (found === undefined) throw new RangeError(`${name} is no metric: use one of METRIC_NAMES`);
  return found;
}
