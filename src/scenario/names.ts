// Names: what a scenario is called after its file, and which one is meant by what somebody types.

/** Letters of any script, with their accents and vowel signs. */
export const NAME_PATTERN = /^\p{L}[\p{L}\p{M}\p{N}_-]{0,63}$/u;

/** Names that formulas read, which know the letters A to Z only. */
export const VARIABLE_PATTERN = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** Name of a file without its folder and its ending. */
export function stemOf(file: string): string {
  return file.replace(/^.*[/\\]/s, "").replace(/(?<=.)\.[^.]*$/s, "");
}

/** The name of a scenario that does not say it: that of its file, with a dash for what cannot be in a name. */
export function nameOfFile(file: string): string {
  const words = stemOf(file)
    .normalize("NFC")
    .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, "-");
  const name = /^\p{L}/u.test(words) ? words : `scenario-${words}`;
  return Array.from(name).slice(0, 64).join("");
}

/**
 * Index of the scenario that is meant: by its name, its file, the file's stem, or the end of its name by which it differs
 * from the others. -1 where there is none.
 */
export function findScenario(
  wanted: string,
  names: readonly string[],
  files: readonly string[],
): number {
  const ways = [names, files, files.map(fileOf), files.map(stemOf), endingsOf(names)];
  const meant = plainPath(wanted);
  for (const way of ways) {
    const index = way.findIndex((one) => plainPath(one) === meant);
    if (index >= 0) return index;
  }
  return -1;
}

/** The path without what changes nothing: `./a.yaml` is a.yaml. */
const plainPath = (path: string) =>
  path
    .normalize("NFC")
    .replaceAll("\\", "/")
    .replace(/(?<=^|\/)(\.\/)+/g, "");

/** The file without the folders that lead to it. */
const fileOf = (path: string) => path.replace(/^.*[\\/]/, "");

/** What names end with after what all of them begin with. */
export function endingsOf(names: readonly string[]): string[] {
  const { length } = commonPrefix(names);
  return names.map((name) => name.slice(length));
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
