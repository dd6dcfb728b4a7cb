// The one text of a plain value, by which equal values are known.

/**
 * JSON text of a plain value, without spaces, keys as they come. Equal values whose keys come in the same order,
 * as those of a normalised scenario do, have equal texts.
 * @throws TypeError for a value that JSON cannot hold: a number that is not finite, a function, a symbol
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (key, item) => {
    if (typeof item === "number" && !Number.isFinite(item))
      throw new TypeError(`${key} is ${item}: JSON holds finite numbers only`);
    if (typeof item === "function" || typeof item === "symbol")
      throw new TypeError(`${key} is a ${typeof item}: JSON holds plain values only`);
    return item;
  });
}
