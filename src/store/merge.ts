// Merging: the records of several stores, such as the shards of one sweep, go into one. They are copied byte by byte, so
// that it does not matter how often and in which steps stores are merged.
import { otherEngine, StoreConflict } from "./errors.ts";
import type { Store } from "./store.ts";

export interface SourceReport {
  readonly folder: string;
  /** Records that the source has. */
  readonly records: number;
  /** Records of it that were written to the target. */
  readonly copied: number;
  /** Records of it that the target had before. */
  readonly known: number;
  /** Records of it that a source before it has too: work that was done twice. */
  readonly overlaps: number;
}

/**
 * Copies all records of the sources to the target. Everything is checked before anything is written. When it is stopped
 * midway, the target holds what was copied so far, and merging again copies the rest.
 * @param target a store that is open to write
 * @returns a report for each source, in their order
 * @throws StoreError semantics, damaged, disk
 * @throws StoreConflict where two of the stores hold different final outcomes of the same inputs
 */
export function mergeStores(target: Store, sources: readonly Store[]): SourceReport[] {
  for (const source of sources)
    if (source.engine.semantics !== target.engine.semantics)
      throw otherEngine(source.folder, source.engine, target.engine);
  const reports = sources.map((source, i) => examine(source, target, sources.slice(0, i)));
  return sources.map((source, i) => ({ ...reports[i], copied: copyAll(source, target) }));
}

/** @throws StoreConflict where the source contradicts the target or a source before it */
function examine(source: Store, target: Store, before: readonly Store[]) {
  let known = 0;
  let overlaps = 0;
  for (const key of source.keys()) {
    const twins = before.filter((other) => other.has(key));
    if (twins.length > 0) overlaps++;
    if (target.has(key)) known++;
    for (const other of target.has(key) ? [target, ...twins] : twins)
      if (contradict(key, source, other))
        throw new StoreConflict(key, [other.placeOf(key) as string, source.placeOf(key) as string]);
  }
  return { folder: source.folder, records: source.size, known, overlaps };
}

function contradict(key: string, one: Store, other: Store): boolean {
  return one.isFinal(key) && other.isFinal(key) && !one.agrees(key, other);
}

function copyAll(source: Store, target: Store): number {
  let copied = 0;
  for (const key of source.keys()) if (target.copy(key, source)) copied++;
  return copied;
}
