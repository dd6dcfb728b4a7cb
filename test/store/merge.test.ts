// Stores that are merged into one.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { StoreConflict } from "../../src/store/errors.ts";
import { mergeStores } from "../../src/store/merge.ts";
import type { Store } from "../../src/store/store.ts";
import {
  FailingDisk,
  fill,
  inputsOf,
  open,
  outcomeOf,
  partsOf,
  place,
  range,
  thrownBy,
  useFolders,
} from "./support.ts";

useFolders();

/** A store of some records, in a folder of its own. */
function shard(name: string, numbers: readonly number[], options = {}): Store {
  const store = open("write", join(place.folder, name), options);
  fill(store, numbers);
  return store;
}

const numbersIn = (store: Store) =>
  [...store.keys()].map((key) => {
    const { inputs } = store.read(key) as { inputs: ReturnType<typeof inputsOf> };
    return Math.round(100 * inputs.scenario.rate);
  });

describe("merging", () => {
  test("brings all records together, byte by byte", () => {
    const shards = [shard("a", range(0, 5)), shard("b", range(5, 7)), shard("c", [])];
    const reports = mergeStores(open("write"), shards);
    expect(reports).toEqual([
      { folder: shards[0].folder, records: 5, copied: 5, known: 0, overlaps: 0 },
      { folder: shards[1].folder, records: 2, copied: 2, known: 0, overlaps: 0 },
      { folder: shards[2].folder, records: 0, copied: 0, known: 0, overlaps: 0 },
    ]);
    expect(numbersIn(open("read"))).toEqual(range(0, 7));
    const texts = [...partsOf(shards[0].folder), ...partsOf(shards[1].folder)];
    expect(readFileSync(partsOf()[0], "utf8")).toBe(
      texts.map((path) => readFileSync(path, "utf8")).join(""),
    );
  });

  test("counts what several have, and what the target had", () => {
    const target = open("write");
    fill(target, [0, 1]);
    const reports = mergeStores(target, [shard("a", [1, 2, 3]), shard("b", [3, 1, 4])]);
    expect(reports).toMatchObject([
      { records: 3, copied: 2, known: 1, overlaps: 0 },
      { records: 3, copied: 1, known: 1, overlaps: 2 },
    ]);
    expect(numbersIn(target)).toEqual(range(0, 5));
  });

  test("again changes nothing", () => {
    const shards = [shard("a", [1, 2]), shard("b", [3])];
    mergeStores(open("write"), shards);
    const before = readFileSync(partsOf()[0]);
    expect(mergeStores(open("write"), shards)).toMatchObject([
      { copied: 0, known: 2 },
      { copied: 0, known: 1 },
    ]);
    expect(partsOf().map((path) => readFileSync(path))).toEqual([before]);
  });

  test("that was stopped after any record goes on from there", () => {
    for (const after of range(0, 6)) {
      const folder = join(place.folder, `stopped-${after}`);
      const shards = [shard("a", [0, 1, 2]), shard("b", [2, 3, 4])];
      const disk = new FailingDisk();
      const target = open("write", folder, { disk });
      // Neither cut back nor tidied up: as if the process had been killed.
      disk.failure = { on: "write", after, code: "EIO", partly: 99, stuck: true };
      const merge = () => mergeStores(target, shards);
      if (after < 5) expect(merge).toThrow("the disk reports an error");
      else merge();
      mergeStores(open("write", folder), shards);
      expect(numbersIn(open("read", folder)).sort()).toEqual(range(0, 5));
    }
  });

  test("of different engines is refused", () => {
    const error = thrownBy(() => mergeStores(open("write"), [shard("a", [1], { semantics: 4 })]));
    expect(error).toMatchObject({ trouble: "semantics" });
    expect((error as Error).message).toContain(join(place.folder, "a"));
    expect(open("read").size).toBe(0);
  });

  test("of stores that contradict each other names both places, and copies nothing", () => {
    const [a, b] = [shard("a", [1, 2]), shard("b", [3])];
    b.append(inputsOf(2), outcomeOf(9));
    const error = thrownBy(() => mergeStores(open("write"), [a, b]));
    expect(error).toBeInstanceOf(StoreConflict);
    expect(error).toMatchObject({
      places: [`${partsOf(a.folder)[0]}:2`, `${partsOf(b.folder)[0]}:2`],
    });
    expect(open("read").size).toBe(0);
  });

  test("into a store that contradicts a source is refused", () => {
    const target = open("write");
    target.append(inputsOf(1), outcomeOf(9));
    expect(() => mergeStores(target, [shard("a", [0, 1])])).toThrow(StoreConflict);
    expect(target.size).toBe(1);
  });

  test("takes the final outcome, whichever store has it", () => {
    const failed = (name: string, inputs: object) => {
      const store = open("write", join(place.folder, name));
      store.append(inputs, { message: `it failed in ${name}` }, { final: false });
      return store;
    };
    const shards = [failed("a", inputsOf(1)), shard("b", [1]), failed("c", inputsOf(1))];
    const target = open("write");
    expect(mergeStores(target, shards).map(({ copied }) => copied)).toEqual([1, 1, 0]);
    const key = target.keyOf(inputsOf(1));
    expect(open("read").read(key)?.outcome).toEqual(outcomeOf(1));
  });

  test("keeps what is not final as such", () => {
    const store = open("write", join(place.folder, "a"));
    const key = store.append({ a: 1 }, { message: "it failed" }, { final: false });
    mergeStores(open("write"), [store]);
    expect(open("read").isFinal(key)).toBe(false);
    expect(open("read").read(key)?.outcome).toEqual({ message: "it failed" });
  });
});

test("a key that a store does not have cannot be copied from it", () => {
  expect(() => open("write").copy("0", shard("a", []))).toThrow("must be of a record of the store");
});
