// Text for people: breaking lines, padding, counting, naming.

export { commonPrefix } from "../documents/names.ts";

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

/** As `wrap`, of several texts. */
export const wrapAll = (texts: readonly string[], width: number) =>
  texts.flatMap((text) => wrap(text, width));

/** A whole number with a comma after every three digits. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

export const capitalized = (text: string) => text[0].toUpperCase() + text.slice(1);
export const uncapitalized = (text: string) => text[0].toLowerCase() + text.slice(1);

/** A number of things: `1 agent`, `2,000 agents`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}
