// Damages files on purpose: operators on trees of plain values, as JSON and YAML have them, and on texts.
//
// An operator takes a tree or a text and a source of chance, and returns a damaged copy; what it took stays as it was.
// Where an operator finds nothing to damage, it returns what it took.
import seedrandom from "seedrandom";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A uniform number in [0, 1). */
export type Random = () => number;

export type Mutation = (tree: Json, random: Random) => Json;

/** The same numbers for the same seed. */
export const randomOf = (seed: string | number): Random => seedrandom(String(seed));

export const pick = <T>(items: readonly T[], random: Random): T =>
  items[Math.floor(random() * items.length)];

// ---------------------------------------------------------------- places

type Path = readonly (string | number)[];

const isMap = (tree: Json): tree is { [key: string]: Json } =>
  typeof tree === "object" && tree !== null && !Array.isArray(tree);

const keysOf = (tree: Json): Path =>
  Array.isArray(tree) ? [...tree.keys()] : isMap(tree) ? Object.keys(tree) : [];

const childOf = (tree: Json, key: string | number): Json => (tree as { [key: string]: Json })[key];

const valueAt = (tree: Json, path: Path): Json => path.reduce(childOf, tree);

/** How often a walk stops where it could go on: shallow places, of which there are few, are met as well. */
const STOP = 0.15;

/** A place at random, never the root: each step goes to any child. Undefined where the tree has no place. */
function randomPath(tree: Json, random: Random): Path | undefined {
  const path: (string | number)[] = [];
  let at = tree;
  for (let keys = keysOf(at); keys.length > 0; keys = keysOf(at)) {
    if (path.length > 0 && random() < STOP) break;
    const key = pick(keys, random);
    path.push(key);
    at = childOf(at, key);
  }
  return path.length > 0 ? path : undefined;
}

/** A place whose value passes; undefined where a few walks met none. */
function pathTo(
  tree: Json,
  random: Random,
  passes: (value: Json, path: Path) => boolean,
): Path | undefined {
  for (let walk = 0; walk < 20; walk++) {
    const path = randomPath(tree, random);
    if (path && passes(valueAt(tree, path), path)) return path;
  }
  return undefined;
}

/** A copy of the tree in which the map or list around a place was changed. */
function changed(
  tree: Json,
  path: Path | undefined,
  change: (around: Json, key: string | number) => Json,
): Json {
  if (path === undefined) return tree;
  const [key, ...rest] = path;
  if (rest.length === 0) return change(tree, key);
  return withChild(tree, key, changed(childOf(tree, key), rest, change));
}

function withChild(tree: Json, key: string | number, child: Json): Json {
  if (Array.isArray(tree)) return tree.map((item, i) => (i === key ? child : item));
  return fromEntries(entriesOf(tree).map(([k, v]) => [k, k === key ? child : v]));
}

const entriesOf = (tree: Json): [string, Json][] => Object.entries(tree as object);

/** Also a key __proto__ becomes a key like any other. */
const fromEntries = (entries: readonly (readonly [string, Json])[]): Json =>
  Object.fromEntries(entries);

/** A copy in which the value of a place is another one. */
const replaced = (tree: Json, path: Path | undefined, value: Json): Json =>
  changed(tree, path, (around, key) => withChild(around, key, value));

// ---------------------------------------------------------------- values that are wrong almost everywhere

const ODD_NUMBERS = [
  ...[-1, 0, 0.5, -0.5, 1.5, 57, 1e9, 1e-300, 1e21, 1e308, -1e308],
  ...[2 ** 31, 2 ** 32, 2 ** 53 + 2],
];

