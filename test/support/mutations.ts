// Damage for fuzzing: operators over trees of plain values, (tree, random) => tree, and over the texts of files. What they
// do depends on the random numbers alone, so that a seed repeats it.

/** Random numbers: `next(n)` is one of 0 .. n - 1. */
export interface Random {
  next(n: number): number;
}

export type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain };
export type TreeOperator = (tree: Plain, random: Random) => Plain;
export type TextOperator = (text: string, random: Random) => string;

/** A small generator (mulberry32), the same on every machine. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return {
    next(n) {
      state = (state + 0x6d2b79f5) >>> 0;
      let t = state;
      t = Math.imul(t ^ (t >>> 15), t | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
    },
  };
}

export const pick = <T>(items: readonly T[], random: Random): T => items[random.next(items.length)];

/** Words that mean something to JavaScript, to YAML, to a terminal or to a page. */
export const WORDS: readonly string[] = [
  "toString",
  "constructor",
  "__proto__",
  "hasOwnProperty",
  "valueOf",
  "prototype",
  "length",
  "then",
  "",
  " ",
  "yes",
  "off",
  "~",
  "0x10",
  "007",
  "1e3",
  "100k",
  "1/3",
  "50%",
  "0,2",
  "1.000,5",
  ".5.",
  "5 sec",
  "1_000",
  "2024-01-01",
  "twenty",
  "= p",
  "= agents",
  "= toString",
  "= 1/0",
  "worker.2",
  "a.b.c",
  "日本",
  "é",
  "\u001b[31m",
  "\u202e",
  "\u009b",
  "\ud800",
  "<script>",
  "x".repeat(300),
];

const VALUES: readonly Plain[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  57,
  1e9,
  1e308,
  [],
  {},
  [null],
  { toString: 1 },
  [[]],
  ...WORDS,
];

type Path = readonly (string | number)[];

function pathsOf(tree: Plain, path: Path = []): Path[] {
  if (typeof tree !== "object" || tree === null) return [path];
  return [path, ...Object.keys(tree).flatMap((key) => pathsOf(childOf(tree, key), [...path, key]))];
}

const childOf = (tree: Plain, key: string | number): Plain =>
  (tree as Record<string | number, Plain>)[key];

/** The tree with the value at a path changed; undefined takes it away. */
function changedAt(tree: Plain, path: Path, change: (value: Plain) => Plain | undefined): Plain {
  if (path.length === 0) return change(tree) ?? null;
  const [key, ...rest] = path;
  const isLast = rest.length === 0;
  const value = isLast ? change(childOf(tree, key)) : changedAt(childOf(tree, key), rest, change);
  if (Array.isArray(tree))
    return tree.flatMap((item, i) =>
      String(i) !== String(key) ? [item] : value === undefined ? [] : [value],
    );
  return Object.fromEntries(
    Object.entries(tree as Record<string, Plain>).flatMap(([name, item]) =>
      name !== key ? [[name, item]] : value === undefined ? [] : [[name, value]],
    ),
  );
}

const somewhere = (tree: Plain, random: Random): Path => pick(pathsOf(tree), random);

export const TREE_OPERATORS: Readonly<Record<string, TreeOperator>> = {
  replaceValue: (tree, random) =>
    changedAt(tree, somewhere(tree, random), () => pick(VALUES, random)),
  removeValue: (tree, random) => changedAt(tree, somewhere(tree, random), () => undefined),
  scaleNumber: (tree, random) =>
    changedAt(tree, somewhere(tree, random), (value) =>
      typeof value === "number" ? value * pick([-1, 0, 0.5, 10, 1e6, 1e300], random) : value,
    ),
  renameKey: (tree, random) =>
    changedAt(tree, somewhere(tree, random), (value) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
      const names = Object.keys(value);
      const old = names.length > 0 ? pick(names, random) : "";
      const name = random.next(2) === 0 ? pick(WORDS, random) : old.slice(0, -1);
      return Object.fromEntries(
        Object.entries(value).map(([key, v]) => [key === old ? name : key, v]),
      );
    }),
  addKey: (tree, random) =>
    changedAt(tree, somewhere(tree, random), (value) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries([
            ...Object.entries(value),
            [pick(WORDS, random), pick(VALUES, random)],
          ])
        : value,
    ),
  /** A value of another place of the same tree. */
  transplant: (tree, random) => {
    const from = somewhere(tree, random);
    const value = from.reduce<Plain>(childOf, tree);
    return changedAt(tree, somewhere(tree, random), () => structuredClone(value));
  },
  repeatItem: (tree, random) =>
    changedAt(tree, somewhere(tree, random), (value) =>
      Array.isArray(value) && value.length > 0 ? [...value, pick(value, random)] : value,
    ),
  wrap: (tree, random) => changedAt(tree, somewhere(tree, random), (value) => [value]),
};

const PIECES = [
  ..."{}[]:,-?!&*#|>'\"%@`\n\t =.0159",
  "\n  ",
  ": ",
  "- ",
  "---\n",
  "<<: ",
  "!!str ",
  "&a ",
  "*a ",
];

export const TEXT_OPERATORS: Readonly<Record<string, TextOperator>> = {
  insert: (text, random) => {
    const at = random.next(text.length + 1);
    return text.slice(0, at) + pick([...PIECES, ...WORDS], random) + text.slice(at);
  },
  cut: (text, random) => {
    const at = random.next(text.length + 1);
    return text.slice(0, at) + text.slice(at + 1 + random.next(8));
  },
  truncate: (text, random) => text.slice(0, random.next(text.length + 1)),
  repeatLine: (text, random) => {
    const lines = text.split("\n");
    const at = random.next(lines.length);
    return [...lines.slice(0, at), lines[at], ...lines.slice(at)].join("\n");
  },
  swapLines: (text, random) => {
    const lines = text.split("\n");
    const [a, b] = [random.next(lines.length), random.next(lines.length)];
    return lines.map((line, i) => (i === a ? lines[b] : i === b ? lines[a] : line)).join("\n");
  },
};

/** A tree damaged one to three times. */
export function damagedTree(tree: Plain, random: Random): Plain {
  let damaged = tree;
  for (let i = 0; i <= random.next(3); i++)
    damaged = pick(Object.values(TREE_OPERATORS), random)(damaged, random);
  return damaged;
}

/** A text damaged one to three times. */
export function damagedText(text: string, random: Random): string {
  let damaged = text;
  for (let i = 0; i <= random.next(3); i++)
    damaged = pick(Object.values(TEXT_OPERATORS), random)(damaged, random);
  return damaged;
}

/** The fewest lines of a text that still fail (delta debugging: Zeller and Hildebrandt 2002, of lines one size after the other). */
export async function fewestLines(
  text: string,
  fails: (text: string) => Promise<boolean>,
): Promise<string> {
  let lines = text.split("\n");
  for (let size = lines.length >> 1; size >= 1; size >>= 1)
    for (let at = 0; at < lines.length; ) {
      const fewer = lines.toSpliced(at, size);
      if (await fails(fewer.join("\n"))) lines = fewer;
      else at += size;
    }
  return lines.join("\n");
}
