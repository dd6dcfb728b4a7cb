// The structure of the house: rooms import from the storeys below and from the named rooms of their own, and the engine's
// rooms nothing from Node.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { describe, expect, test } from "vitest";

const SRC = join(import.meta.dirname, "..", "src");
/** The storeys, from the ground up, and in each its rooms with the rooms of the same storey that they may import. */
const STOREYS: readonly Record<string, readonly string[]>[] = [
  { numerics: [], kernel: ["numerics"], model: ["numerics", "kernel"] },
  { documents: [], scenario: ["documents"] },
  {
    metrics: [],
    experiment: ["metrics"],
    store: [],
    sweep: ["metrics", "experiment", "store"],
    calibrate: ["metrics", "experiment"],
    logs: [],
    estimate: ["metrics", "experiment", "calibrate", "logs"],
    decide: ["metrics", "experiment", "store", "sweep"],
    queue: ["experiment", "store", "sweep", "calibrate", "decide"],
    advise: ["metrics", "experiment", "calibrate", "decide"],
    literature: ["metrics", "experiment", "calibrate", "advise"],
  },
  { results: [], wording: ["results"] },
  {
    export: [],
    terminal: [],
    charts: [],
    render: ["charts"],
    pages: ["charts", "render"],
    browser: ["charts", "render", "pages"],
    play: ["charts", "pages", "browser"],
  },
  { api: [], cli: ["api"] },
];
/** Belong to no room: they import nothing and everybody may import them. */
const COMMON = new Set(["version.ts", "topics.ts"]);

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((f) =>
  f.endsWith(".ts"),
);

interface Import {
  readonly from: string;
  readonly target: string;
}

const imports: Import[] = files.flatMap((from) => {
  const text = readFileSync(join(SRC, from), "utf8");
  const targets = text.matchAll(/^(?:import|export) [^"]*?from "([^"]+)"|import\("([^"]+)"\)/gms);
  return [...targets].map(([, fixed, lazy]) => ({ from, target: fixed ?? lazy }));
});

const roomOf = (file: string) => file.split(sep)[0];
const storeyOf = (room: string) => STOREYS.findIndex((rooms) => room in rooms);

/** The file that an import leads to; undefined for libraries and Node. */
const fileOf = ({ from, target }: Import) =>
  target.startsWith(".") ? relative(".", normalize(join(dirname(from), target))) : undefined;

/** Whether a room may import from another one. */
function mayImport(from: string, to: string): boolean {
  const [above, below] = [storeyOf(from), storeyOf(to)];
  return from === to || below < above || (below === above && STOREYS[above][from].includes(to));
}

/** All files that a file needs, itself included. */
function closureOf(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const one of imports.filter(({ from }) => from === file)) {
    const used = fileOf(one);
    if (used !== undefined) closureOf(used, found);
  }
  return found;
}

describe("rooms", () => {
  test("every file stands in a room", () => {
    expect(files.filter((f) => storeyOf(roomOf(f)) < 0 && !COMMON.has(f))).toEqual([]);
  });

  test("import only from storeys below, and from the named rooms of their own storey", () => {
    const against = imports.flatMap((one) => {
      const to = fileOf(one);
      if (to === undefined || COMMON.has(to)) return [];
      return mayImport(roomOf(one.from), roomOf(to)) ? [] : [`${one.from} → ${to}`];
    });
    expect(against).toEqual([]);
  });

  test("no files import each other in a circle", () => {
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]) => {
      if (path.includes(file)) circles.push([...path, file].join(" → "));
      if (done.has(file) || path.includes(file)) return;
      for (const one of imports.filter(({ from }) => from === file)) {
        const used = fileOf(one);
        if (used !== undefined) visit(used, [...path, file]);
      }
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });

  test("no file is longer than 500 lines", () => {
    const long = files.filter((f) => readFileSync(join(SRC, f), "utf8").split("\n").length > 501);
    expect(long).toEqual([]);
  });

  test("the storeys of the engine and of the language (but for reading files), and metrics, import nothing from Node", () => {
    const pure = new Set([...Object.keys(STOREYS[0]), ...Object.keys(STOREYS[1]), "metrics"]);
    const node = imports
      .filter(
        ({ from }) =>
          pure.has(roomOf(from)) && from !== join("documents", "reading", "nodeFiles.ts"),
      )
      .filter(({ target }) => target.startsWith("node:"));
    expect(node).toEqual([]);
  });

  test("what runs in a page is imported by nothing else, and imports no library but Vega", () => {
    const [inside, outside] = [true, false].map((isInside) =>
      imports.filter(({ from }) => (roomOf(from) === "browser") === isInside),
    );
    const users = outside.filter((one) => fileOf(one)?.startsWith(`browser${sep}`));
    expect(users).toEqual([]);
    const libraries = inside.filter((one) => fileOf(one) === undefined);
    expect(new Set(libraries.map(({ target }) => target))).toEqual(
      new Set(["vega", "vega-interpreter"]),
    );
  });

  test("what is found from a module's own address is found from two folders below the package: there the command stands", () => {
    const deep = files.filter(
      (f) =>
        readFileSync(join(SRC, f), "utf8").includes("import.meta.url") && f.split(sep).length !== 2,
    );
    expect(deep).toEqual([]);
  });

  test("the hot loop calls no library", () => {
    const hot = closureOf(join("model", "engine.ts"));
    const libraries = imports.filter(
      (one) => hot.has(one.from) && fileOf(one) === undefined && one.target !== "seedrandom",
    );
    expect(libraries).toEqual([]);
  });
});
