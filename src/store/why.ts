// Why a cell has to be computed: the stored record whose inputs are nearest, and the fields in which they differ.
//
// Inputs are compared by their leaves: values that hold no others, under dotted paths. Nearest is the record with the
// fewest paths that only one side has or that hold different values. Records of a sweep are nearly alike, so each is kept
// as what it has and lacks against the first one, and what a cell shares with each of them is counted from lists of the
// records that have or lack a field.
//
// 1,000 cells of 300 fields against 1,000 records take about a second, most of it to list the fields. Memory grows with the
// records times the fields in which they differ from the first: 100 MB for 100,000 records that differ in ten.
import { addTo } from "../numerics/grouping.ts";
import type { Store } from "./store.ts";

/** A field in which the wanted inputs differ from stored ones. */
export interface Difference {
  /** Dotted path, such as `scenarios.0.models.base.errorRate`. */
  readonly path: string;
  /** Value in the store, as JSON text; undefined where it has none. */
  readonly stored: string | undefined;
  /** Value wanted, as JSON text; undefined where there is none. */
  readonly wanted: string | undefined;
}

export interface Why {
  /** Key of the nearest record, and its fields that differ; undefined where nothing of the kind is stored. */
  readonly nearest?: { readonly key: string; readonly differences: readonly Difference[] };
}

/**
 * Prepares the answers for the records that a store has now.
 * @param used keys of records that still serve as they are; at the same distance another one is taken, since it is more
 *   likely to be what the wanted inputs were before
 * @returns a function of inputs that tells why there is no record of them, or undefined where there is one. Of records
 *   that are as near, the one with the first key is taken.
 * @throws StoreError damaged, disk
 */
export function explainer(
  store: Store,
  used: ReadonlySet<string> = new Set(),
): (inputs: object) => Why | undefined {
  const neighbours = new Neighbours();
  // In the order of their keys, those in use last.
  const keys = [...store.keys()].sort().sort((a, b) => +used.has(a) - +used.has(b));
  for (const key of keys) neighbours.add(key, leavesOf(inputsOf(store, key)));
  return (inputs) => {
    if (store.has(store.keyOf(inputs))) return undefined;
    const wanted = JSON.parse(JSON.stringify(inputs));
    const leaves = leavesOf(wanted);
    const key = neighbours.nearest(leaves);
    if (key === undefined) return {};
    const stored = inputsOf(store, key);
    const differences = compareLeaves(leavesOf(stored), leaves);
    return {
      nearest: {
        key,
        differences: differences.length > 0 ? differences : [otherOrder(stored, wanted)],
      },
    };
  };
}

/** The answer in a line for each field: `replications: 1000 in the store, 2000 now`. */
export function whyText({ nearest }: Why): string[] {
  if (nearest === undefined) return ["nothing of the kind is stored"];
  return nearest.differences.map(
    ({ path, stored, wanted }) =>
      `${path}: ${stored ?? "absent"} in the store, ${wanted ?? "absent"} now`,
  );
}

function inputsOf(store: Store, key: string): object {
  return store.read(key)?.inputs as object;
}

// ---------------------------------------------------------------- leaves

/** JSON texts of the values that hold no others, by dotted path. */
type Leaves = ReadonlyMap<string, string>;

function leavesOf(value: object): Leaves {
  const leaves = new Map<string, string>();
  const visit = (node: unknown, path: string) => {
    const children = typeof node === "object" && node !== null ? Object.entries(node) : [];
    for (const [key, child] of children) visit(child, path === "" ? key : `${path}.${key}`);
    if (children.length === 0) leaves.set(path, JSON.stringify(node));
  };
  visit(value, "");
  return leaves;
}

function compareLeaves(stored: Leaves, wanted: Leaves): Difference[] {
  const paths = new Set([...wanted.keys(), ...stored.keys()]);
  return [...paths]
    .map((path) => ({ path, stored: stored.get(path), wanted: wanted.get(path) }))
    .filter((difference) => difference.stored !== difference.wanted);
}

/** Where inputs whose leaves are the same differ all the same: in the order of the keys of a map. */
function otherOrder(stored: object, wanted: object, path = ""): Difference {
  const [before, now] = [stored, wanted].map((map) => Object.keys(map).join(", "));
  if (before !== now) return { path, stored: `the order ${before}`, wanted: `the order ${now}` };
  const [key, child] = Object.entries(wanted).find(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(stored[name as keyof object]),
  ) as [string, object];
  return otherOrder(stored[key as keyof object], child, path === "" ? key : `${path}.${key}`);
}

// ---------------------------------------------------------------- nearest

/** Records that share less than this part of all paths and values with a cell are of another kind. */
const LEAST_SHARED = 0.5;

/**
 * Finds the record that is nearest to leaves. A record is a set of features: its paths, and its paths with their values.
 * With n paths on one side, m on the other and c features in common, n + m - c paths differ.
 */
class Neighbours {
  private readonly keys: string[] = [];
  private readonly sizes: number[] = [];
  /** Features of the first record. */
  private first: ReadonlySet<string> = new Set();
  /** Records that have a feature which the first one lacks, and that lack one which it has. */
  private readonly extra = new Map<string, number[]>();
  private readonly lacking = new Map<string, number[]>();

  add(key: string, leaves: Leaves): void {
    const record = this.keys.length;
    const features = featuresOf(leaves);
    if (record === 0) this.first = features;
    for (const feature of features)
      if (!this.first.has(feature)) addTo(this.extra, feature, record);
    for (const feature of this.first)
      if (!features.has(feature)) addTo(this.lacking, feature, record);
    this.keys.push(key);
    this.sizes.push(leaves.size);
  }

  /** The key of the nearest record, of several the one added first; undefined where none is of the kind. */
  nearest(leaves: Leaves): string | undefined {
    const common = this.countCommon(featuresOf(leaves));
    let best: number | undefined;
    let fewest = Number.POSITIVE_INFINITY;
    this.sizes.forEach((size, record) => {
      const differing = size + leaves.size - common[record];
      const paths = Math.max(size, leaves.size);
      if (differing >= fewest || differing > (1 - LEAST_SHARED) * paths) return;
      fewest = differing;
      best = record;
    });
    return best === undefined ? undefined : this.keys[best];
  }

  /** How many of the features each record has. */
  private countCommon(features: ReadonlySet<string>): Int32Array {
    let shared = 0;
    for (const feature of features) if (this.first.has(feature)) shared++;
    const common = new Int32Array(this.keys.length).fill(shared);
    for (const feature of features) {
      for (const record of this.extra.get(feature) ?? []) common[record]++;
      for (const record of this.lacking.get(feature) ?? []) common[record]--;
    }
    return common;
  }
}

function featuresOf(leaves: Leaves): Set<string> {
  const features = new Set<string>();
  for (const [path, value] of leaves) features.add(path).add(`${path}=${value}`);
  return features;
}
