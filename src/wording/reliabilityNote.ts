// Why the scenario that succeeds most often can be the one that rarely does eight times in a row. Success varies between
// instances (some are too hard, the others go well every time) and within them (any run can fail by chance); pass^8 asks
// only for the former. The share between instances is the intraclass correlation, (pass^2 - S²) / (S (1 - S)).

import { type MetricValue, readMetric, type ScenarioResult } from "../experiment/result.ts";
import { square } from "../numerics/power.ts";
import { commonPrefix } from "./text.ts";

/** Differences of the share between instances, 0..1, that explain something. */
const CLEAR = 0.1;

interface Reliability {
  readonly name: string;
  readonly success: number;
  readonly passHat8: MetricValue;
  /** Share of the variance of success that lies between instances, 0..1. */
  readonly between: number;
}

/** Two sentences; undefined where success and pass^8 have the same best scenario, or cannot be told apart. */
export function reliabilityNote(scenarios: readonly ScenarioResult[]): string | undefined {
  const prefix = commonPrefix(scenarios.map(({ name }) => name)).length;
  const known = scenarios.flatMap((scenario) => reliabilityOf(scenario, prefix));
  if (known.length < 2) return undefined;
  const often = best(known, ({ success }) => success);
  const steady = best(known, ({ passHat8 }) => passHat8.mean ?? 0);
  const isApart = (steady.passHat8.ci[0] ?? 0) > (often.passHat8.ci[1] ?? 1);
  if (!isApart || steady.between - often.between < CLEAR) return undefined;
  return [
    `${often.name} succeeds most often (${share(often.success)}), but eight times in a row on fewer instances than ${steady.name} (pass^8 ${share(often.passHat8.mean)} and ${share(steady.passHat8.mean)}).`,
    `Its failures are more a matter of chance: ${percent(often.between)} of the variance of its success lies between instances, ${percent(steady.between)} with ${steady.name}${steady.between > 0.5 ? ", where the same hard instances fail again and again" : ""}.`,
  ].join(" ");
}

function reliabilityOf({ name, metrics }: ScenarioResult, prefix: number): Reliability[] {
  const mean = (metric: string) => readMetric(metrics, metric)?.mean ?? null;
  const [success, twice] = [mean("success"), mean("passHat2")];
  const passHat8 = readMetric(metrics, "passHat8");
  if (success === null || twice === null || passHat8?.mean == null) return [];
  const between = (twice - square(success)) / (success * (1 - success));
  return Number.isFinite(between) ? [{ name: name.slice(prefix), success, passHat8, between }] : [];
}

function best<T>(all: readonly T[], by: (one: T) => number): T {
  return all.reduce((most, one) => (by(one) > by(most) ? one : most));
}

const share = (x: number | null) => (x ?? 0).toFixed(2);

const percent = (x: number) => `${Math.round(100 * x)} %`;
