// Published figures of τ-bench (Yao et al., arXiv 2406.12045, and the table of its repository): the chance that all of k
// trials of a task succeed.

export const SOURCE = "τ-bench, arXiv 2406.12045";

export interface PublishedRow {
  /** Name of its scenario. */
  readonly name: string;
  readonly title: string;
  /** pass^1 to pass^4. */
  readonly passHat: readonly [number, number, number, number];
}

export const ROWS: readonly PublishedRow[] = [
  { name: "gpt-4o-retail", title: "gpt-4o, retail", passHat: [0.604, 0.491, 0.43, 0.383] },
  {
    name: "sonnet-35-1022-retail",
    title: "Sonnet 3.5 (1022), retail",
    passHat: [0.692, 0.576, 0.509, 0.462],
  },
  {
    name: "sonnet-35-1022-airline",
    title: "Sonnet 3.5 (1022), airline",
    passHat: [0.46, 0.326, 0.263, 0.225],
  },
  {
    name: "sonnet-35-0620-retail",
    title: "Sonnet 3.5 (0620), retail",
    passHat: [0.626, 0.506, 0.435, 0.387],
  },
];

/** The reliability cliff: an agent that succeeds so often on one run, and on eight runs in a row (retail, gpt-4o). */
export const CLIFF = { pass1: 0.6, pass8: 0.25 } as const;
