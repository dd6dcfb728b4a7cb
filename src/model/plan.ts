// The Plan: a scenario compiled to typed arrays and a flat list of phases, which is all the engine reads.
// It is immutable; one plan serves any number of replications.
import type { PreparedArrivals } from "../kernel/arrivals.ts";
import type { Shifts } from "../kernel/shifts.ts";
import type { QuantileTable } from "../numerics/quantileTable.ts";
import type { BreakdownLayout } from "./breakdownLayout.ts";
import type { AggregateStep, Step } from "./steps.ts";

/** The claims of the largest instance, in topological order: claim c has premises in 0..c-1 only. */
export interface TaskPlan {
  /** Number of claims of the largest instance; an instance of size n uses claims 0..n-1. */
  readonly claims: number;
  readonly claimNames: readonly string[];
  /** Premises of claim c: premises[premiseStart[c]] .. premises[premiseStart[c + 1] - 1]. */
  readonly premiseStart: Int32Array;
  readonly premises: Int32Array;
  /** Number of ancestors of each claim. */
  readonly ancestors: Int32Array;
  /** The agent that makes each claim in mode owners of assign; -1: the claim has no owner, or its kind says who. */
  readonly ownerOf: Int32Array;
  /** What claims have beside their premises; undefined where all are alike. */
  readonly kinds: ClaimKinds | undefined;
  /** Mean and coefficient of variation of the size; fixed where the graph is written out. */
  readonly sizeMean: number;
  readonly sizeCv: number;
  readonly fixedSize: boolean;
  readonly difficulty: number;
  readonly difficultySpread: number;
  readonly tools: number;
  readonly sharedState: boolean;
  /** Chance that a claim needs what a plan made beforehand does not foresee. */
  readonly deviation: number;
  /** Share of the claims that are policy-critical actions. */
  readonly policyCritical: number;
  /** Number of different wrong answers of a claim; 0: independent wrong answers never agree. */
  readonly alternatives: number;
  readonly classNames: readonly string[];
  /** Cumulative shares of the classes; empty when there are none. */
  readonly classCumulative: Float64Array;
  readonly classDifficulty: Float64Array;
  readonly classSizeFactor: Float64Array;
  /** Queues at each agent, one per priority of the classes, and the one of each class: 0 has the first turn. */
  readonly queues: number;
  readonly classQueue: Int32Array;
}

/** Kinds of claim, one entry per kind. Of a graph that is written out, claim c is the only one of kind c. */
export interface ClaimKinds {
  readonly names: readonly string[];
  /** Cumulative chances of the kinds; empty where every claim is a kind of its own. */
  readonly cumulative: Float64Array;
  /** Of kinds that are drawn, the agents among whom their claims go round; empty: nobody owns them. */
  readonly owners: readonly Int32Array[];
  /** Factor on the odds of a fault. */
  readonly oddsFactor: Float64Array;
  /** Whether value is stated: losses, weights, critical claims, or what goes by them. */
  readonly hasValue: boolean;
  /** US dollars that a claim costs which is wrong or missing, and its weight in quality. */
  readonly loss: Float64Array;
  readonly weight: Float64Array;
  readonly isCritical: Uint8Array;
  /** Calls of tools that making a claim takes. */
  readonly toolCalls: Int32Array;
}

/** Check kinds index the recall and false-alarm tables. */
export const SELF = 0;
export const PEER = 1;
export const ORCHESTRATOR = 2;
export const CHECK_KINDS = ["self", "peer", "orchestrator"] as const;
export type CheckKind = (typeof CHECK_KINDS)[number];

/** What an agent can be: a language model, a person, or a program. */
export const AGENT_KINDS = ["model", "human", "code"] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

/** How much each agent believes of what, one entry per agent: see mechanisms/revising.ts. */
export interface BeliefPlan {
  /** Weight of its own answer each time that it gives one, and of an answer that it hears from a worker or an orchestrator. */
  readonly self: Float64Array;
  readonly peer: Float64Array;
  readonly orchestrator: Float64Array;
  /** Factor on the weight of a correct answer. */
  readonly discernment: Float64Array;
}

