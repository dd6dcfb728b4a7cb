// Published figures on success against the length of a task, and the source of closed forms of queues.

/** Where the closed forms of queues stand. */
export const QUEUE_SOURCE = "Kleinrock, Queueing Systems, vol. 1 (1975), 3.2; vol. 2 (1976), 4.4";

/** Where the figures stand: METR's time horizons, and the reading of them as hazards. */
export const HORIZON_SOURCE =
  "METR's time horizons of AI agents as summarised in the project's list of published figures, section 8; Weibull fit: T. Ord";

/** T50/T80, the length done in half of the runs over that done in four of five: of a constant hazard (ln .5 / ln .8). */
export const CONSTANT_HAZARD_RATIO = 3.1;

/** T50/T80 as METR measures it. */
export const MEASURED_RATIO = { from: 4, to: 6 } as const;

/** Shape of the Weibull distribution that fits. */
export const WEIBULL_SHAPE = { from: 0.6, to: 0.7 } as const;
