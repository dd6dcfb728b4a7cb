// The best setting of levers, where enumeration ends: a Gaussian process over the settings that were seen says where to look next, by its
// expected improvement times the chance that budget and constraints are kept (Jones, Schonlau and Welch 1998; Schonlau, Welch and Jones
// 1998). All settings are seen on the same blocks as today's scenario, so what the process learns from are paired differences.
import { normalCdf } from "../../../numerics/distributions.ts";
import { rootKey } from "../../../numerics/draws.ts";
import {
  type Belief,
  expectedImprovement,
  fitGaussianProcess,
  type GaussianProcess,
} from "../../../numerics/emulating/gaussianProcess.ts";
import { square } from "../../../numerics/power.ts";
import { ScrambledSobol } from "../../../numerics/scrambledSobol.ts";
import { clamp } from "../../../numerics/statistics.ts";
import type { Scenario } from "../../../scenario/schema.ts";
import type { Trials } from "../../trials.ts";
import { Combining, type Made } from "../combining.ts";
import { type Aim, Judge, TODAY } from "../judging.ts";
import { type BlockMean, Observations } from "../observations.ts";
import type { Option } from "../option.ts";
import { plainText } from "../text.ts";
import { type Lever, settingOf } from "./lever.ts";

/** What a search shares with the others of its command. */
export interface Tuning {
  readonly base: Made;
  readonly trials: Trials;
  readonly aim: Aim;
  /** Task instances of a block. */
  readonly instances: number;
  readonly seed: string;
  readonly change: (scenario: Scenario) => Scenario;
}

/** The name of the option that has all levers at once. */
const TOGETHER = "levers-together";

/** Settings of a search: so many, and so many more for each lever; the first of them spread evenly. */
const SETTINGS = { base: 8, perLever: 6 };
const EVEN_FIRST = { base: 4, perLever: 3 };
const BLOCKS = 32;
/** Standard errors by which a limit has to be kept: what keeps it by its mean alone misses it in every second other sample. */
const MARGIN = 2;

/** Searches of levers, in the order in which they are made: each alone, then all together. */
const groupsOf = (levers: readonly Lever[]): readonly (readonly Lever[])[] => [
  ...levers.map((lever) => [lever]),
  ...(levers.length > 1 ? [levers] : []),
];

/**
 * The best setting of each lever alone and of all together, as options that exclude each other where they set the same.
 * @param onProgress told the share that is done
 */
export async function tunedLevers(
  levers: readonly Lever[],
  tuning: Tuning,
  onProgress: (share: number) => void,
): Promise<readonly Option[]> {
  const options: Option[] = [];
  for (const [i, group] of groupsOf(levers).entries()) {
    const isTogether = i === levers.length;
    const name = isTogether ? TOGETHER : group[0].name;
    const best = await new LeverSearch(group, name, tuning).run((share) =>
      onProgress((i + share) / groupsOf(levers).length),
    );
    const alone = isTogether ? levers.map((lever) => lever.name) : [];
    options.push({ ...best, excludes: [...best.excludes, ...alone] });
  }
  return options;
}

type Point = readonly number[];

/** A setting that was seen. */
interface Seen {
  readonly point: Point;
  readonly gain: BlockMean;
  /** By how much each limit is missed, with {@link MARGIN}: negative where it is surely kept. */
  readonly limits: readonly BlockMean[];
  readonly meets: boolean;
  readonly option: Option;
}

/** Points among which the next one is chosen: spread evenly, and around the best, how far by turns. */
const CANDIDATES = { even: 512, around: 256, reach: [0.2, 0.02] };

class LeverSearch {
  private readonly levers: readonly Lever[];
  private readonly name: string;
  private readonly tuning: Tuning;
  /** Grows as settings are tried. */
  private readonly options: Option[] = [];
  private readonly judge: Judge;
  private readonly seen: Seen[] = [];

  constructor(levers: readonly Lever[], name: string, tuning: Tuning) {
    this.levers = levers;
    this.name = name;
    this.tuning = tuning;
    const { base, trials, aim, instances, change } = tuning;
    const combining = new Combining(base, this.options, change);
    const seed = `${tuning.seed}/levers`;
    const observations = new Observations(trials, combining, { seed, instances });
    this.judge = new Judge(observations, aim, this.options);
  }

