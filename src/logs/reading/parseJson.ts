// JSON of logs as values: integers too long for a number stay exact, as text, and what Python writes for no number is missing.

/**
 * What a JSON text stands for. Integers of 16 digits and more, such as the ids of spans in dumps of SDKs, become text. NaN and
 * infinity, which Python writes though they are no JSON, become null.
 * @throws SyntaxError if it is not JSON
 */
export function parseJson(text: string): unknown {
  const exact = exactIntegers(text);
  try {
    return JSON.parse(exact);
  } catch (error) {
    if (!MAY_BE_NO_NUMBER.test(exact)) throw error;
    return JSON.parse(outsideStrings(exact, (part) => part.replace(NO_NUMBER, "null")));
  }
}

const MAY_BE_LONG = /(?:^|[\s:[,])-?\d{16}/;
const LONG = /(^|[\s:[,])(-?\d{16,})(?![\d.eE])/g;

const MAY_BE_NO_NUMBER = /NaN|Infinity/;
const NO_NUMBER = /NaN|-?Infinity/g;

/** The text with quotes around long integers that stand outside strings. */
const exactIntegers = (text: string): string =>
  MAY_BE_LONG.test(text) ? outsideStrings(text, (part) => part.replace(LONG, '$1"$2"')) : text;

function outsideStrings(text: string, change: (part: string) => string): string {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const quote = text.indexOf('"', at);
    const end = quote < 0 ? text.length : quote;
    parts.push(change(text.slice(at, end)));
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
