// A scenario of the team whose runs were read: one agent has a task of as many claims as it takes turns, several agents a graph of
// claims with owners.
import { list } from "../../documents/quoting.ts";
import { tInterval } from "../../numerics/intervals.ts";
import { clamp } from "../../numerics/statistics.ts";
import { MAX_CLAIMS } from "../../scenario/limits.ts";
import type { AgentEstimates, Estimates } from "../estimates.ts";
import { repeatsOf } from "../repeats.ts";
import { claimsOf, type TeamClaim } from "./claims.ts";
import { counted, type Draft, Numbers, type Stated, statedOf } from "./draft.ts";
import type { Renaming } from "./names.ts";
import { agentPart, durationPart, modelPart } from "./parameters.ts";
import type { Priors } from "./priors.ts";
import { type Edge, protocolOf } from "./protocol.ts";
import { endsOf } from "./shape.ts";
import type { Structure, TeamAgent } from "./structure.ts";

export interface TeamParts {
  readonly name: string;
  readonly structure: Structure;
  readonly estimates: Estimates;
  readonly renaming: Renaming;
  readonly priors: Priors;
}

/** What a number is until a calibration says more. */
const START = { errorRate: 0.05, difficultySpread: 1 };

export interface TeamDraft extends Draft {
  /** Paths of error rates that no judged step tells. */
  readonly unknownErrorRates: readonly string[];
}

/** The draft of a team. Error rates that are not known have a value to begin a calibration with. */
export function teamDraft(parts: TeamParts): TeamDraft {
  const { structure, estimates, name, renaming } = parts;
  const numbers = new Numbers();
  const remarks = new Map<string, string>();
  const isSingle = structure.agents.length === 1;
  const header = numbers.put(
    "topology.header",
    isSingle ? undefined : statedOf(estimates.messageTokens),
  );
  const spread = numbers.put("task.difficultySpread", statedOf(estimates.difficultySpread));
  const versionTokens = isSingle ? contextOf(parts, numbers) : 0;
  const { graph, topology, protocol } = isSingle
    ? singleTask(parts, numbers)
    : teamTask(parts, remarks);
  const team = new Team(parts, numbers, remarks);
  for (const agent of structure.agents) team.add(agent);
  const { models, agents, unknownErrorRates } = team;
  for (const { name, logged } of renaming.changed())
    for (const [section, tree] of Object.entries({ agents, models }))
      if (Object.hasOwn(tree, name))
        remarks.set(`${section}.${name}`, `In the logs: ${JSON.stringify(logged)}`);
  const repeats = estimates.outcome === undefined ? 1 : repeatsOf(estimates.outcome);
  return {
    tree: {
      name,
      task: { graph, difficultySpread: spread ?? START.difficultySpread },
      models,
      agents,
      topology: { ...topology, header: header ?? 0, versionTokens },
      protocol,
      ...(repeats > 1 && { repeats }),
    },
    numbers: numbers.stated,
    remarks,
    unknownErrorRates,
  };
}

/** What each turn of a single agent adds to what the next one reads. */
function contextOf({ structure, estimates }: TeamParts, numbers: Numbers): number {
  const context = modelEstimates(modelOf(structure.agents[0].name, estimates), estimates);
  const { contextPerTurn } = context;
  const isGrowth = contextPerTurn !== undefined && contextPerTurn.value > 0;
  return (
    numbers.put("topology.versionTokens", isGrowth ? statedOf(contextPerTurn) : undefined) ?? 0
  );
}

// ---------------------------------------------------------------- models and agents

/** The model of an agent as the logs call it; undefined of people and programs. */
const modelOf = (agent: string, { agents }: Estimates) => agents[agent]?.model;

const modelEstimates = (model: string | undefined, { models }: Estimates) =>
  model === undefined ? {} : (models[model] ?? {});

