// What MAKER (arXiv 2511.09030) publishes of its twenty-disk Towers of Hanoi.

export const SOURCE = "MAKER (arXiv 2511.09030)";

/** Steps of twenty disks: 2^20 - 1. */
export const STEPS = 1_048_575;

/** Chance of the whole task that k is chosen for. */
export const TARGET = 0.95;

/** Error rate of a step of nine models, which is an input of the formula and of the scenarios, and the k published for it. */
export const RATES: readonly (readonly [errorRate: number, kMin: number])[] = [
  [0.3571, 29],
  [0.004, 4],
  [0.0022, 3],
  [0.0018, 3],
  [0.1839, 12],
  [0.0358, 6],
  [0.2342, 15],
  [0.0569, 6],
  [0.0393, 6],
];

/** The real run, which made no error in all its steps. */
export const REAL_RUN = { k: 3, errorRate: 0.0022 };

/** Steps of the real run that no answer had decided after so many samples, thrown-away ones included. */
export const UNDECIDED: readonly (readonly [samples: number, steps: number])[] = [
  [3, 81_959],
  [4, 18_461],
  [5, 3_807],
  [6, 973],
  [7, 288],
  [8, 100],
  [9, 31],
  [10, 14],
  [11, 5],
  [12, 2],
  [18, 0],
];

/** The same after so many votes, which are the samples that were not thrown away. */
export const UNDECIDED_VOTES: readonly (readonly [votes: number, steps: number])[] = [
  [3, 710],
  [5, 17],
  [7, 2],
];
