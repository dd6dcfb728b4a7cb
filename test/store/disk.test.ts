// Disks that are full, broken or read-only: told clearly, and nothing that was stored is lost.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { makeFolders, nodeDisk } from "../../src/store/disk.ts";
import { StoreError } from "../../src/store/errors.ts";
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

const appending = (store: ReturnType<typeof open>, i: number) => () =>
  store.append(inputsOf(i), outcomeOf(i));

describe("a write that fails", () => {
  test.each([
    ["ENOSPC", "no space is left on the disk"],
    ["EDQUOT", "the disk quota is used up"],
    ["EIO", "the disk reports an error"],
    ["EROFS", "the file system is read-only"],
    ["ESTALE", "it fails"],
  ])("with %s is told with the file", (code, why) => {
    const disk = new FailingDisk();
    const store = open("write", place.store, { disk });
    fill(store, [0]);
    disk.failure = { on: "write", after: 0, code };
    const error = thrownBy(appending(store, 1)) as StoreError;
    expect(error).toBeInstanceOf(StoreError);
    expect(error.trouble).toBe("disk");
    expect(error.message).toMatch(`cannot write ${partsOf()[0]}: `);
    expect(error.message).toContain(why);
    expect(error.message).toContain(code);
    expect(error.hint).toContain("is kept");
  });

  test("after any number of its bytes leaves the part as it was, and can be tried again", () => {
    for (const partly of [0, 1, 17, 100, 200]) {
      const folder = join(place.folder, `after-${partly}`);
      const disk = new FailingDisk();
      const store = open("write", folder, { disk });
      fill(store, [0, 1]);
      const [part] = partsOf(folder);
      const before = readFileSync(part);
      disk.failure = { on: "write", after: 0, code: "ENOSPC", partly };
      expect(appending(store, 2)).toThrow("no space is left");
      expect(store.size).toBe(2);
      expect(readFileSync(part)).toEqual(before);
      disk.failure = undefined;
      fill(store, [2, 3]);
      for (const again of [store, open("read", folder)]) {
        expect([...again.keys()]).toEqual(range(0, 4).map((i) => store.keyOf(inputsOf(i))));
        expect(again.warnings).toEqual([]);
      }
      expect(partsOf(folder)).toEqual([part]);
    }
  });

  test("and cannot be cut back leaves a torn line, after which nothing is written", () => {
    const disk = new FailingDisk();
    const store = open("write", place.store, { disk });
    fill(store, [0]);
    disk.failure = { on: "write", after: 0, code: "EIO", partly: 50, stuck: true };
    expect(appending(store, 1)).toThrow("the disk reports an error");
    expect(open("read").warnings).toEqual([expect.stringContaining("part-0001.ndjson:2")]);
    disk.failure = undefined;
    fill(store, [1, 2]);
    expect(store.parts).toEqual(partsOf());
    expect(partsOf()).toHaveLength(2);
    const again = open("read");
    expect(again.size).toBe(3);
    expect(again.warnings).toHaveLength(1);
  });

  test("when it gives a part its place leaves the store as it was", () => {
    const disk = new FailingDisk({ on: "create", after: 1, code: "ENOSPC" });
    const store = open("write", place.store, { disk });
    expect(appending(store, 0)).toThrow("no space is left");
    disk.failure = undefined;
    fill(store, [0]);
    expect(open("read").size).toBe(1);
  });

  test("when the store is made leaves a folder in which it can be made", () => {
    for (const on of ["create", "write", "sync"] as const) {
      const disk = new FailingDisk({ on, after: 0, code: "ENOSPC", partly: 5 });
      expect(() => open("write", place.store, { disk })).toThrow("store.json: no space is left");
      expect(readdirSync(place.store)).toEqual([]);
    }
    fill(open("write"), [0]);
    expect(open("read").size).toBe(1);
  });

  test("reads of a few bytes, and writes of a few bytes, add up", () => {
    const disk = new FailingDisk();
    const store = open("write", place.store, { disk });
    disk.most = 7;
    const keys = fill(store, [0, 1]);
    expect(store.read(keys[1])?.outcome).toEqual(outcomeOf(1));
    expect([...open("read", place.store, { disk }).keys()]).toEqual(keys);
  });
});

