// Groups of items, and sets of numbers as lists.

/** The items by key, keys and items in the order in which they come, as Map.groupBy of Node 21. */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) addTo(groups, keyOf(item), item);
  return groups;
}

/** Adds an item to the group of a key. */
export function addTo<T, K>(groups: Map<K, T[]>, key: K, item: T): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}

/** Items that agree in a key, in the order of the first of each group. */
export const alike = <T>(items: Iterable<T>, keyOf: (item: T) => unknown): T[][] => [
  ...groupBy(items, keyOf).values(),
];

/** The numbers that there are, each once. */
export const ascending = (numbers: Iterable<number>): number[] =>
  [...new Set(numbers)].sort((a, b) => a - b);
