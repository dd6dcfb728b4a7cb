// Measuring on a machine whose speed changes: what is compared takes turns, and ratios are taken round by round.

/** Rates (things a second) of each contestant, one a round. */
export type Rates = Readonly<Record<string, readonly number[]>>;

/** Measures the rate of one contestant in one round. */
export type Measure = (round: number) => number | Promise<number>;

/** Lets every contestant measure its rate once a round, in turn. */
export async function inRounds(
  rounds: number,
  contestants: Readonly<Record<string, Measure>>,
): Promise<Rates> {
  const rates: Record<string, number[]> = {};
  for (const name of Object.keys(contestants)) rates[name] = [];
  for (let round = 0; round < rounds; round++)
    for (const [name, measure] of Object.entries(contestants))
      rates[name].push(await measure(round));
  return rates;
}

/**
 * Seconds of processor time that this process takes for some work, all its threads together: time that other programs
 * have the processor does not count.
 */
export async function processorSeconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** The best round: what the machine can do when nothing disturbs it. */
export const best = (rates: readonly number[]) => Math.max(...rates);

/** Ratio of two rates: the median over the rounds, and the range that the middle half of the rounds lies in. */
export function ratio(of: readonly number[], to: readonly number[]) {
  const ratios = of.map((rate, round) => rate / to[round]).sort((a, b) => a - b);
  const quantile = (q: number) => ratios[Math.round(q * (ratios.length - 1))];
  return { median: quantile(0.5), low: quantile(0.25), high: quantile(0.75) };
}
