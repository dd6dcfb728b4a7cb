// What Choi et al. publish: "Debate or Vote", arXiv 2508.17536 (NeurIPS 2025): five agents, means over seven benchmarks.

export const SOURCE = "arXiv 2508.17536";

/** Rounds of talk that are published. */
export const ROUNDS = [2, 3, 5] as const;

/** How agents hear each other. */
export const NETWORKS = ["all", "sparse", "centre"] as const;
export type Network = (typeof NETWORKS)[number];

export interface PublishedModel {
  readonly name: string;
  readonly title: string;
  /** Mean accuracy of one agent. */
  readonly single: number;
  /** Accuracy of the majority of five that never talk. */
  readonly vote: number;
  /** Accuracy of the majority after so many rounds of talk: {@link ROUNDS}. */
  readonly debate: Readonly<Record<Network, readonly number[]>>;
}

export const MODELS: readonly PublishedModel[] = [
  {
    name: "qwen",
    title: "Qwen2.5-7B",
    single: 0.7205,
    vote: 0.7691,
    debate: {
      all: [0.7377, 0.7112, 0.705],
      sparse: [0.733, 0.7218, 0.716],
      centre: [0.6551, 0.6609, 0.6672],
    },
  },
  {
    name: "llama",
    title: "Llama3.1-8B",
    single: 0.6203,
    vote: 0.7242,
    debate: {
      all: [0.6929, 0.6788, 0.6761],
      sparse: [0.699, 0.6791, 0.6752],
      centre: [0.6094, 0.6053, 0.567],
    },
  },
];

/** Mean accuracy of one agent after rounds 1 to 5 of talk (Qwen2.5-7B): GSM8K, CommonsenseQA, HellaSwag. */
export const ACCURACY_BY_ROUND = [
  [0.774, 0.727, 0.724, 0.729, 0.729],
  [0.823, 0.828, 0.833, 0.834, 0.834],
  [0.79, 0.788, 0.788, 0.788, 0.787],
] as const;
