// JSON of logs as values: integers too long for a number stay exact, as text.

/**
 * What a JSON text stands for. Integers of 16 digits and more, such as the ids of spans in dumps of SDKs, become text.
 * @throws SyntaxError if it is not JSON
 */
export const parseJson = (text: string): unknown => JSON.parse(exactIntegers(text));

const MAY_BE_LONG = /(?:^|[\s:[,])-?\d{16}/;
const LONG = /(^|[\s:[,])(-?\d{16,})(?![\d.eE])/g;

/** The text with quotes around long integers that stand outside strings. */
function exactIntegers(text: string): string {
  if (!MAY_BE_LONG.test(text)) return text;
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const quote = text.indexOf('"', at);
    const end = quote < 0 ? text.length : quote;
    parts.push(text.slice(at, end).replace(LONG, '$1"$2"'));
    at = quote < 0 ? end : afterString(text, quote);
    parts.push(text.slice(end, at));
  }
  return parts.join("");
}

/** The position behind the string that begins at a quote. */
function afterString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return end + 1;
  }
  return text.length;
}