describe("outlasting a power failure", () => {
  test("is asked for with the first record, once a second, and at the end", () => {
    const disk = new FailingDisk();
    const store = open("write", place.store, { disk });
    const syncs = () => disk.syncs - 1; // store.json is the first
    const seen = [0, 1, 400, 999, 1000, 1500, 2100].map((now, i) => {
      disk.now = now;
      fill(store, [i]);
      return syncs();
    });
    expect(seen).toEqual([1, 1, 1, 1, 2, 2, 3]);
    store.close();
    expect(syncs()).toBe(3);
    fill(open("write", place.store, { disk }), [7, 8]);
    expect(syncs()).toBe(4);
  });

  test("that is refused ends the part; what was written there may be there or not", () => {
    const disk = new FailingDisk();
    const store = open("write", place.store, { disk });
    fill(store, [0]);
    disk.now = 5000;
    disk.failure = { on: "sync", after: 0, code: "EIO" };
    expect(appending(store, 1)).toThrow("the disk reports an error");
    disk.failure = undefined;
    fill(store, [1, 2]);
    store.close();
    expect(partsOf()).toHaveLength(2);
    expect(open("read").size).toBe(3);
  });

  test("is told when it is refused at the end", () => {
    const disk = new FailingDisk();
    const store = open("write", place.store, { disk });
    fill(store, [0, 1]);
    disk.failure = { on: "sync", after: 0, code: "ENOSPC" };
    expect(() => store.close()).toThrow("no space is left");
    expect(open("read").size).toBe(2);
  });
});

test("of two that make a store at the same moment, the second keeps to what the first made", () => {
  const late = (engine: { semantics: number }) => {
    const disk = new FailingDisk();
    disk.publish = (draft, path) => {
      fill(open("write"), [0]);
      nodeDisk.publish(draft, path);
    };
    return open("write", place.store, { disk, ...engine });
  };
  expect(() => late({ semantics: 4 })).toThrow("results of another engine");
  expect(readdirSync(place.store)).toEqual(["cells", "store.json"]);
  expect(open("write", place.store).size).toBe(1);
  rmSync(place.store, { recursive: true });
  expect(late({ semantics: 3 }).size).toBe(1);
});

test("a part that cannot be read is told", () => {
  fill(open("write"), [0]);
  const disk = new FailingDisk({ on: "read", after: 2, code: "EIO" });
  expect(thrownBy(() => open("read", place.store, { disk }))).toMatchObject({
    trouble: "disk",
    message: expect.stringMatching(/cannot read .*part-0001.ndjson: the disk reports an error/),
  });
});

describe("a disk of 64 KiB", () => {
  let mounted: string | undefined;
  afterEach(() => {
    // Lazy, since the stores of the test are not closed yet.
    if (mounted !== undefined) spawnSync("umount", ["--lazy", mounted]);
    mounted = undefined;
  });

  const mount = (folder: string, options: string) =>
    spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]).status === 0;

  test("that fills up keeps all that was stored, and takes more when there is room", (context) => {
    const folder = join(place.folder, "small");
    mkdirSync(folder);
    if (!mount(folder, "size=64k")) context.skip("a small tmpfs may not be mounted here");
    mounted = folder;
    const root = join(folder, "store");
    const store = open("write", root);
    const outcome = { text: "x".repeat(3000) };
    let stored = 0;
    const error = thrownBy(() => {
      for (; ; stored++) store.append({ i: stored }, outcome);
    });
    expect(error).toMatchObject({ trouble: "disk", message: expect.stringContaining("ENOSPC") });
    expect(stored).toBeGreaterThan(10);
    const [part] = partsOf(root);
    const full = open("read", root);
    expect([full.size, full.warnings]).toEqual([stored, []]);
    expect(statSync(part).size).toBe(Buffer.byteLength(readFileSync(part, "utf8").trimEnd()) + 1);

    expect(mount(folder, "remount,size=1m")).toBe(true);
    store.append({ i: stored }, outcome);
    open("write", root).append({ i: stored + 1 }, outcome);
    const again = open("read", root);
    expect([again.size, again.warnings]).toEqual([stored + 2, []]);
  });
});

describe("folders", () => {
  test("are made with those above them, and may be there already", () => {
    for (let i = 0; i < 2; i++) makeFolders(join(place.store, "a", "b"));
    expect(statSync(join(place.store, "a", "b")).isDirectory()).toBe(true);
  });

  test("may be made by another process at the same moment", () => {
    makeFolders(join(place.store, "a"), (path) => {
      mkdirSync(path);
      mkdirSync(path);
    });
    expect(statSync(join(place.store, "a")).isDirectory()).toBe(true);
  });

  test("are given up at once where a file system takes none, as /proc does", () => {
    const asked: string[] = [];
    const refuse = (path: string) => {
      asked.push(path);
      throw Object.assign(new Error("no such file or directory"), { code: "ENOENT" });
    };
    expect(() => makeFolders(join(place.store, "a", "b"), refuse)).toThrow(
      `no folder can be made in ${join(place.store, "..")}`,
    );
    expect(asked).toEqual([place.store]);
  });

  test("do not go where a file is in the way", () => {
    makeFolders(place.store);
    writeFileSync(join(place.store, "file"), "");
    for (const path of ["file", "file/folder"])
      expect(() => makeFolders(join(place.store, path))).toThrow(/EEXIST|ENOTDIR/);
  });
});
