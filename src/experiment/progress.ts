// Progress: the one form in which work reports how far it is.

/**
 * Called now and then while work goes on.
 * @param share of the work that is done, 0..1
 * @param more what else is reported
 */
export type OnProgress<More extends readonly unknown[] = []> = (
  share: number,
  ...more: More
) => void;

/** Progress of replications, with how many are expected over all scenarios: an estimate if a precision was asked for. */
export type OnReplications = OnProgress<[expected: number]>;
