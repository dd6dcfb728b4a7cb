// Published figures of CLEAR, with their source.

export const SOURCE = "CLEAR (arXiv 2511.14136)";
export const TABLE = `${SOURCE}, table of six agents`;

export interface PublishedAgent {
  /** Name of its scenario file. */
  readonly name: string;
  readonly title: string;
  /** Share of 300 tasks. */
  readonly efficacy: number;
  /** US dollars per task. */
  readonly cost: number;
  /** Percent for a dollar. */
  readonly cna: number;
  /** Seconds a task. */
  readonly latency: number;
  readonly adherence: number;
  /** Eight successes in a row: share of 60 tasks, ten runs each. */
  readonly reliability: number;
}

export const AGENTS: readonly PublishedAgent[] = [
  {
    name: "react-gpt4",
    title: "ReAct-GPT4",
    efficacy: 0.723,
    cost: 2.87,
    cna: 25.2,
    latency: 8.4,
    adherence: 0.89,
    reliability: 0.583,
  },
  {
    name: "react-gpt-o3",
    title: "ReAct-GPT-o3",
    efficacy: 0.687,
    cost: 0.31,
    cna: 221.6,
    latency: 4.2,
    adherence: 0.85,
    reliability: 0.521,
  },
  {
    name: "reflexion",
    title: "Reflexion",
    efficacy: 0.741,
    cost: 5.12,
    cna: 14.5,
    latency: 12.7,
    adherence: 0.91,
    reliability: 0.612,
  },
  {
    name: "plan-execute",
    title: "Plan-Execute",
    efficacy: 0.719,
    cost: 1.24,
    cna: 58.0,
    latency: 6.8,
    adherence: 0.88,
    reliability: 0.645,
  },
  {
    name: "toolformer",
    title: "ToolFormer",
    efficacy: 0.695,
    cost: 1.89,
    cna: 36.8,
    latency: 5.9,
    adherence: 0.82,
    reliability: 0.557,
  },
  {
    name: "domain-tuned",
    title: "Domain-Tuned",
    efficacy: 0.703,
    cost: 0.27,
    cna: 260.4,
    latency: 3.8,
    adherence: 0.93,
    reliability: 0.728,
  },
];

/** Why the cost-normalised accuracy of an agent says less of the source than the others do. */
export const CNA_NOTES: Readonly<Record<string, string>> = {
  toolformer: "No usable printed value: this one is computed from the printed efficacy and cost.",
};

/** Correlation with the judgement of fifteen experts whether an agent is fit for production. */
export const CORRELATIONS = { efficacy: 0.41, efficacyAndCost: 0.58, all: 0.83 } as const;

/** How much more agents are said to cost that are chosen by accuracy alone. */
export const COST_FACTORS = [4.4, 10.8] as const;
