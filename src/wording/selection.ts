// Which metrics a table shows, in which groups and order. A metric that is not named here belongs to no table, which
// a test forbids.
import { METRICS, type MetricDefinition, metric } from "../metrics/definitions.ts";

export interface MetricGroup {
  readonly title: string;
  readonly metrics: readonly MetricDefinition[];
}

interface Listed {
  readonly title: string;
  /** Shown always. */
  readonly main: readonly string[];
  /** Shown when all are asked for. */
  readonly more: readonly string[];
}

const startingWith = (...prefixes: readonly string[]) =>
  METRICS.map((m) => m.name).filter((name) => prefixes.some((prefix) => name.startsWith(prefix)));

const GROUPS: readonly Listed[] = [
  {
    title: "Outcome",
    main: ["success", "errorsAtAggregation", "deliverableErrors", "missingClaims"],
    more: ["gain"],
  },
  {
    title: "Amplification",
    main: ["amplification.propagation", "amplification.task", "amplification.trace"],
    more: ["absorption"],
  },
  {
    title: "Coordination",
    main: ["turns", "messages", "overhead"],
    more: ["messageDensity", "redundancy", "efficiency", "escalated"],
  },
  {
    title: "Spending",
    main: ["tokens", "costPerSuccess"],
    more: ["overheadTokens", "cost", "relativeCostPerSuccess", "successPerKiloToken"],
  },
  { title: "Policy", main: [], more: ["policyAdherence", ...startingWith("policy.")] },
  {
    title: "Time",
    main: ["latency.p50", "latency.p95"],
    more: ["latency.mean", "latency.p99", "makespan"],
  },
  {
    title: "Operation",
    main: [],
    more: ["onTime", "successOnTime", ...startingWith("utilisation.", "calls")],
  },
  {
    title: "Reliability",
    main: ["passHat8"],
    more: startingWith("pass").filter((name) => name !== "passHat8"),
  },
  {
    title: "Endings",
    main: [],
    more: ["turnedAway", "cutOff", "neverArrived", "outOfTurns", "exhausted", "stalled"],
  },
  { title: "Claims missing", main: [], more: startingWith("missing.") },
  { title: "Blast radius", main: ["blastRadius.mean"], more: ["blastRadius.p95"] },
  { title: "Faults and checks", main: [], more: startingWith("faults.", "checks.") },
];

/** The groups of metrics with those that a result has: the main ones, or all in the order of their definition. */
export function selectMetrics(has: (name: string) => boolean, all: boolean): MetricGroup[] {
  return GROUPS.map(({ title, main, more }) => ({
    title,
    metrics: inOrder(all ? [...main, ...more] : main).filter((m) => has(m.name)),
  })).filter((group) => group.metrics.length > 0);
}

function inOrder(names: readonly string[]): MetricDefinition[] {
  const chosen = names.map(metric);
  return METRICS.filter((m) => chosen.includes(m));
}
