// What was torn, damaged or put among the parts by others: found, told, and in nobody's way.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { changePart, fill, inputsOf, open, partsOf, place, range, useFolders } from "./support.ts";

useFolders();

/** A store of records 0, 1, 2 in one part. */
function begin(): { part: string; bytes: Buffer; keys: string[] } {
  const store = open("write");
  const keys = fill(store, range(0, 3));
  store.close();
  const [part] = partsOf();
  return { part, bytes: readFileSync(part), keys };
}

test("a tail torn at any byte costs that record only, and the next one stands by itself", () => {
  const { part, bytes, keys } = begin();
  const lastLine = bytes.lastIndexOf("\n", -2) + 1;
  for (let length = lastLine + 1; length < bytes.length; length++) {
    writeFileSync(part, bytes.subarray(0, length));
    const store = open("read");
    expect([...store.keys()]).toEqual(keys.slice(0, 2));
    expect(store.warnings).toEqual([expect.stringContaining(`${part}:3: the last record is`)]);
  }
  const store = open("write");
  fill(store, [2, 3]);
  store.close();
  const again = open("read");
  expect(again.size).toBe(4);
  expect(again.warnings).toHaveLength(1);
  expect(readFileSync(part)).toEqual(bytes.subarray(0, -1));
});

test("a part that was cut between two records is whole", () => {
  const { part, bytes, keys } = begin();
  writeFileSync(part, bytes.subarray(0, bytes.lastIndexOf("\n", -2) + 1));
  expect([...open("read").keys()]).toEqual(keys.slice(0, 2));
  expect(open("read").warnings).toEqual([]);
  writeFileSync(part, "");
  expect(open("read").warnings).toEqual([]);
});

test("a wrong bit anywhere costs the record that it is in, or two where it joins them", () => {
  const { part, bytes, keys } = begin();
  const ends = [...bytes.keys()].filter((i) => bytes[i] === 10);
  fc.assert(
    fc.property(fc.nat(8 * bytes.length - 1), (bit) => {
      const at = bit >> 3;
      changePart(part, () => {
        const changed = Buffer.from(bytes);
        changed[at] ^= 1 << (bit & 7);
        return changed;
      });
      const line = ends.findIndex((end) => at <= end);
      const lost = ends[line] === at ? [line, line + 1] : [line];
      const store = open("read");
      expect([...store.keys()]).toEqual(keys.filter((_, i) => !lost.includes(i)));
      expect(store.warnings[0]).toContain(`${part}:${line + 1}: the `);
      store.close();
    }),
    { seed: 1, numRuns: 400 },
  );
});

test("what is lost is appended again", () => {
  const { part, keys } = begin();
  changePart(part, (bytes) => bytes.fill("?", 30, 40));
  const store = open("write");
  expect(store.has(keys[0])).toBe(false);
  fill(store, range(0, 3));
  store.close();
  const again = open("read");
  expect(again.size).toBe(3);
  expect(again.read(keys[0])?.inputs).toEqual(inputsOf(0));
});

test("other files among the parts are told and left alone", () => {
  begin();
  const cells = join(place.store, "cells");
  writeFileSync(join(cells, "part-1.ndjson"), "{}");
  writeFileSync(join(cells, "part-0001.ndjson.bak"), "{}");
  mkdirSync(join(cells, "old"));
  const store = open("write");
  fill(store, [3]);
  expect(store.size).toBe(4);
  expect(store.warnings).toEqual(
    ["old", "part-0001.ndjson.bak", "part-1.ndjson"].map(
      (name) => `${join(cells, name)}: no part of the store; left alone`,
    ),
  );
});

test("a part full of other text is told in a few lines", () => {
  const { part } = begin();
  writeFileSync(part.replace("0001", "0002"), "a,b,c\n".repeat(1000));
  const { size, warnings } = open("read");
  expect(size).toBe(3);
  expect(warnings).toHaveLength(11);
  expect(warnings.at(-1)).toContain("990 more damaged records do not count");
});
