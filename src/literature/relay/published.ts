// What is published of a relay: one claim handed on from agent to agent in prose, without new evidence (arXiv 2603.26993,
// gpt-4.1-mini).

export const SOURCE = "arXiv 2603.26993";

/** Hand-offs of the published relay. */
export const STAGES = 5;

/** Accuracy of the first agent, which nobody tells anything, and of the one at the end of the relay. */
export const ACCURACY = { first: 0.907, last: 0.225 } as const;

/** Share of what is right at first that is still right at the end. */
export const SURVIVING = ACCURACY.last / ACCURACY.first;

/** How far the share may be off: .05 of accuracy. The source gives no uncertainty. */
export const MARGIN = 0.055;
