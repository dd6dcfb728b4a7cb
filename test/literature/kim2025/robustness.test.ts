// The free numbers of kim2025 a tenth lower and a tenth higher: which are changed where, and what the table says of the rows.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  AMPLIFYING,
  ARCHITECTURES,
  BENCHMARKS,
} from "../../../src/literature/kim2025/published.ts";
import { changesOfFit, type Row, tableOfRows } from "../../../src/literature/kim2025/robustness.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "..", "scenarios", "kim2025");
const read = (file: string) => parse(readFileSync(join(FOLDER, file), "utf8"));

describe("changes", () => {
  test("are of the numbers as they stand in the files, and leave chances below 1", async () => {
    const changes = await changesOfFit();
    const free: { path: string; in: string; scale: string }[] = read("parameters.yaml").parameters;
    expect(changes).toHaveLength(2 * free.length);
    for (const [i, { path, in: file, scale }] of free.entries()) {
      const number = path.split(".").reduce((part, key) => part[key], read(file));
      const most = scale === "logit" ? 0.999 : Number.POSITIVE_INFINITY;
      for (const [j, times] of [0.9, 1.1].entries())
        expect(changes[2 * i + j]).toMatchObject({
          ...{ path, in: file, times },
          value: Math.min(times * number, most),
        });
    }
  });

  // A benchmark's own spread of sizes goes before what the instances of all have in common. The relay has agents and no benchmark.
  test("reach the scenarios that take the number: those of its benchmark, or all", async () => {
    const isOwn = (file: string, path: string) =>
      path.split(".").reduce((part, key) => part?.[key], read(file)) !== undefined;
    for (const { in: file, path, takers } of await changesOfFit()) {
      const own = BENCHMARKS.filter((name) =>
        file.startsWith("tasks/") ? file.includes(name) : !isOwn(`tasks/${name}.yaml`, path),
      );
      const labels = own.flatMap((name) => ARCHITECTURES.map((one) => `${name}-${one}`));
      if (file === "agents.yaml" && !isOwn("../relay/relay.yaml", path)) labels.push("relay");
      expect([...takers].sort()).toEqual(labels.sort());
    }
  });
});

describe("the table", () => {
  const exactly = (mean: number | null) => ({ mean, ci: [mean, mean] }) as const;
  const row = (path: string, amplifications: readonly (number | null)[], factor?: number): Row => ({
    ...(path !== "" && { change: { path, in: "a.yaml", times: 1.1 } }),
    amplifications: amplifications.map(exactly),
    ...(factor !== undefined && { farthest: { team: AMPLIFYING[0], factor: exactly(factor) } }),
  });
  const fit = row("", [16, 8, 5, 5]);
  const near = row("near", [24, 8, 5, 4], 1.5);

  test("says that all is well, where it is; the last two teams may tie", () => {
    const { note, rows } = tableOfRows([fit, near]);
    expect(note).toContain(
      "Under 1 of 1 change the amplification of every team stays within a factor of 1.5 of the fit. The",
    );
    expect(note).toContain("holds with the fit, and holds under 1 of the changes. A chance");
    expect(rows.map((cells) => cells.at(-1))).toEqual(["holds", "holds"]);
  });

  test("names what goes too far either way, what has no value, and what loses the order", () => {
    const { note, rows } = tableOfRows([
      fit,
      near,
      row("up", [24.16, 8, 5, 4], 1.51),
      row("down", [8, 8, 5, 5], 0.5),
      row("none", [null, 8, 5, 5]),
      row("swapped", [16, 8, 5, 5.1], 1.02),
    ]);
    expect(note).toContain("Under 2 of 5 changes the amplification of every team stays within");
    expect(note).toContain(
      "Some team goes farther under up in a.yaml × 1.1 (independent × 1.51), down in a.yaml × 1.1 (independent × 0.5), none in a.yaml × 1.1 (no value).",
    );
    expect(note).toContain("holds with the fit, and holds under 2 of the changes.");
    expect(note).toContain(
      "It is lost under down in a.yaml × 1.1, none in a.yaml × 1.1, swapped in a.yaml × 1.1.",
    );
    expect(rows.map((cells) => cells.at(-1))).toEqual([
      ...["holds", "holds", "holds"],
      ...["lost", "lost", "lost"],
    ]);
  });
});
