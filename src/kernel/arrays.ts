// Typed arrays that grow, the one way in which columns of the engine get longer, and arrays that are cleared together.

/** A longer copy of a typed array, padded with zeros. `length` must not be below the array's own. */
export function grown<A extends Float64Array | Int32Array | Uint8Array>(
  array: A,
  length: number,
): A {
  const longer = new (array.constructor as new (length: number) => A)(length);
  longer.set(array);
  return longer;
}

/** Arrays of these lengths side by side in one: to clear it clears them all, which is quicker than one by one. */
export function sideBySide(lengths: readonly number[]): { all: Int32Array; parts: Int32Array[] } {
  const all = new Int32Array(lengths.reduce((sum, length) => sum + length, 0));
  let end = 0;
  const parts = lengths.map((length) => {
    end += length;
    return all.subarray(end - length, end);
  });
  return { all, parts };
}
