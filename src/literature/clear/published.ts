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
  /** Cost-normalised accuracy: percent per dollar. */
  readonly cna: number;
  /** Seconds per task. */
  readonly latency: number;
  readonly adherence: number;
  /** Eight successes in a row: share of 60 tasks, ten runs each. */
  readonly reliability: number;
}

/** Name, title, efficacy, cost, CNA, latency, adherence and reliability. */
const ROWS = [
  ["react-gpt4", "ReAct-GPT4", 0.723, 2.87, 25.2, 8.4, 0.89, 0.583],
  ["react-gpt-o3", "ReAct-GPT-o3", 0.687, 0.31, 221.6, 4.2, 0.85, 0.521],
  ["reflexion", "Reflexion", 0.741, 5.12, 14.5, 12.7, 0.91, 0.612],
  ["plan-execute", "Plan-Execute", 0.719, 1.24, 58.0, 6.8, 0.88, 0.645],
  ["toolformer", "ToolFormer", 0.695, 1.89, 36.8, 5.9, 0.82, 0.557],
  ["domain-tuned", "Domain-Tuned", 0.703, 0.27, 260.4, 3.8, 0.93, 0.728],
] as const;

export const AGENTS: readonly PublishedAgent[] = ROWS.map(
  ([name, title, efficacy, cost, cna, latency, adherence, reliability]) => {
    return { name, title, efficacy, cost, cna, latency, adherence, reliability };
  },
);

/** Why the cost-normalised accuracy of an agent says less of the source than the others do. */
export const CNA_NOTES: Readonly<Record<string, string>> = {
  toolformer: "No usable printed value: this one is computed from the printed efficacy and cost.",
};

/** Correlation with the judgement of fifteen experts whether an agent is fit for production. */
export const CORRELATIONS = { efficacy: 0.41, efficacyAndCost: 0.58, all: 0.83 } as const;

/** How much more agents are said to cost that are chosen by accuracy alone. */
export const COST_FACTORS = [4.4, 10.8] as const;
