// What is published on routers and correlated votes.

export const ROUTELLM = "RouteLLM, arXiv 2406.18665";

export interface PublishedRouter {
  /** Also the name of its scenario: routellm-ID.yaml. */
  readonly id: string;
  readonly title: string;
  /** Shares of strong calls for half and for four fifths of the quality gap. */
  readonly half: number;
  readonly most: number;
}

export const RANDOM: PublishedRouter = {
  id: "random",
  title: "random router, MT-Bench",
  half: 0.49,
  most: 0.78,
};

/** Routers whose share for half of the gap one number, the noise, is fitted to. */
export const ROUTERS: readonly PublishedRouter[] = [
  { id: "mtbench", title: "matrix factorization, MT-Bench", half: 0.134, most: 0.313 },
  { id: "mmlu", title: "best router, MMLU", half: 0.354, most: 0.703 },
  { id: "gsm8k", title: "best router, GSM8K", half: 0.336, most: 0.633 },
];

export const KISH = {
  source: "Kish, Survey Sampling (1965); correlation of judges: arXiv 2506.07962",
  judges: 9,
  correlation: 0.39,
  effective: 2.18,
} as const;