/** Models and agents, agent by agent. */
class Team {
  readonly models: Record<string, object> = {};
  readonly agents: Record<string, object> = {};
  readonly unknownErrorRates: string[] = [];
  private readonly parts: TeamParts;
  private readonly numbers: Numbers;
  private readonly remarks: Map<string, string>;

  constructor(parts: TeamParts, numbers: Numbers, remarks: Map<string, string>) {
    this.parts = parts;
    this.numbers = numbers;
    this.remarks = remarks;
  }

  add(agent: TeamAgent): void {
    const { estimates, renaming, priors } = this.parts;
    const { name } = agent;
    const path = `agents.${name}`;
    const own = estimates.agents[name];
    const logged = modelOf(name, estimates);
    const count = renaming.countOf(name);
    const isOrchestrator = agent.reviews.length > 0 && own?.checks.peer === undefined;
    this.agents[name] = {
      ...(isOrchestrator && { role: "orchestrator" }),
      ...(count > 1 && { count }),
      ...(logged === undefined
        ? this.programPart(path, own)
        : { model: this.modelFor(agent, logged) }),
      ...agentPart(path, own, this.numbers, priors),
    };
  }

  private programPart(path: string, own: AgentEstimates | undefined) {
    this.remarks.set(path, "The logs name no model: a program, or a person.");
    const errorRate = this.numbers.put(`${path}.errorRate`, statedOf(own?.errorRate));
    const duration = durationPart(path, own, this.numbers);
    // A program makes nothing up that takes time and gets lost: whoever takes time may be a person.
    if (duration !== undefined) return { kind: "human", errorRate: errorRate ?? 0, ...duration };
    return { kind: "code", ...(errorRate !== undefined && { errorRate }) };
  }

  /** The name of the model of an agent. Agents of one model that err in different ways get one each: a model has one error rate. */
  private modelFor({ name, made }: TeamAgent, logged: string): string {
    const { estimates, structure, renaming } = this.parts;
    const errorRate = estimates.agents[name]?.errorRate;
    const others = structure.agents.filter(
      (other) =>
        other.name !== name && other.made.mean > 0 && modelOf(other.name, estimates) === logged,
    );
    const isLikeOthers =
      made.mean === 0 ||
      others.every((other) => estimates.agents[other.name]?.errorRate?.value === errorRate?.value);
    const plain = renaming.model(logged);
    const model = isLikeOthers ? plain : `${plain.slice(0, 31)}-${name.slice(0, 31)}`;
    const path = `models.${model}`;
    if (
      made.mean > 0 &&
      errorRate === undefined &&
      !this.unknownErrorRates.includes(`${path}.errorRate`)
    )
      this.unknownErrorRates.push(`${path}.errorRate`);
    if (this.models[model] === undefined || made.mean > 0) {
      const value = this.numbers.put(`${path}.errorRate`, statedOf(errorRate));
      const part = modelEstimates(logged, estimates);
      this.models[model] = {
        errorRate: value ?? START.errorRate,
        ...modelPart(path, part, this.numbers),
      };
    }
    return model;
  }
}

// ---------------------------------------------------------------- tasks

/**
 * One agent: the claims that most runs name, or a chain of as many as it takes turns, which varies over tasks. Where turns say what
 * they build on, as many follow on others as in the logs.
 */
