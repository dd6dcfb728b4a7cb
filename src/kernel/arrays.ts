// Typed arrays that grow, the one way in which columns of the engine get longer; arrays that are cleared together; and a search in
// one that ascends.

/** A longer copy of a typed array, padded with zeros. `length` must not be below the array's own. */
export function grown<A extends Float64Array | Int32Array | Uint8Array>(
  array: A,
  length: number,
): A {
  const longer = new (array.constructor as new (length: number) => A)(length);
  longer.set(array);
  return longer;
}

/** Arrays of these lengths in one: to clear it clears them all, which is quicker than one by one. */
export function sideBySide<Name extends string>(
  lengths: Readonly<Record<Name, number>>,
): { readonly all: Int32Array; readonly parts: Readonly<Record<Name, Int32Array>> } {
  const entries = Object.entries<number>(lengths);
  const all = new Int32Array(entries.reduce((sum, [, length]) => sum + length, 0));
  let end = 0;
  const parts = entries.map(([name, length]) => {
    end += length;
    return [name, all.subarray(end - length, end)];
  });
  return { all, parts: Object.fromEntries(parts) };
}

/**
 * Position of the last of the first `count` numbers that is not above a value. The numbers ascend from 0, and the value is at
 * least 0.
 */
export function lastNotAbove(numbers: Float64Array, value: number, count = numbers.length): number {
  let low = 0;
  let high = count;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= value) low = middle;
    else high = middle;
  }
  return low;
}
