// How work tells how far it is: in one form, from the engine to whoever waits.

/**
 * Called now and then while work goes on.
 * @param share of the work that is done, 0..1
 * @param more what else there is to say of it
 */
export type OnProgress<More extends readonly unknown[] = []> = (
  share: number,
  ...more: More
) => void;

/** Of replications: how many there are to be, of all scenarios; a guess where precision is asked for. */
export type OnReplications = OnProgress<[expected: number]>;