function singleTask({ structure, renaming }: TeamParts, numbers: Numbers) {
  const [{ name, made }] = structure.agents;
  const protocol = [
    { work: { who: name } },
    { aggregate: { how: renaming.countOf(name) > 1 ? "concatenate" : "first", from: name } },
  ];
  const claims = structure.claims?.some(({ needs }) => needs?.length)
    ? claimsOf(structure, () => false)
    : undefined;
  if (claims !== undefined) return { graph: graphOf(claims), topology: {}, protocol };
  const size = clamp(made.mean, 1, MAX_CLAIMS);
  const half = tInterval(size, made.error, made.tasks - 1).hi - size;
  const note = `${counted(structure.runs, "runs")}: turns per run without reviews and repeats`;
  const interval = [Math.max(1, size - half), size + half] as const;
  const isKnown = Number.isFinite(half) && half > 0;
  const stated: Stated = {
    value: size,
    origin: "measured",
    note,
    ...(isKnown && { uncertain: { value: size, interval } }),
  };
  numbers.put("task.graph.size", stated);
  const spread = clamp(made.sd, 0, MAX_CLAIMS);
  numbers.put("task.graph.spread", {
    value: spread,
    origin: "measured",
    note: "standard deviation of the same",
  });
  const sequentiality =
    structure.sequentiality === undefined
      ? 1
      : numbers.put("task.graph.sequentiality", {
          value: structure.sequentiality,
          origin: "measured",
          note: "share of the turns that build on others, the first of a run left out",
        });
  const limit = clamp(Math.ceil(Math.max(made.most, size)), 1, MAX_CLAIMS);
  return {
    graph: { shape: "generated", size, spread, limit, sequentiality },
    topology: {},
    protocol,
  };
}

/** Claims one by one, each with its owner where there are several. */
const graphOf = (claims: readonly TeamClaim[], isOwned = false) => ({
  shape: "graph",
  claims: Object.fromEntries(
    claims.map(({ name, owner, needs, isCritical }) => [
      name,
      isOwned
        ? { ...(needs.length > 0 && { needs }), owner, ...(isCritical && { critical: true }) }
        : needs,
    ]),
  ),
});

/** Agents that are left out of which the name is told. */
const MOST_NAMED = 5;

/** How far a standard deviation of turns may be from none without a word of it. */
const HARDLY = 0.5;

function teamTask({ structure, renaming }: TeamParts, remarks: Map<string, string>) {
  const isGroup = (agent: string) => renaming.countOf(agent) > 1;
  const claims = claimsOf(structure, isGroup);
  const { edges, phases } = protocolOf(structure, claims, isGroup, roundsTold(structure, renaming));
  const varied = structure.agents.filter(({ made }) => made.sd > HARDLY);
  if (varied.length > 0)
    remarks.set(
      "task.graph",
      `One claim per turn, rounded: turns per run ${varied.map(({ name, made }) => `${name} ${short(made.mean)} (standard deviation ${short(made.sd)})`).join(", ")}.`,
    );
  if (structure.rare.length > 0)
    remarks.set(
      "agents",
      `Left out, since most runs do without them: ${list(
        structure.rare.map(({ name, share }) => `${name} (in ${short(100 * share)} %)`),
        MOST_NAMED,
      )}.`,
    );
  if (!structure.hasMessages)
    remarks.set("topology", "The logs have no messages: who speaks after whom counts as told.");
  return {
    graph: graphOf(claims, true),
    topology: edges.length === 0 ? {} : { edges: bothWays(edges) },
    protocol: phases,
  };
}

/** Rounds in which agents tell each other something: most messages between two members. Undefined where logs have none. */
function roundsTold({ told, hasMessages }: Structure, renaming: Renaming): number | undefined {
  if (!hasMessages) return undefined;
  const counts = [...told].map(([pair, count]) => {
    const [from, to] = endsOf(pair);
    return Math.ceil(count / (renaming.countOf(from) * renaming.countOf(to)));
  });
  return Math.min(MOST_ROUNDS, Math.max(...counts));
}

/** More rounds are no rounds of a protocol. */
const MOST_ROUNDS = 100;

/** Every pair once: rejections run back along the edges of results. */
function bothWays(edges: readonly Edge[]) {
  const isFirst = ({ from, to }: Edge, i: number) =>
    !edges.slice(0, i).some((other) => other.from === to && other.to === from);
  return edges.filter(isFirst).map(({ from, to }) => ({ from, to, both: true }));
}

const short = (x: number) => String(Number(x.toPrecision(3)));
