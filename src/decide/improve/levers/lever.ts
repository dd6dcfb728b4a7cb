// What a lever is: a number of a scenario that can be set to any value between two bounds, at a price. A setting of one or more of them
// is an option like any other.
import { power } from "../../../numerics/power.ts";
import { clamp } from "../../../numerics/statistics.ts";
import type { Improvement, Improvements } from "../../../scenario/improvements/schema.ts";
import type { Scenario } from "../../../scenario/schema.ts";
import { rangeAt } from "../../../scenario/uncertain/substitute.ts";
import type { Option } from "../option.ts";

export interface Lever {
  /** Of the improvement that states it. */
  readonly name: string;
  /** Dotted path of the number. */
  readonly path: string;
  /** low < high */
  readonly low: number;
  readonly high: number;
  /** Whether equal ratios are equal steps; low > 0 then. */
  readonly isLog: boolean;
  readonly isWhole: boolean;
  /** US dollars per task, at equal steps from low to high; at least one. */
  readonly prices: readonly number[];
  /** Names of options that cannot be taken together with it. */
  readonly excludes: readonly string[];
}

/** A range over this ratio is searched in equal ratios. */
const WIDE = 10;

/** Digits of a value, so that people can type it. */
const DIGITS = 3;

export function leversOf(scenario: Scenario): readonly Lever[] {
  const { improvements = [] } = scenario;
  return improvements.flatMap((one) => {
    const { lever: path, between } = one;
    if (path === undefined || between === undefined) return [];
    const [low, high] = between;
    const isLog = low > 0 && high / low >= WIDE;
    const { isWhole } = rangeAt(scenario, path);
    return { name: one.name, path, low, high, isLog, isWhole, ...termsOf(one, improvements) };
  });
}

function termsOf({ name, price = 0, prices = [0], excludes = [] }: Improvement, all: Improvements) {
  const others = all.filter((other) => other.excludes?.includes(name)).map((other) => other.name);
  return { prices: prices.map((one) => one + price), excludes: [...excludes, ...others] };
}

/** @param unit 0..1 */
export function valueAt({ low, high, isLog, isWhole }: Lever, unit: number): number {
  const value = isLog ? low * power(high / low, unit) : low + unit * (high - low);
  return clamp(isWhole ? Math.round(value) : Number(value.toPrecision(DIGITS)), low, high);
}

/** On straight lines between the prices that are stated. */
export function priceAt({ low, high, prices }: Lever, value: number): number {
  const place = ((value - low) / (high - low)) * (prices.length - 1);
  const before = Math.min(Math.floor(place), prices.length - 1);
  const after = Math.min(before + 1, prices.length - 1);
  return prices[before] + (place - before) * (prices[after] - prices[before]);
}

/** @param point place of each lever in its range, 0..1 */
export function settingOf(
  levers: readonly Lever[],
  point: readonly number[],
  name: string,
): Option {
  const values = levers.map((lever, i) => valueAt(lever, point[i]));
  return {
    name,
    kind: "lever",
    what: levers.map(({ path }, i) => `set ${path} to ${values[i]}`).join(" and "),
    price: levers.reduce((sum, lever, i) => sum + priceAt(lever, values[i]), 0),
    excludes: levers.flatMap(({ excludes }) => excludes),
    edit: () => Object.fromEntries(levers.map(({ path }, i) => [path, values[i]])),
  };
}
