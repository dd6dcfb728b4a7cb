// Words of options, which are part of the document.

/** A number with at most three digits. */
export const plainText = (x: number): string => String(Number(x.toPrecision(3)));

/** A name of parts: letters, digits, `_` and `-`, at most 64 characters. */
export const nameOf = (...parts: readonly string[]): string =>
  parts.join("-").replaceAll(".", "-").slice(0, 64);
