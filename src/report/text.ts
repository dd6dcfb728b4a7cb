// Text for people: breaking lines, padding, counting, naming.

/** Breaks a text into lines of at most `width` characters, between words; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines;
}

/** A whole number with a comma after every three digits. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A number of things: `1 agent`, `2,000 agents`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}

/**
 * What all names begin with, up to the last `-`, `_` or `.`: `finance-agent-` of finance-agent-single and
 * finance-agent-hybrid. Empty where that leaves nothing of some name, or where there is one name only.
 */
export function commonPrefix(names: readonly string[]): string {
  if (names.length < 2) return "";
  const [first, ...rest] = names;
  let length = first.length;
  for (const name of rest) {
    let same = 0;
    while (same < length && name[same] === first[same]) same++;
    length = same;
  }
  const prefix = /^.*[-_.]/.exec(first.slice(0, length))?.[0] ?? "";
  return names.every((name) => name.length > prefix.length) ? prefix : "";
}
