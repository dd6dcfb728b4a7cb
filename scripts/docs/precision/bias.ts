// Bias: how far the means of nets are from those of independent sampling, in standard errors of the difference.
import { FIELD } from "../../../src/model/outcome.ts";
import { NETS } from "../../../src/numerics/nets.ts";
import { compile, isSpread, repeatsOf } from "../../../src/scenario/compiling/compile.ts";
import { instancesOf, moments } from "./rows.ts";
import { shipped } from "./shipped.ts";

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
  const spread = [...copies(instancesOf(scenario, "spread", instances))];
  const alone = [
    ...copies(instancesOf({ ...scenario, sampling: "independent" }, "alone", instances)),
  ];
  const entries = Object.entries(COMPARED).map(([name, read]) => [
    name,
    standardErrors(spread.map(read), alone.map(read)),
  ]);
  return Object.fromEntries(entries);
}

function* copies(rows: Iterable<Float64Array>): Generator<Float64Array> {
  for (const row of rows) yield row.slice();
}

/** Relative size of an error that is rounding. */
const ROUNDING = 1e-9;

function standardErrors(spread: readonly number[], alone: readonly number[]): number {
  const nets = Array.from(
    { length: NETS },
    (_, net) => moments(spread.filter((_, i) => i % NETS === net)).mean,
  );
  const [a, b] = [moments(nets), moments(alone)];
  const error = Math.sqrt(a.variance / NETS + b.variance / alone.length);
  // What is the same in all instances differs by rounding alone.
  const unit = Math.max(error, ROUNDING * Math.abs(b.mean));
  return unit === 0 ? 0 : (a.mean - b.mean) / unit;
}
