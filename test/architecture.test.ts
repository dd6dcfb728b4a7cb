// The structure of the house: rooms import only from rooms to their left, and the engine's rooms nothing from Node.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { describe, expect, test } from "vitest";

const SRC = join(import.meta.dirname, "..", "src");
const ROOMS = [
  "numerics",
  "kernel",
  "model",
  "scenario",
  "metrics",
  "experiment",
  "store",
  "sweep",
  "export",
  "calibrate",
  "advise",
  "literature",
  "results",
  "report",
  "charts",
  "render",
  "pages",
  "cli",
];
/** Belongs to no room: it imports nothing and everybody may import it. */
const COMMON = new Set(["version.ts"]);

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

describe("rooms", () => {
  test("every file stands in a room, or is the library's face", () => {
    const strays = files.filter(
      (f) => !ROOMS.includes(roomOf(f)) && !COMMON.has(f) && f !== "index.ts",
    );
    expect(strays).toEqual([]);
  });

  test("import only from rooms to their left", () => {
    const against = imports
      .filter(({ from, target }) => target.startsWith(".") && from !== "index.ts")
      .map(({ from, target }) => ({
        from,
        to: relative(".", normalize(join(dirname(from), target))),
      }))
      .filter(({ to }) => !COMMON.has(to))
      .filter(({ from, to }) => ROOMS.indexOf(roomOf(to)) > ROOMS.indexOf(roomOf(from)))
      .map(({ from, to }) => `${from} → ${to}`);
    expect(against).toEqual([]);
  });

  test("no files import each other in a circle", () => {
    const uses = new Map(files.map((f) => [f, [] as string[]]));
    for (const { from, target } of imports)
      if (target.startsWith(".")) uses.get(from)?.push(normalize(join(dirname(from), target)));
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]) => {
      if (path.includes(file)) circles.push([...path, file].join(" → "));
      if (done.has(file) || path.includes(file)) return;
      for (const used of uses.get(file) ?? []) visit(used, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });

  test("numerics, kernel, model, scenario (but for reading files) and metrics import nothing from Node", () => {
    const pure = new Set(["numerics", "kernel", "model", "scenario", "metrics"]);
    const node = imports
      .filter(
        ({ from }) =>
          pure.has(roomOf(from)) && from !== join("scenario", "reading", "nodeFiles.ts"),
      )
      .filter(({ target }) => target.startsWith("node:"));
    expect(node).toEqual([]);
  });

  test("the hot loop calls no library", () => {
    const allowed = new Set(["seedrandom"]);
    const libraries = imports
      .filter(({ from }) => ["numerics", "kernel", "model"].includes(roomOf(from)))
      .filter(({ target }) => !target.startsWith(".") && !allowed.has(target));
    expect(libraries).toEqual([]);
  });
});
