// Variance reduction: the variance that a mean over a net would have if its points were drawn independently, over the
// variance that it has.
import { shipped } from "../../../src/literature/shipped.ts";
import { FIELD } from "../../../src/model/outcome.ts";
import { NETS, netOf } from "../../../src/numerics/nets.ts";
import { variance } from "../../../src/numerics/statistics.ts";
import { instancesOf } from "./rows.ts";

export const REDUCED = {
  success: "success",
  turns: "turns",
  errorsAtAggregation: "errors at aggregation",
  cost: "cost",
} as const;

export type Reduced = keyof typeof REDUCED;

const FIELDS = Object.keys(REDUCED) as Reduced[];

/** Points of a net. With 32 nets and 8 repeats these are runs of 16,384 and 32,768 replications. */
export const NET_SIZES = [64, 128] as const;

/** Runs with nets, of 32 nets each: the variance of 256 net means is known to 9 %. */
const RUNS = 8;
/** Instances of the independent run. */
const INSTANCES = 8192;

export type Reduction = Readonly<Record<Reduced, number>>;

/** The gains of one scenario, by points of a net. */
export async function reduction(file: string): Promise<Record<number, Reduction>> {
  const scenario = await shipped(file);
  const independent = FIELDS.map((): number[] => []);
  for (const row of instancesOf({ ...scenario, sampling: "independent" }, "alone", INSTANCES))
    FIELDS.forEach((field, i) => {
      independent[i].push(row[FIELD[field]]);
    });
  const means = NET_SIZES.map(() => FIELDS.map((): number[] => []));
  for (let run = 0; run < RUNS; run++) {
    const sums = FIELDS.map(() => new Float64Array(NETS));
    let instance = 0;
    for (const row of instancesOf(scenario, `nets ${run}`, NETS * NET_SIZES[1])) {
      FIELDS.forEach((field, i) => {
        sums[i][netOf(instance)] += row[FIELD[field]];
      });
      instance++;
      NET_SIZES.forEach((points, size) => {
        if (instance === NETS * points)
          sums.forEach((ofNets, i) => {
            means[size][i].push(...ofNets.map((sum) => sum / points));
          });
      });
    }
  }
  return Object.fromEntries(
    NET_SIZES.map((points, size) => [
      points,
      Object.fromEntries(
        FIELDS.map((field, i) => [
          field,
          variance(independent[i]) / points / variance(means[size][i]),
        ]),
      ) as Reduction,
    ]),
  );
}
