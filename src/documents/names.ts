// Names: what a file is called, and which one is meant by what somebody types.
import { type MapNode, nodeAt, withEntry } from "./reading/tree.ts";

/** Letters of any script, with their accents and vowel signs. */
export const NAME_PATTERN = /^\p{L}[\p{L}\p{M}\p{N}_-]{0,63}$/u;

/** Name of a file without its folder and its ending. */
export function stemOf(file: string): string {
  return file.replace(/^.*[/\\]/s, "").replace(/(?<=.)\.[^.]*$/s, "");
}

/** The tree of a file, called after the file if it does not say what it is called. */
export function nameAfterFile(tree: MapNode, file: string): MapNode {
  if (nodeAt(tree, ["name"]) !== undefined) return tree;
  return withEntry(tree, "name", { kind: "scalar", value: nameOfFile(file), at: tree.at });
}

/** The file's stem, with a dash for what cannot be in a name. */
function nameOfFile(file: string): string {
  const words = stemOf(file)
    .normalize("NFC")
    .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, "-");
  const name = /^\p{L}/u.test(words) ? words : `scenario-${words}`;
  return Array.from(name).slice(0, 64).join("");
}

/**
 * Index of the file that is meant: by its name, its file, the file's stem, or the end of its name by which it differs
 * from the others. -1 where there is none.
 */
export function findNamed(
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