/** Words that mean something to JavaScript, YAML, a format of numbers, a formula, a terminal or a page. */
const ODD_TEXTS: readonly string[] = [
  ...[
    "toString",
    "constructor",
    "__proto__",
    "hasOwnProperty",
    "valueOf",
    "prototype",
    "length",
    "then",
  ],
  ...[
    "",
    " ",
    "~",
    "yes",
    "off",
    "null",
    "undefined",
    "NaN",
    "Infinity",
    ".inf",
    "two\nlines",
    "# c",
  ],
  ...["0x10", "007", "1e3", "-1", "100k", "1/3", "50%", "0,2", "1.000,5", ".5.", "5 sec", "1_000"],
  ...["2024-01-01", "twenty", "1:5", "3:3:1", "= p", "= agents", "= toString", "= 1/0", "=1+1"],
  ...[
    "success",
    "success >= 70 %",
    "p95 latency <= 20",
    "pass^8>=10%",
    "a.b[0]",
    "a.b.c",
    "worker.2",
  ],
  ...[
    "日本",
    "é",
    "e\u0301",
    "👩‍👩‍👧",
    "\u001b[31m",
    "\u009b",
    "\u202e",
    "\u0000",
    "\ud800",
    "\ufdd0[31m",
  ],
  ...["<script>", "</script><script>alert(1)</script>", "x".repeat(300), "x".repeat(3000)],
];

const ODD_VALUES: readonly Json[] = [
  ...[null, true, false],
  ...[[], {}, [null], [[]], { mean: null }, { mean: "x", ci: [1] }, { toString: 1 }],
  ...ODD_TEXTS,
  ...ODD_NUMBERS,
];

/** A list in a list in a list. */
function nested(depth: number): Json {
  let value: Json = [];
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
}

// ---------------------------------------------------------------- operators on trees

const isNumber = (value: Json) => typeof value === "number";
const isText = (value: Json) => typeof value === "string";
const isFilled = (value: Json) => keysOf(value).length > 0;
const isInMap = (_: Json, path: Path) => typeof path.at(-1) === "string";
const isInList = (_: Json, path: Path) => typeof path.at(-1) === "number";

export const MUTATIONS = {
  deleteKey: (tree, random) =>
    changed(tree, pathTo(tree, random, isInMap), (around, key) =>
      fromEntries(entriesOf(around).filter(([k]) => k !== key)),
    ),
  renameKey: (tree, random) =>
    changed(tree, pathTo(tree, random, isInMap), (around, key) =>
      fromEntries(
        entriesOf(around).map(([k, v]) => [k === key ? misspelt(k, random) : k, v] as const),
      ),
    ),
  addKey: (tree, random) =>
    changed(tree, pathTo(tree, random, isInMap), (around) =>
      fromEntries([...entriesOf(around), [pick(ODD_TEXTS, random), pick(ODD_VALUES, random)]]),
    ),
  changeType: (tree, random) => replaced(tree, randomPath(tree, random), pick(ODD_VALUES, random)),
  changeNumber: (tree, random) =>
    replaced(tree, pathTo(tree, random, isNumber), pick(ODD_NUMBERS, random)),
  scaleNumber: (tree, random) => {
    const path = pathTo(tree, random, isNumber);
    const factor = pick([-1, 0, 0.5, 10, 1e6, 1e300], random);
    return path ? replaced(tree, path, (valueAt(tree, path) as number) * factor) : tree;
  },
  changeText: (tree, random) =>
    replaced(tree, pathTo(tree, random, isText), pick(ODD_TEXTS, random)),
  swapValues: (tree, random) => {
    const [a, b] = [randomPath(tree, random), randomPath(tree, random)];
    if (a === undefined || b === undefined || isWithin(a, b) || isWithin(b, a)) return tree;
    return replaced(replaced(tree, a, valueAt(tree, b)), b, valueAt(tree, a));
  },
  swapSiblings: (tree, random) =>
    changed(tree, randomPath(tree, random), (around, key) => {
      const other = pick(keysOf(around), random);
      const [one, two] = [childOf(around, key), childOf(around, other)];
      return withChild(withChild(around, key, two), other, one);
    }),
  copyText: (tree, random) => {
    const path = pathTo(tree, random, isText);
    return replaced(tree, pathTo(tree, random, isText), path ? valueAt(tree, path) : "");
  },
  dropItem: (tree, random) =>
    changed(tree, pathTo(tree, random, isInList), (around, key) =>
      (around as Json[]).filter((_, i) => i !== key),
    ),
  repeatItem: (tree, random) =>
    changed(tree, pathTo(tree, random, isInList), (around, key) => [
      ...(around as Json[]),
      childOf(around, key),
    ]),
  reverse: (tree, random) => {
    const path = pathTo(tree, random, (value) => Array.isArray(value) && value.length > 1);
    const list = path ? (valueAt(tree, path) as Json[]) : [];
    return replaced(tree, path, [...list].reverse());
  },
  empty: (tree, random) => {
    const path = pathTo(tree, random, isFilled);
    return path ? replaced(tree, path, Array.isArray(valueAt(tree, path)) ? [] : {}) : tree;
  },
  deepen: (tree, random) => replaced(tree, randomPath(tree, random), nested(500)),
  wrap: (tree, random) => {
    const path = randomPath(tree, random);
    return path ? replaced(tree, path, [valueAt(tree, path)]) : tree;
  },
} satisfies Record<string, Mutation>;

