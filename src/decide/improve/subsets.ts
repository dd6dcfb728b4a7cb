// Sets of options next to others, and all of them up to a size.
import type { OptionSet } from "./combining.ts";

/** The set with one more option. */
export const withOption = (set: OptionSet, option: number): OptionSet =>
  [...set, option].sort((a, b) => a - b);

/** The set with one option less. */
export const withoutOption = (set: OptionSet, option: number): OptionSet =>
  set.filter((one) => one !== option);

/** All sets of some options with `low` to `high` members, smaller ones first. */
export function subsets(options: readonly number[], low: number, high: number): OptionSet[] {
  const sorted = [...options].sort((a, b) => a - b);
  let ofSize: OptionSet[] = [[]];
  const found: OptionSet[] = low === 0 ? [[]] : [];
  for (let size = 1; size <= Math.min(high, sorted.length); size++) {
    ofSize = ofSize.flatMap((set) =>
      sorted.filter((option) => option > (set.at(-1) ?? -1)).map((option) => [...set, option]),
    );
    if (size >= low) found.push(...ofSize);
  }
  return found;
}

/** Sets that differ in one change: one option more, one less, or one in place of another. */
export function neighbours(set: OptionSet, options: readonly number[], most: number): OptionSet[] {
  const others = options.filter((option) => !set.includes(option));
  const less = set.map((option) => withoutOption(set, option));
  const swapped = less.flatMap((rest) => others.map((option) => withOption(rest, option)));
  const more = set.length < most ? others.map((option) => withOption(set, option)) : [];
  return [...more, ...less, ...swapped];
}
