// ReAct against plan-and-execute. Random results are of the fixed seeds "react" (the study's) and "test"; what is asked
// of them lies many standard errors away from what would fail, so that hardly any other seed would raise an alarm.
import { beforeAll, describe, expect, test } from "vitest";
import type { TargetResult } from "../../src/literature/judging.ts";
import { crossing, logarithm } from "../../src/literature/react/crossing.ts";
import { REACT } from "../../src/literature/react/study.ts";
import { shipped } from "../../src/literature/shipped.ts";
import type { StudyCell, StudyEstimate, StudyResult } from "../../src/literature/study.ts";
import { agrees, measure } from "../support/scenarios.ts";

const PROTOCOLS = ["react", "plan", "replan"];

describe("the scenarios", () => {
  test("differ in the protocol alone", async () => {
    const [react, ...others] = await Promise.all(
      PROTOCOLS.map((name) => shipped(`react/${name}.yaml`)),
    );
    for (const { name, protocol, ...same } of others) {
      expect(same).toEqual({ ...react, name: undefined, protocol: undefined });
      expect(protocol).not.toEqual(react.protocol);
      expect(PROTOCOLS).toContain(name);
    }
  });

  test("a plan of n steps succeeds with ((1 - e)(1 - d))^n", async () => {
    const [e, d, n] = [0.05, 0.2, 6];
    const scenario = await shipped("react/plan.yaml", {
      "task.graph.size": n,
      "task.graph.spread": 0,
      "task.difficultySpread": 0,
      "task.deviation": d,
      "models.base.errorRate": e,
    });
    const [success, turns] = await measure(scenario, 20_000, ["success", "turns"]);
    expect(agrees(success, ((1 - e) * (1 - d)) ** n)).toBe(true);
    expect(turns.mean).toBe(1 + n / 2);
  });
});

describe("crossing", () => {
  const at = (x: number, mean: number | null, low = mean, high = mean) => ({
    x,
    difference: { mean, ci: [low, high] } as StudyEstimate,
  });

  test("lies where the line between two places passes 0", () => {
    expect(crossing([at(0, -1), at(1, 3)])).toEqual({ mean: 0.25, ci: [0.25, null] });
  });

  test.each([1, -1])(
    "has an interval from one bound to the other, rising or falling (%i)",
    (sign) => {
      const bounds = [-1, 1].map((half) => half * 0.5 * sign).sort((a, b) => a - b);
      const points = [-2, -1, 0.5, 2].map((y, x) =>
        at(x, sign * y, sign * y + bounds[0], sign * y + bounds[1]),
      );
      const { mean, ci } = crossing(points) as StudyEstimate;
      expect(mean).toBeCloseTo(1 + 1 / 1.5, 12);
      expect(ci[0]).toBeCloseTo(1 + 0.5 / 1.5, 12);
      expect(ci[1]).toBeNull();
      const wide = points.map(({ x, difference: { mean, ci } }) =>
        at(x, mean, (ci[0] as number) - 0.1, (ci[1] as number) + 0.1),
      );
      expect((crossing(wide) as StudyEstimate).ci[1]).toBeCloseTo(2 + 0.1 / 1.5, 12);
    },
  );

  test.each([
    ["the difference keeps its sign", [at(0, 1), at(1, 2)]],
    ["it begins at 0", [at(0, 0), at(1, 2)]],
    ["it has no values", [at(0, null), at(1, 2)]],
    ["there is one place", [at(0, 1)]],
  ])("is none where %s", (_, points) => {
    expect(crossing(points)).toBeNull();
  });

  test("of ratios is sought on the log scale, where 0 and infinity have no place", () => {
    expect(logarithm({ mean: 1, ci: [0, Number.POSITIVE_INFINITY] })).toEqual({
      mean: 0,
      ci: [null, null],
    });
  });
});

describe("the study", () => {
  const options = { replications: 400 };
  let result: StudyResult;
  beforeAll(async () => {
    result = await REACT.run({ ...options, jobs: 1 });
  }, 60_000);

  const target = (id: string) => result.targets.find((one) => one.id === id) as TargetResult;
  const rows = (name: string) =>
    (result.tables.find((table) => table.name === name) as StudyResult["tables"][number]).rows;
  const mean = (cell: StudyCell) => (cell as StudyEstimate).mean as number;

  test("meets the published calls and direction, which its structure makes it meet", () => {
    expect(target("react.calls.react")).toMatchObject({ kind: "identity", pass: true });
    expect(target("react.calls.plan")).toMatchObject({ kind: "structural", pass: true });
    expect(target("react.adaptation")).toMatchObject({ kind: "structural", pass: true });
    expect(target("react.adaptation").simulated.ci[1]).toBeLessThan(-0.5);
    expect(target("react.costPerSuccess").pass).toBeNull();
  });

  test("has ReAct the same at every deviation, and plans ever worse", () => {
    for (const task of ["short", "long"]) {
      const success = (label: string) =>
        rows(task)
          .filter(([, protocol]) => protocol === label)
          .map((row) => mean(row[2]));
      expect(new Set(success("ReAct")).size).toBe(1);
      for (const label of ["plan and execute", "plan, look, replan"]) {
        const fall = success(label);
        expect(fall).toHaveLength(8);
        for (let i = 1; i < fall.length; i++) expect(fall[i]).toBeLessThan(fall[i - 1]);
      }
    }
  });

  test("finds planning cheaper a success where little deviates, dearer where much does", () => {
    const row = rows("crossings").find(
      ([task, of, protocol, against]) =>
        task === "the support task" &&
        of === "cost per success" &&
        protocol === "plan and execute" &&
        against === "ReAct",
    ) as readonly StudyCell[];
    const [low, high] = (row[4] as StudyEstimate).ci as [number, number];
    expect(low).toBeLessThan(mean(row[4]));
    expect(high).toBeGreaterThan(mean(row[4]));
    expect(mean(row[4])).toBeGreaterThan(0.05);
    expect(mean(row[4])).toBeLessThan(0.25);
    expect(row.slice(5)).toEqual(["plan and execute", "ReAct"]);
  });

  test("says that planning never succeeds more often on the short task, but does on the long one", () => {
    const cells = rows("crossings")
      .filter(([, of, protocol, against]) => {
        return of === "success" && protocol === "plan and execute" && against === "ReAct";
      })
      .map((row) => row[4]);
    expect(cells[0]).toBeNull();
    expect(mean(cells[1])).toBeGreaterThan(0);
  });

  test("has as many cells as columns in every table, and figures of as many points as deviations", () => {
    for (const { columns, rows } of result.tables)
      for (const row of rows) expect(row).toHaveLength(columns.length);
    expect(result.figures.map(({ name }) => name)).toEqual([
      "short-success",
      "short-cost",
      "long-success",
      "long-cost",
    ]);
    for (const { series } of result.figures.slice(0, 2))
      for (const { points } of series) expect(points).toHaveLength(8);
  });

  test("says in advance how many replications it runs, and is the same for any number of workers", async () => {
    const shares: number[] = [];
    const again = await REACT.run({
      ...options,
      jobs: 2,
      onProgress: (share) => shares.push(share),
    });
    expect(JSON.stringify(again)).toBe(JSON.stringify(result));
    expect(shares.at(-1)).toBe(1);
    expect(REACT.runs(400)).toBe(2 * 8 * 5 * 400);
  }, 60_000);

  test("can be ended early", async () => {
    await expect(REACT.run({ ...options, signal: AbortSignal.abort() })).rejects.toBeDefined();
  });
});
