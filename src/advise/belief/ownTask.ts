// What is believed on a task that nobody has published: that teams do as well as the single agent, moved by a share of what
// the simulation says they gain or lose. The share and the errors are those of published benchmarks, each predicted as if
// nothing but its single agent's success were known.
import { logit } from "../../numerics/logit.ts";
import { square } from "../../numerics/power.ts";
import { average, clamp } from "../../numerics/statistics.ts";
import { type LogOdds, spreadOver } from "./discrepancy.ts";
import type { JointNormal } from "./jointNormal.ts";

/** What predictions of a benchmark's teams were worth. All in log-odds. */
export interface OwnTask {
  /** Share of the simulated gains that is believed, 0..1. */
  readonly trust: number;
  /** Mean squared error that all teams share. */
  readonly common: number;
  /** Mean squared error of a team beside that. */
  readonly relative: number;
}

/** Gains of the teams of one model on one benchmark over its single agent, in log-odds. */
export interface Gains {
  readonly simulated: readonly number[];
  readonly published: readonly number[];
  /** Mean variance of the published ones that comes from their few instances. */
  readonly sampling: number;
}

/**
 * The share by least squares through 0, and the errors that it leaves: biases count as errors.
 * @param gains at least one, each of at least two teams
 */
export function ownTaskOf(gains: readonly Gains[]): OwnTask {
  const pairs = gains.flatMap(({ simulated, published }) =>
    simulated.map((x, t) => [x, published[t]] as const),
  );
  const squares = average(pairs.map(([x]) => x * x));
  // Where nothing is gained in any simulation, there is nothing to believe.
  const slope = squares > 0 ? average(pairs.map(([x, y]) => x * y)) / squares : 0;
  const trust = clamp(slope, 0, 1);
  const errors = gains.map(({ simulated, published }) =>
    published.map((y, t) => y - trust * simulated[t]),
  );
  const within = average(
    errors.map((own) => {
      const shared = average(own);
      const rest = own.map((x) => square(x - shared));
      return (average(rest) * own.length) / (own.length - 1);
    }),
  );
  const teams = errors[0].length;
  const between = average(errors.map((own) => square(average(own)))) - within / teams;
  const sampling = average(gains.map((one) => one.sampling));
  return { trust, common: Math.max(0, between), relative: Math.max(0, within - sampling) };
}

/**
 * What is believed of the teams, in log-odds.
 * @param single success of the single agent, in (0, 1)
 * @param simulated of every parameter set, where the single agent has that success
 */
export function drawnToSingle(
  single: number,
  simulated: LogOdds,
  { trust, ...errors }: OwnTask,
): JointNormal {
  const at = logit(single);
  const sets = simulated.map((teams) => teams.map((x) => at + trust * (x - at)));
  return spreadOver(sets, errors);
}