/** Parameters of every agent, one array entry per agent. */
export interface AgentsPlan {
  readonly count: number;
  readonly names: readonly string[];
  /** Entity keys of the draws: made of role and position within the role, so that neither names nor other groups matter. */
  readonly key: Uint32Array;
  readonly isOrchestrator: Uint8Array;
  readonly kind: readonly AgentKind[];
  /** Whether the agent is a language model: the others read and write no tokens, and have no calls that fail. */
  readonly isModel: Uint8Array;
  /** Turns that the agent takes at a time. */
  readonly staff: Int32Array;
  /** When the agent works; undefined: always. */
  readonly shifts: readonly (Shifts | undefined)[];
  readonly hasShifts: boolean;
  /** Growth of the log-odds to go wrong per turn of a shift. */
  readonly fatigue: Float64Array;
  readonly isTiring: boolean;
  /** US dollars per turn and per tick of work, of people and programs. */
  readonly pricePerTurn: Float64Array;
  readonly pricePerTick: Float64Array;
  readonly maxTurns: Int32Array;
  /** Of so many turns, the last one is a review. */
  readonly reviewEvery: Int32Array;
  readonly propagation: Float64Array;
  readonly guess: Float64Array;
  readonly handoff: Float64Array;
  readonly omission: Float64Array;
  readonly distortion: Float64Array;
  readonly conflict: Float64Array;
  readonly synthesisLoss: Float64Array;
  readonly distraction: Float64Array;
  /** Chance that a call of a tool fails without notice. */
  readonly toolFailure: Float64Array;
  readonly heed: Float64Array;
  readonly belief: BeliefPlan;
  readonly overlap: Float64Array;
  readonly diversity: Float64Array;
  /** Position among the agents of its role as a share of their number, in [0, 1): how evenly spaced agents stand. */
  readonly spacing: Float64Array;
  /** recall[agent * 3 + kind], falseAlarm[agent * 3 + kind] with kind SELF, PEER, ORCHESTRATOR. */
  readonly recall: Float64Array;
  readonly falseAlarm: Float64Array;
  /** How much of an instance's difficulty reaches the agent's checks. */
  readonly difficultyEffect: Float64Array;
  readonly isDifficultToCheck: boolean;
  /** How far apart the scores lie that the agent gives to right and to wrong versions of its own; NaN: it states nothing. */
  readonly confidenceGap: Float64Array;
  /** Chance that a policy-critical claim violates the policy; how well a guard tells that before it takes effect. */
  readonly violation: Float64Array;
  readonly guardRecall: Float64Array;
  readonly guardFalseAlarm: Float64Array;
  /** Log-odds of a fault on an instance of difficulty 0, tools included. -Infinity: never, +Infinity: always. */
  readonly errorLogOdds: Float64Array;
  readonly drift: Float64Array;
  readonly pace: Float64Array;
  readonly thinking: Float64Array;
  readonly prompt: Float64Array;
  /** US dollars per token. */
  readonly priceInput: Float64Array;
  readonly priceOutput: Float64Array;
  readonly latency: readonly QuantileTable[];
  /** Index of the model: of its rate limit; -1: none. */
  readonly model: Int32Array;
  /** Calls: chance to fail, ticks until an agent gives one up, how often it is made again, and ticks before the first retry. */
  readonly failure: Float64Array;
  readonly timeout: Float64Array;
  readonly retries: Int32Array;
  readonly backoff: Float64Array;
  /** Whether calls can fail at all. */
  readonly isUnreliable: Uint8Array;
  /** Index of the model family, its key for draws, and its common-cause share. */
  readonly family: Int32Array;
  readonly familyKey: Uint32Array;
  readonly commonCause: Float64Array;
}

/** How many calls the provider of each model lets pass. */
export interface RateLimitsPlan {
  /** Ticks per call; 0: no limit. */
  readonly interval: Float64Array;
  readonly burst: Int32Array;
}

/** Directed edges in compressed rows: edges of agent a are start[a] .. start[a + 1] - 1, by target. */
export interface TopologyPlan {
  readonly start: Int32Array;
  readonly to: Int32Array;
  readonly weight: Float64Array;
  /** Factor on how much the receiver believes what comes along the edge. */
  readonly trust: Float64Array;
  /** Entity key of the draws along the edge, made of the keys of its ends. */
  readonly key: Uint32Array;
  readonly latency: QuantileTable;
  readonly header: number;
  readonly versionTokens: number;
}

/** The edge from one agent to another, or -1. */
export function edgeBetween(topology: TopologyPlan, from: number, to: number): number {
  let low = topology.start[from];
  let high = topology.start[from + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (topology.to[middle] < to) low = middle + 1;
    else high = middle;
  }
  return low < topology.start[from + 1] && topology.to[low] === to ? low : -1;
}

/** What has to be right for a task to succeed: all claims, all critical claims, or claims of at least this share of the weight. */
export type SuccessRule = "all" | "critical" | number;

/** A scenario compiled for the engine. It is immutable and serves any number of replications. */
export interface Plan {
  readonly name: string;
  readonly task: TaskPlan;
  readonly agents: AgentsPlan;
  readonly topology: TopologyPlan;
  readonly rateLimits: RateLimitsPlan;
  /** Seconds within which a task should end; undefined: no objective. */
  readonly latencyObjective: number | undefined;
  /** US dollars that a task costs which does not end by then; undefined: none are stated. */
  readonly lateLoss: number | undefined;
  readonly success: SuccessRule;
  /** Whether a claim takes calls of tools that can fail. */
  readonly canToolsFail: boolean;
  readonly steps: readonly Step[];
  /**
   * What each step costs before anything happens in it, in events: a part of one for each place that it looks at. A
   * replication may spend as much on steps as its limit of events.
   */
  readonly efforts: Float64Array;
  /** The last step. */
  readonly aggregate: AggregateStep;
  /** What is counted by agent, by claim and by class; undefined: nothing. */
  readonly breakdown: BreakdownLayout | undefined;
  readonly loops: number;
  readonly workSteps: number;
  /** Most turns the protocol can take and pay from the token budget: what the budget is spread over. */
  readonly budgetTurns: number;
  /** Output tokens of a task; 0: no limit. */
  readonly budgetTokens: number;
  readonly budgetExponent: number;
  /** What the exponent gains for a claim that builds on many others. */
  readonly budgetDepth: number;
  /** What is paid for from the budget: turns that make claims, all turns, or all turns and messages, written and read. */
  readonly budgetCovers: "making" | "thinking" | "all";
  /** Tasks of one replication; undefined arrivals: one task. */
  readonly tasks: number;
  /** Of these the first to end, which no metric counts but those of how busy the team is. */
  readonly warmUp: number;
  readonly arrivals: PreparedArrivals | undefined;
  /** Ticks from Monday 0:00 to the start of a replication. */
  readonly weekStart: number;
  /** Undefined where nobody asks for it. `objective`: tasks that may have arrived and not ended. */
  readonly backlog: { readonly objective: number | undefined } | undefined;
  /** Replications that share one instance. */
  readonly repeats: number;
  /** Whether instances are spread evenly over nets; if not, they are independent. */
  readonly isSpread: boolean;
  readonly eventLimit: number;
  /** In ticks. */
  readonly timeLimit: number;
  /** Most tasks under way at the same time. */
  readonly inFlightLimit: number;
}
