import { describe, expect, test } from "vitest";
import { Selection } from "../../../src/numerics/selection/selection.ts";
import { Random } from "../random.ts";
import { isRight, slippage, type Trial, tried } from "./systems.ts";

const RUNS = 150;

/** With a right answer in 95 % of the runs, fewer than 134 of 150 have a chance of .1 %. `npm run selection` makes 1 000 of each. */
const FEWEST_RIGHT = 134;

function rightOf(name: string, trial: Trial): number {
  const random = new Random(`selection ${name}`);
  return Array.from({ length: RUNS }, (_, run) => {
    random.enter(run);
    return tried(trial, random);
  }).filter(isRight).length;
}

describe("selection", () => {
  for (const [name, trial] of [
    ["5 normal", { means: slippage(5, 0, 0.4), common: 0, kind: "normal", within: 0.4 }],
    ["20 normal, alike", { means: slippage(20, 0, 0.4), common: 0.5, kind: "normal", within: 0.4 }],
    ["5 binary", { means: slippage(5, 0.8, 0.06), common: 0.5, kind: "binary", within: 0.06 }],
    [
      "5 normal, the best itself",
      { means: slippage(5, 0, 0.4), common: 0, kind: "normal", within: 0 },
    ],
  ] as const satisfies readonly (readonly [string, Trial])[])
    test(`is right where the best is hard to tell: ${name}`, () => {
      expect(rightOf(name, trial)).toBeGreaterThanOrEqual(FEWEST_RIGHT);
    });

  test("takes a third of equal allocation or less where few are close", () => {
    const random = new Random("easy");
    const means = Array.from({ length: 20 }, (_, i) => (i === 1 ? 0 : i === 2 ? -0.3 : -1 - i));
    let [used, equal] = [0, 0];
    for (let run = 0; run < 20; run++) {
      random.enter(run);
      const outcome = tried({ means, common: 0, kind: "normal", within: 0 }, random);
      expect(isRight(outcome)).toBe(true);
      used += outcome.used;
      equal += outcome.equal;
    }
    expect(equal / used).toBeGreaterThan(3);
  });

  const fed = (options: Partial<ConstructorParameters<typeof Selection>[0]>, rows: Row[][]) => {
    const selection = new Selection({
      systems: rows.length,
      constraints: 0,
      confidence: 0.95,
      within: 0,
      ...options,
    });
    selection.take(rows.map((row) => row.map(([value, ...slacks]) => ({ value, slacks }))));
    return selection;
  };
  type Row = readonly [value: number, ...slacks: number[]];
  const wave = (i: number) => Math.sin(i);
  const row = (length: number, of: (i: number) => Row): Row[] =>
    Array.from({ length }, (_, i) => of(i));

  test("drops nothing before ten observations", () => {
    const selection = fed({}, [row(9, (i) => [wave(i)]), row(9, (i) => [wave(i) - 100])]);
    expect([selection.left, selection.verdict]).toEqual([[0, 1], { kind: "open" }]);
  });

  test("systems that never differ are alike, not within nothing of each other", () => {
    const same = row(64, (i) => [wave(i)]);
    expect(fed({}, [same, same]).verdict).toEqual({ kind: "alike" });
    expect(fed({ within: 0.1 }, [same, same]).verdict).toEqual({ kind: "within", chosen: 0 });
  });

  test("a constant difference is told at once", () => {
    const selection = fed({}, [row(10, (i) => [wave(i)]), row(10, (i) => [wave(i) + 0.001])]);
    expect(selection.verdict).toEqual({ kind: "best", chosen: 1 });
    expect(selection.fateOf(0)).toEqual({ kind: "eliminated", by: 1, after: 10 });
  });

  test("only a system that meets the constraints eliminates others", () => {
    const noisy = (value: number, slack: number) =>
      row(40, (i): Row => [value + 0.1 * wave(i), slack + 0.1 * wave(3 * i)]);
    const selection = fed({ constraints: 1 }, [noisy(9, -1), noisy(5, 1), noisy(4, 1)]);
    expect(selection.verdict).toEqual({ kind: "best", chosen: 1 });
    expect(selection.fateOf(0)).toMatchObject({ kind: "infeasible", constraint: 0 });
    expect(selection.fateOf(2)).toMatchObject({ kind: "eliminated", by: 1 });
    const open = fed({ constraints: 1 }, [noisy(9, 0), noisy(5, 1)]);
    expect(open.verdict).toEqual({ kind: "open" });
    expect(fed({ constraints: 1 }, [noisy(9, -1), noisy(5, -1)]).verdict).toEqual({
      kind: "nobody",
    });
  });

  test("options out of range are refused", () => {
    for (const wrong of [{ systems: 0 }, { confidence: 0.5 }, { confidence: 1 }, { within: -1 }])
      expect(
        () => new Selection({ systems: 2, constraints: 0, confidence: 0.95, within: 0, ...wrong }),
      ).toThrow(RangeError);
  });
});
