// Bias: how far the means of nets are from those of independent sampling, in standard errors of the difference.
import { shipped } from "../../../src/literature/shipped.ts";
import { FIELD } from "../../../src/model/outcome.ts";
import { NETS, netOf } from "../../../src/numerics/nets.ts";
import { average, standardError } from "../../../src/numerics/statistics.ts";
import { compile, isSpread, repeatsOf } from "../../../src/scenario/compiling/compile.ts";
import { instancesOf } from "./rows.ts";

const REPLICATIONS = 16_384;
/** Replications of a team of more than this many agents, which take long. */
const [LARGE_TEAM, FEW_REPLICATIONS] = [500, 512];

/** What is compared, of the sums over the repeats of an instance. */
export const COMPARED = {
  success: (row: Float64Array) => row[FIELD.success],
  turns: (row: Float64Array) => row[FIELD.turns],
  errors: (row: Float64Array) => row[FIELD.errorsAtAggregation],
  cost: (row: Float64Array) => row[FIELD.cost],
  latency: (row: Float64Array) => row[FIELD.latency],
  "all repeats succeed": (row: Float64Array) => (row[FIELD.failure] === 0 ? 1 : 0),
} as const;

export type Compared = keyof typeof COMPARED;

/** Standard errors by quantity; `undefined` for streams, which are not spread over nets. */
export async function bias(file: string): Promise<Record<Compared, number> | undefined> {
  const scenario = await shipped(file);
  if (!isSpread(scenario)) return undefined;
  const isLarge = compile(scenario).agents.count > LARGE_TEAM;
  const replications = isLarge ? FEW_REPLICATIONS : REPLICATIONS;
  const instances = Math.ceil(replications / repeatsOf(scenario) / NETS) * NETS;
  const spread = [...instancesOf(scenario, "spread", instances)];
  const alone = [...instancesOf({ ...scenario, sampling: "independent" }, "alone", instances)];
  const entries = Object.entries(COMPARED).map(([name, read]) => [
    name,
    standardErrors(spread.map(read), alone.map(read)),
  ]);
  return Object.fromEntries(entries);
}

/** Relative size of an error that is rounding. */
const ROUNDING = 1e-9;

function standardErrors(spread: readonly number[], alone: readonly number[]): number {
  const nets = Array.from({ length: NETS }, (_, net) =>
    average(spread.filter((_, i) => netOf(i) === net)),
  );
  const error = Math.hypot(standardError(nets), standardError(alone));
  // What is the same in all instances differs by rounding alone.
  const unit = Math.max(error, ROUNDING * Math.abs(average(alone)));
  return unit === 0 ? 0 : (average(nets) - average(alone)) / unit;
}
