// Typed arrays that grow: the one way in which columns of the engine get longer.

/** A longer copy of a typed array, padded with zeros. `length` must not be below the array's own. */
export function grown<A extends Float64Array | Int32Array | Uint8Array>(
  array: A,
  length: number,
): A {
  const longer = new (array.constructor as new (length: number) => A)(length);
  longer.set(array);
  return longer;
}