  /** Where no setting makes a valid scenario, any of them: it will be left out with the reason. */
  async run(onProgress: (share: number) => void): Promise<Option> {
    const { length: k } = this.levers;
    const settings = SETTINGS.base + SETTINGS.perLever * k;
    const first = this.net(EVEN_FIRST.base + EVEN_FIRST.perLever * k, "first");
    await this.judge.observations.upTo(BLOCKS, [TODAY]);
    for (let count = 0; count < settings; count++) {
      await this.see(first[count] ?? this.proposed(count));
      onProgress((count + 1) / settings);
    }
    const best = this.best();
    return best === undefined ? this.options[0] : this.told(best.option);
  }

  private told(option: Option): Option {
    const ranges = this.levers.map(({ low, high }) => `${plainText(low)} to ${plainText(high)}`);
    return {
      ...option,
      assumes: `the best of ${this.seen.length} settings from ${ranges.join(", and ")}`,
    };
  }

  /** Tries a point, unless the same values were tried before. */
  private async see(point: Point): Promise<void> {
    const option = settingOf(this.levers, point, this.name);
    if (this.options.some(({ what }) => what === option.what)) return;
    const set = [this.options.push(option) - 1];
    const { length: isValid } = await this.judge.observations.upTo(BLOCKS, [set]);
    const gain = this.judge.gain(set, TODAY);
    if (isValid === 0 || Number.isNaN(gain.mean)) return;
    const limits = this.judge.limits(set).map((missed) => ({
      ...missed,
      mean: missed.mean + MARGIN * missed.error,
    }));
    this.seen.push({ point, gain, limits, meets: limits.every(({ mean }) => mean <= 0), option });
  }

  // -------------------------------------------------------------- where to look

  private proposed(count: number): Point {
    const gain = this.gains();
    const candidates = this.candidates(count, this.best(gain));
    if (gain === undefined || this.seen.length < this.levers.length + 2)
      return candidates[count % candidates.length];
    const limits = this.seen[0].limits.map((_, i) => this.belief((one) => one.limits[i]));
    const chance = (point: Point) =>
      limits.reduce((product, limit) => product * chanceKept(limit.predict(point)), 1);
    const known = this.seen.filter(({ meets }) => meets);
    const best = Math.max(...known.map(({ point }) => gain.predict(point).mean));
    return greatest(candidates, (point) =>
      known.length === 0
        ? chance(point)
        : chance(point) * expectedImprovement(gain.predict(point), best),
    );
  }

  /** The setting within the limits of which the process believes most; without any, the one that misses them least. */
  private best(gain = this.gains()): Seen | undefined {
    const known = this.seen.filter(({ meets }) => meets);
    if (known.length === 0)
      return greatest(this.seen, ({ limits }) => -Math.max(...limits.map(({ mean }) => mean)));
    if (gain === undefined) return known[0];
    return greatest(known, ({ point }) => gain.predict(point).mean);
  }

  /** What is believed of the gain; undefined of a single setting. */
  private gains(): GaussianProcess | undefined {
    return this.seen.length < 2 ? undefined : this.belief(({ gain }) => gain);
  }

  private belief(of: (seen: Seen) => BlockMean) {
    const values = this.seen.map(of);
    return fitGaussianProcess({
      points: this.seen.map(({ point }) => point),
      values: values.map(({ mean }) => mean),
      noise: values.map(({ error }) => square(error)),
    });
  }

  private candidates(count: number, best: Seen | undefined): readonly Point[] {
    const even = this.net(CANDIDATES.even, `even/${count}`);
    if (best === undefined) return even;
    const reach = CANDIDATES.reach[count % 2];
    const around = this.net(CANDIDATES.around, `around/${count}`).map((point) =>
      point.map((u, k) => clamp(best.point[k] + reach * (2 * u - 1), 0, 1)),
    );
    return [...even, ...around];
  }

  /** The first points of a scrambled net in the unit box. */
  private net(count: number, use: string): readonly Point[] {
    const { length: dimension } = this.levers;
    const net = new ScrambledSobol(rootKey(`${this.tuning.seed}/${this.name}/${use}`), dimension);
    return Array.from({ length: count }, (_, i) => {
      net.enter(0, i);
      return Array.from({ length: dimension }, (_, k) => net.coordinate(k));
    });
  }
}

/** The chance that what is missed is at most 0. */
function chanceKept({ mean, variance }: Belief): number {
  return variance === 0 ? Number(mean <= 0) : normalCdf(-mean / Math.sqrt(variance));
}

/** The first of the items with the greatest worth; undefined of none. */
function greatest<T>(items: readonly T[], worthOf: (item: T) => number): T {
  const worths = items.map(worthOf);
  return items[worths.reduce((best, worth, i) => (worth > worths[best] ? i : best), 0)];
}
