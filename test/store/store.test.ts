// A store from its making to its closing, in one process and on a disk that works.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { StoreConflict, StoreError } from "../../src/store/errors.ts";
import {
  changePart,
  ENGINE,
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

describe("records", () => {
  test("come back as they were appended, at once and after opening again", () => {
    const store = open("write");
    const keys = fill(store, range(0, 50));
    for (const again of [store, open("read")]) {
      expect(again.size).toBe(50);
      expect([...again.keys()]).toEqual(keys);
      keys.forEach((key, i) => {
        expect(again.has(key)).toBe(true);
        expect(again.isFinal(key)).toBe(true);
        expect(again.read(key)).toEqual({
          inputs: inputsOf(i),
          outcome: outcomeOf(i),
          final: true,
        });
      });
      expect(again.warnings).toEqual([]);
    }
  });

  test("keep the order of the keys of their outcomes", () => {
    const key = open("write").append({ a: 1 }, { z: 1, a: { y: 2, b: 3 } });
    expect(JSON.stringify(open("read").read(key)?.outcome)).toBe('{"z":1,"a":{"y":2,"b":3}}');
  });

  test("that are not there are not found", () => {
    const store = open("write");
    const key = store.keyOf({ a: 1 });
    expect([store.has(key), store.isFinal(key), store.read(key), store.placeOf(key)]).toEqual([
      false,
      false,
      undefined,
      undefined,
    ]);
  });

  test("are told by file and line", () => {
    const store = open("write");
    const [, second] = fill(store, [1, 2]);
    expect(store.placeOf(second)).toBe(`${partsOf()[0]}:2`);
    expect(open("read").placeOf(second)).toBe(`${partsOf()[0]}:2`);
  });

  test("longer than any block of reading come back", () => {
    const store = open("write");
    const long = { text: "x".repeat(5_000_000) };
    const keys = [
      store.append({ a: 1 }, {}),
      store.append({ a: 2 }, long),
      store.append({ a: 3 }, {}),
    ];
    const again = open("read");
    expect([...again.keys()]).toEqual(keys);
    expect(again.read(keys[1])?.outcome).toEqual(long);
    expect(again.warnings).toEqual([]);
  });

  test("of the same inputs and outcome are written once", () => {
    const store = open("write");
    expect(fill(store, [1, 2, 1])).toHaveLength(3);
    expect(store.size).toBe(2);
    fill(open("write"), [2, 1]);
    expect(partsOf()).toHaveLength(1);
    expect(readFileSync(partsOf()[0], "utf8").split("\n")).toHaveLength(3);
  });

  test("cannot be appended to a store that is closed or open to read", () => {
    const store = open("write");
    const [key] = fill(store, [1]);
    const reader = open("read");
    store.close();
    expect(() => fill(store, [2])).toThrow("closed");
    expect(() => store.read(key)).toThrow("closed");
    expect(() => fill(reader, [2])).toThrow("read only");
    store.close();
  });

  test("of values that JSON cannot hold are refused, and nothing is written", () => {
    const store = open("write");
    expect(() => store.append({ a: 1 }, { mean: Number.NaN })).toThrow(TypeError);
    expect(store.size).toBe(0);
    expect(fill(store, [1])).toHaveLength(1);
    expect(open("read").warnings).toEqual([]);
  });
});

describe("two outcomes of the same inputs", () => {
  test("are refused when the second is appended", () => {
    const store = open("write");
    const key = store.append({ a: 1 }, { b: 1 });
    const error = thrownBy(() => store.append({ a: 1 }, { b: 2 }));
    expect(error).toBeInstanceOf(StoreConflict);
    expect(error).toMatchObject({ trouble: "conflict", key });
    expect((error as StoreConflict).message).toContain(`${partsOf()[0]}:1`);
    expect(store.read(key)?.outcome).toEqual({ b: 1 });
  });

  test.each([1, 22])("are refused when a store has them in two parts: 1 and %i", (second) => {
    const [one, two] = [open("write"), open("write")];
    one.append({ a: 0 }, { b: 0 });
    one.append({ a: 1 }, { b: 2 });
    two.append({ a: 1 }, { b: second });
    const error = thrownBy(() => open("read"));
    const [first, last] = partsOf();
    expect(error).toBeInstanceOf(StoreConflict);
    expect(error).toMatchObject({ places: [`${first}:2`, `${last}:1`] });
  });

  test("that are equal are one record", () => {
    const [one, two] = [open("write"), open("write")];
    fill(one, [1, 2]);
    fill(two, [2, 3]);
    const store = open("read");
    expect(store.size).toBe(3);
    expect(store.parts).toEqual(partsOf());
    expect(store.warnings).toEqual([]);
  });
});

describe("an outcome that is not final", () => {
  const failure = { message: "a worker died" };

  test("stands until a final one comes", () => {
    const store = open("write");
    const key = store.append({ a: 1 }, failure, { final: false });
    for (const before of [store, open("read")]) {
      expect(before.isFinal(key)).toBe(false);
      expect(before.read(key)?.outcome).toEqual(failure);
    }
    store.append({ a: 1 }, { b: 1 });
    for (const after of [store, open("read")]) {
      expect(after.size).toBe(1);
      expect(after.isFinal(key)).toBe(true);
      expect(after.read(key)?.outcome).toEqual({ b: 1 });
    }
  });

  test("contradicts nothing and replaces nothing, in whichever part it stands", () => {
    const [one, two, three] = [open("write"), open("write"), open("write")];
    const key = one.append({ a: 1 }, failure, { final: false });
    two.append({ a: 1 }, { b: 1 });
    three.append({ a: 1 }, { message: "another one died" }, { final: false });
    two.append({ a: 1 }, failure, { final: false });
    const store = open("read");
    expect(store.read(key)?.outcome).toEqual({ b: 1 });
    expect(readFileSync(partsOf()[1], "utf8").split("\n")).toHaveLength(2);
  });
});

describe("parts", () => {
  test("begin with the first record, so that a store to which nothing is new stays as it is", () => {
    open("write");
    expect(readdirSync(place.store)).toEqual(["store.json"]);
    expect(open("read").parts).toEqual([]);
  });

  test("are of one writer each, and are never taken up again", () => {
    for (let i = 0; i < 12; i++) {
      const store = open("write");
      fill(store, [i]);
      store.close();
    }
    const store = open("read");
    expect(store.parts.map((path) => path.slice(-16))).toEqual(
      range(1, 13).map((i) => `part-${String(i).padStart(4, "0")}.ndjson`),
    );
    expect([...store.keys()]).toEqual(range(0, 12).map((i) => store.keyOf(inputsOf(i))));
  });

  test("may have a great number, and there may be many", () => {
    fill(open("write"), [1]);
    const [first] = partsOf();
    copyFileSync(first, first.replace("0001", "9999"));
    for (const i of range(2, 300))
      copyFileSync(first, first.replace("0001", String(i).padStart(4, "0")));
    const store = open("write");
    fill(store, [2]);
    expect(store.parts.at(-1)).toBe(first.replace("0001", "10000"));
    const again = open("read");
    expect(again.parts).toEqual(store.parts);
    expect(again.parts).toHaveLength(301);
    expect(again.size).toBe(2);
  });

  test("of another engine are refused, wherever they come from", () => {
    const other = join(place.folder, "other");
    fill(open("write", other, { semantics: 4 }), [1]);
    fill(open("write"), [1]);
    copyFileSync(partsOf(other)[0], partsOf()[0].replace("0001", "0002"));
    expect(thrownBy(() => open("read"))).toMatchObject({
      trouble: "semantics",
      message: expect.stringContaining("part-0002.ndjson:1: a record of semantics 4"),
    });
  });
});

describe("a folder", () => {
  const trouble = (mode: "read" | "write", options = {}) => {
    const error = thrownBy(() => open(mode, place.store, options));
    expect(error).toBeInstanceOf(StoreError);
    return error as StoreError;
  };
  const marker = () => join(place.store, "store.json");

  test("is made to write, with those above it", () => {
    const deep = join(place.folder, "a", "b");
    open("write", deep);
    expect(JSON.parse(readFileSync(join(deep, "store.json"), "utf8"))).toEqual({
      schema: "faultline/store@1",
      ...ENGINE,
    });
    expect(readdirSync(deep)).toEqual(["store.json"]);
  });

  test("that is missing or empty has no store to read", () => {
    expect(trouble("read").trouble).toBe("missing");
    mkdirSync(place.store);
    expect(trouble("read").trouble).toBe("missing");
    expect(readdirSync(place.store)).toEqual([]);
  });

  test("with other files in it is left alone", () => {
    mkdirSync(place.store);
    writeFileSync(join(place.store, "thesis.txt"), "chapter 1");
    for (const mode of ["read", "write"] as const) {
      expect(trouble(mode).trouble).toBe("foreign");
      expect(trouble(mode).message).toContain("it has thesis.txt in it");
    }
    expect(readdirSync(place.store)).toEqual(["thesis.txt"]);
  });

  test("with records but no store.json is no store", () => {
    mkdirSync(join(place.store, "cells"), { recursive: true });
    expect(trouble("write").trouble).toBe("foreign");
  });

  test("is a store also where a writer was stopped before store.json had its name", () => {
    mkdirSync(place.store);
    writeFileSync(join(place.store, ".store-1.tmp"), '{"sche');
    expect(trouble("read").trouble).toBe("missing");
    expect(fill(open("write"), [1])).toHaveLength(1);
    expect(open("read").size).toBe(1);
  });

  test("may hold other files beside the store", () => {
    fill(open("write"), [1]);
    writeFileSync(join(place.store, "table.csv"), "a,b");
    expect(open("read").warnings).toEqual([]);
  });

  test("that is a file is told", () => {
    writeFileSync(place.store, "");
    expect(trouble("read").message).toMatch(/cannot read .*store: it is no folder/);
    expect(trouble("write").message).toMatch(/cannot make the folder .*: there is a file/);
  });

  test("of another engine is refused with both versions", () => {
    open("write");
    const error = trouble("write", { semantics: 4, version: "2.0.0" });
    expect(error.trouble).toBe("semantics");
    expect(error.message).toContain("semantics 3 (faultline 1.2.3)");
    expect(error.message).toContain("semantics 4 (faultline 2.0.0)");
  });

  test("of another version with the same semantics is taken, and stays whose it was", () => {
    open("write");
    fill(open("write", place.store, { version: "2.0.0" }), [1]);
    expect(readFileSync(marker(), "utf8")).toContain('"version":"1.2.3"');
  });

  test.each([
    ["", "invalid", "no JSON"],
    ["{", "invalid", "no JSON"],
    ["null", "invalid", "schema"],
    ["[]", "invalid", "schema"],
    ['{"schema":"faultline/run@1","semantics":3,"version":"1"}', "invalid", "schema"],
    ['{"schema":"faultline/store@1","version":"1"}', "invalid", "which engine"],
    ['{"schema":"faultline/store@1","semantics":"3","version":"1"}', "invalid", "which engine"],
    ['{"schema":"faultline/store@2","cells":[]}', "newer", "faultline/store@2"],
    ["x".repeat(1e5), "invalid", "no JSON"],
  ])("with %j as store.json is refused", (text, kind, message) => {
    mkdirSync(place.store);
    writeFileSync(marker(), text);
    for (const mode of ["read", "write"] as const) {
      const error = trouble(mode);
      expect(error.trouble).toBe(kind);
      expect(error.message).toContain(message);
      expect(error.message).toContain(marker());
    }
    expect(readFileSync(marker(), "utf8")).toBe(text);
  });
});

test("a record that changes while the store is open is told", () => {
  const store = open("write");
  const [key] = fill(store, [1]);
  changePart(partsOf()[0], (bytes) => bytes.fill("x", 200, 201));
  expect(thrownBy(() => store.read(key))).toMatchObject({
    trouble: "damaged",
    message: expect.stringContaining("part-0001.ndjson:1"),
  });
});
