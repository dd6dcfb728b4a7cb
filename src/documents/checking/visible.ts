// Text from outside made visible: characters that act on a terminal, or that hide or reverse text, are replaced by ones
// that are seen. One character stands for one, so that columns stay where they are.

/** Controls (C0, C1), marks that reverse, join or hide text, tags, separators of lines, halves of surrogate pairs. */
const HARMFUL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

/** One line of text in which nothing acts or hides: controls as their pictures (␛), tabs as spaces, all else as �. */
export function visible(text: string): string {
  return text.replace(HARMFUL, picture);
}

/** The same of several lines: ends of lines stay. */
export function visibleLines(text: string): string {
  return text.replace(HARMFUL, (character) =>
    character === "\n" ? character : picture(character),
  );
}

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (character === "\t") return " ";
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd";
}

/** JSON or YAML in double quotes with these characters as escapes, which mean the same; ends of lines stay. */
export function escapedInQuotes(text: string): string {
  return text.replace(HARMFUL, (character) =>
    character === "\n"
      ? character
      : Array.from(
          { length: character.length },
          (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`,
        ).join(""),
  );
}

/** Whether a text has such characters, ends of lines aside. */
export function isHarmful(text: string): boolean {
  return text.replaceAll("\n", "").search(HARMFUL) >= 0;
}
