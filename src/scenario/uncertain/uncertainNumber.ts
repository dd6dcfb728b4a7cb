// A number that is not known exactly, as a scenario says it.

/** Means and standard deviations are those of the number itself. */
export type UncertainNumber =
  /** The median, and the bounds between which the number lies with 95 %. */
  | { readonly value: number; readonly interval: readonly [low: number, high: number] }
  /** What is known of a share after so many successes and failures (plus what was known before). */
  | { readonly beta: readonly [successes: number, failures: number] }
  | { readonly normal: readonly [mean: number, sd: number] }
  | { readonly lognormal: readonly [mean: number, sd: number] }
  | { readonly uniform: readonly [low: number, high: number] };