const isWithin = (inner: Path, outer: Path) => outer.every((key, i) => inner[i] === key);

function misspelt(key: string, random: Random): string {
  const at = Math.floor(random() * key.length);
  const slips = [key.slice(0, at) + key.slice(at + 1), `${key}s`, key.toUpperCase()];
  return pick([...slips, pick(ODD_TEXTS, random)], random);
}

// ---------------------------------------------------------------- operators on text

type TextMutation = (text: string, random: Random) => string;

const offsetIn = (text: string, random: Random) => Math.floor(random() * (text.length + 1));

const PIECES = [
  ..."{}[]:,-?!&*#|>'\"%@`\\\n\t\r\0\ufeff =.0159",
  ...["\n  ", ": ", "- ", "---\n", "<<: ", "!!str ", "&a ", "*a ", "// c", "\\u12", "null"],
  ...ODD_TEXTS,
];
const NUMBERS = [
  ...[
    "1e999",
    "-1e999",
    "1e-999",
    "NaN",
    "Infinity",
    ".inf",
    "-0",
    "01",
    "1.",
    "0x10",
    "0,5",
    "5 sec",
  ],
  "9".repeat(400),
];

export const TEXT_MUTATIONS = {
  truncate: (text, random) => text.slice(0, offsetIn(text, random)),
  cutOut: (text, random) => {
    const at = offsetIn(text, random);
    return text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 20));
  },
  insert: (text, random) => {
    const at = offsetIn(text, random);
    return text.slice(0, at) + pick(PIECES, random) + text.slice(at);
  },
  oddNumber: (text, random) => {
    const from = offsetIn(text, random);
    const to = pick(NUMBERS, random);
    return text.slice(0, from) + text.slice(from).replace(/(?<=[:[,]\s*)-?\d[\d.e+-]*/, to);
  },
  deepNesting: (text, random) => {
    const from = offsetIn(text, random);
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    return text.slice(0, from) + text.slice(from).replace(/(?<=:\s*)("[^"]*"|-?\d[\d.e+-]*)/, deep);
  },
  twice: (text) => text + text,
  repeatLine: (text, random) => {
    const lines = text.split("\n");
    const at = Math.floor(random() * lines.length);
    return lines.toSpliced(at, 0, lines[at]).join("\n");
  },
  swapLines: (text, random) => {
    const lines = text.split("\n");
    const [a, b] = [random(), random()].map((place) => Math.floor(place * lines.length));
    return lines.with(a, lines[b]).with(b, lines[a]).join("\n");
  },
} satisfies Record<string, TextMutation>;

// ---------------------------------------------------------------- damage

/** Damages in one place or a few. */
function damagedBy<T>(operators: Readonly<Record<string, (whole: T, random: Random) => T>>) {
  const all = Object.values(operators);
  return (whole: T, random: Random): T => {
    let damaged = pick(all, random)(whole, random);
    while (random() < 0.35) damaged = pick(all, random)(damaged, random);
    return damaged;
  };
}

export const mutateDocument: Mutation = damagedBy(MUTATIONS);
export const mutateText: TextMutation = damagedBy(TEXT_MUTATIONS);
