/**
 * Randomised nets: how instances are dealt out to nets, and how far a net has grown.
 *
 * Instance i is point floor(i / NETS) of net i mod NETS. So all nets grow together, more replications extend the same
 * sequence, and there are always NETS independent estimates, whose spread gives the interval: L'Ecuyer and Lemieux,
 * "Recent advances in randomized quasi-Monte Carlo methods", in Modeling Uncertainty (2002), section 4. How many nets
 * are best was measured: docs/decisions/0045-instances-are-spread-over-32-nets.md.
 */

/** Number of independent nets. */
export const NETS = 32;

/** Which net an instance belongs to: 0 … NETS - 1. */
export const netOf = (instance: number): number => instance % NETS;

/** Which point of its net an instance is: 0, 1, … */
export const pointOf = (instance: number): number => Math.floor(instance / NETS);
