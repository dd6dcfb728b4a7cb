// The file of an estimated scenario: every number with how well it is known, and a comment of where it comes from.
import { Document, isMap, isScalar, type Node } from "yaml";
import { layOut } from "../../documents/writing/layout.ts";
import type { UncertainNumber } from "../../scenario/uncertain/uncertainNumber.ts";
import type { Draft, Stated } from "../team/draft.ts";

/** Significant digits of numbers that are estimated. */
const DIGITS = 3;

/** The draft with its numbers as a file has them: what is written is what is simulated. */
export function roundedDraft<T extends Draft>(draft: T): T {
  const numbers = new Map([...draft.numbers].map(([path, stated]) => [path, rounded(stated)]));
  const tree = structuredClone(draft.tree) as Record<string, unknown>;
  for (const [path, { value }] of numbers) setAt(tree, path, value);
  return { ...draft, tree, numbers };
}

/** The draft with some numbers anew. */
export function withNumbers<T extends Draft>(draft: T, changed: ReadonlyMap<string, Stated>): T {
  return roundedDraft({ ...draft, numbers: new Map([...draft.numbers, ...changed]) });
}

export interface FileOptions {
  /** Lines of the comment at the top. */
  readonly header: readonly string[];
  /** Whether numbers say how well they are known; otherwise they are values alone. */
  readonly isUncertain: boolean;
}

/** The text of a rounded draft. */
export function scenarioText({ tree, numbers, remarks }: Draft, options: FileOptions): string {
  const document = new Document(tree, { aliasDuplicateObjects: false });
  if (options.header.length > 0)
    document.commentBefore = options.header.map((line) => ` ${oneLine(line)}`).join("\n");
  for (const [path, { uncertain, note }] of numbers) {
    const keys = keysOf(tree, path);
    const key = keyAt(document, keys);
    if (key === undefined) continue;
    if (options.isUncertain && uncertain !== undefined)
      document.setIn(keys, document.createNode(uncertain, { flow: true }));
    const node = document.getIn(keys, true) as Node;
    node.comment = ` ${oneLine(note)}`;
  }
  for (const [path, remark] of remarks) {
    const key = keyAt(document, keysOf(tree, path));
    if (key !== undefined) key.commentBefore = ` ${oneLine(remark)}`;
  }
  layOut(document);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

// ---------------------------------------------------------------- numbers

const toDigits = (x: number) => Number(x.toPrecision(DIGITS));

/** Counts stay as they are. */
const toDigitsOrWhole = (x: number) => (Number.isInteger(x) ? x : toDigits(x));

function rounded({ value, uncertain, ...rest }: Stated): Stated {
  return {
    ...rest,
    value: toDigits(value),
    ...(uncertain && !isExact(uncertain) && { uncertain: roundedUncertain(uncertain) }),
  };
}

/** Whether what is written leaves nothing open. */
function isExact(uncertain: UncertainNumber): boolean {
  const written = roundedUncertain(uncertain);
  return "interval" in written && written.interval[0] === written.interval[1];
}

function roundedUncertain(uncertain: UncertainNumber): UncertainNumber {
  const entries = Object.entries(uncertain).map(([key, value]) => [
    key,
    Array.isArray(value)
      ? value.map(key === "beta" ? toDigitsOrWhole : toDigits)
      : toDigits(value as number),
  ]);
  return Object.fromEntries(entries) as UncertainNumber;
}

// ---------------------------------------------------------------- paths

/** The keys of a dotted path. Names of agents and models have no dots. */
function keysOf(tree: unknown, path: string): (string | number)[] {
  let at = tree;
  return path.split(".").map((word) => {
    const key = Array.isArray(at) ? Number(word) : word;
    at = (at as Record<string | number, unknown> | undefined)?.[key];
    return key;
  });
}

function setAt(tree: Record<string, unknown>, path: string, value: number): void {
  const keys = path.split(".");
  let at = tree;
  for (const key of keys.slice(0, -1)) at = (at[key] ??= {}) as Record<string, unknown>;
  at[keys[keys.length - 1]] = value;
}

/** The key under which a value stands. */
function keyAt(document: Document, keys: readonly (string | number)[]): Node | undefined {
  const parent = keys.length === 1 ? document.contents : document.getIn(keys.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  const wanted = keys[keys.length - 1];
  const pair = parent.items.find(({ key }) => isScalar(key) && key.value === wanted);
  if (pair === undefined) return undefined;
  return pair.key as Node;
}

const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
