// The search, on trials whose best set of changes is known without it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readConstraint } from "../../../src/decide/constraints.ts";
import { type ImproveOptions, improve } from "../../../src/decide/improve/improve.ts";
import { all, type Changes, knownTrials, scenarioWith, type Value } from "./known.ts";

const letters = (changes: Changes) =>
  changes.flatMap((taken, i) => (taken ? [String.fromCharCode(97 + i)] : []));

const LUCK = { shared: 0.2, own: 0.004 };

/** What is found for a goal of which more is better, with 8 changes. */
async function found(
  value: (changes: Changes) => Value,
  options: Partial<ImproveOptions> = {},
  { luck = LUCK, count = 8, more = "" } = {},
) {
  const base = await scenarioWith(count, more);
  const trials = knownTrials(count, value, luck);
  return (await improve(base, trials, { goal: "success", seed: "test", atMost: count, ...options }))
    .result;
}

const best = (value: (changes: Changes) => Value, budget: number, atMost = 8) =>
  all(8)
    .filter((set) => letters(set).length <= atMost && value(set).cost <= budget)
    .sort((a, b) => value(b).goal - value(a).goal)[0];

describe("the search", () => {
  const coefficient = fc.integer({ min: -5, max: 5 });
  const price = fc.integer({ min: 0, max: 5 });

  // The seed of fast-check is fixed: no false alarms. The values differ by .02 at least, five times the luck of a block.
  test("finds the best of all sets of eight, with effects and interactions of any size, within a budget", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(coefficient, { minLength: 8, maxLength: 8 }),
        fc.array(coefficient, { minLength: 28, maxLength: 28 }),
        fc.array(price, { minLength: 8, maxLength: 8 }),
        fc.integer({ min: 6, max: 30 }),
        async (effects, pairs, prices, budget) => {
          const value = worthOf(effects, pairs, prices);
          const result = await found(value, { budget: { dollars: budget } }).catch(() => undefined);
          const wanted = best(value, budget);
          if (result === undefined || result.path.length === 0) {
            expect(value(wanted).goal).toBeLessThan(0.02);
            return;
          }
          const reached = result.path[result.path.length - 1];
          expect(value(changesOf(reached.changes)).goal).toBeGreaterThan(value(wanted).goal - 0.01);
          expect(result.spent.replications).toBeLessThan((256 * 64 * 64) / 4);
        },
      ),
      { numRuns: 8 },
    );
  }, 30_000);

  test("finds two changes that help only together", async () => {
    const value = (set: Changes): Value => ({
      goal: (set[2] && set[5] ? 0.1 : 0) + (set[0] ? 0.02 : 0),
      cost: 0,
    });
    const { first, path, interactions } = await found(value, { atMost: 3 });
    expect(first?.option).toBe("a");
    expect(path.map(({ changes }) => changes)).toEqual([["a"], ["c", "f"], ["a", "c", "f"]]);
    expect(path[1]).toMatchObject({ added: ["c", "f"], removed: ["a"] });
    const pair = interactions.find(({ options }) => options.join() === "c,f");
    expect(pair?.verdict).toBe("synergy");
    expect(pair?.extra.mean).toBeCloseTo(0.1, 2);
  });

  test("tells what each step brings, with intervals that hold it", async () => {
    const value = (set: Changes): Value => ({
      goal: letters(set).length === 0 ? 0 : 0.05 * Number(set[0]) + 0.03 * Number(set[1]),
      cost: 0.25 * Number(set[0]) + 0.5 * Number(set[1]),
    });
    const { first, path, today } = await found(value, { atMost: 2 });
    expect(first?.decided).toBe(true);
    expect(first?.effect.cost.mean).toBeCloseTo(0.25, 12);
    expect(path.map(({ effect }) => effect.cost.mean)).toEqual([0.25, 0.75]);
    for (const [i, truth] of [0.05, 0.08].entries()) {
      const [low, high] = path[i].effect.goal.ci as [number, number];
      expect([low < truth, truth < high]).toEqual([true, true]);
    }
    expect(path[1].further.mean).toBeCloseTo(0.03, 2);
    expect(path[1].goal.mean as number).toBeCloseTo((today.goal.mean as number) + 0.08, 2);
  });

  test("adds stated prices to what is simulated", async () => {
    const base = await scenarioWith(2, "  - { name: c, set: { repeats: 4 }, price: $2 }");
    const value = (set: Changes): Value => ({
      goal: set[0] ? 0.1 : 0.05 * Number(set[1]),
      cost: 1,
    });
    const { result } = await improve(base, knownTrials(2, value, LUCK), {
      ...{ goal: "success", seed: "test", budget: { dollars: 1 } },
    });
    const dear = result.options.find(({ name }) => name === "c");
    expect(dear).toMatchObject({ price: 2, meets: false });
    expect(dear?.alone.cost.mean).toBe(2);
  });

  // Of 60 seeds at most 5 % may call a wrong first step decided: the chance of more than 9 is about 1 in 1,000 then.
  test("calls a wrong first step decided in no more than 5 %", async () => {
    const value = (set: Changes): Value => ({
      goal: 0.002 * Number(set[0]) + 0.0015 * Number(set[1]) + 0.0015 * Number(set[2]),
      cost: 0,
    });
    let wrong = 0;
    let decided = 0;
    for (let seed = 0; seed < 60; seed++) {
      const { first } = await found(
        value,
        { atMost: 1, seed: `${seed}` },
        { count: 3, luck: { shared: 0.1, own: 0.0008 } },
      );
      if (first?.decided) decided++;
      if (first?.decided && first.option !== "a") wrong++;
    }
    expect(decided).toBeGreaterThan(20);
    expect(wrong).toBeLessThanOrEqual(9);
  });

  test("gives the same for any order of work", async () => {
    const value = (set: Changes): Value => ({ goal: 0.01 * letters(set).length, cost: 0 });
    expect(await found(value)).toEqual(await found(value));
  });
});

describe("what stands in the way", () => {
  const value = (set: Changes): Value => ({
    goal: 0.01 * letters(set).length,
    cost: letters(set).length,
  });

  test("a goal that nothing changes", async () => {
    const constant = () => ({ goal: 0.5, cost: 0 });
    await expect(found(constant, {}, { luck: { shared: 0.2, own: 0 } })).rejects.toMatchObject({
      obstacle: "goal",
      message: "success is constant: none of 8 options changes it",
    });
  });

  test("a budget below the cheapest option", async () => {
    await expect(found(value, { budget: { dollars: 0.5 } })).rejects.toMatchObject({
      obstacle: "budget",
      message: "the budget of $0.5 a task is below the cheapest option: a costs $1 a task",
    });
  });

  test("constraints that nothing meets: the nearest is named", async () => {
    const base = await scenarioWith(3);
    const trials = knownTrials(3, value, { shared: 0, own: 0 });
    const run = trials.run.bind(trials);
    // The third metric is the success itself.
    trials.run = async (asked) => (await run(asked)).map(([goal, cost]) => [goal, cost, goal]);
    const search = improve(base, trials, {
      ...{ goal: "success", seed: "test" },
      constraints: [readConstraint("success >= 0.9")],
    });
    await expect(search).rejects.toMatchObject({
      obstacle: "constraints",
      message: "no set of changes meets success >= 0.9",
      hint: "The nearest is a + b + c: success 0.03.",
    });
  });

  test("improvements that make no valid scenario are left out, with the reason", async () => {
    const more = "  - { name: broken, set: { agents.wroker.count: 2 } }";
    const { leftOut, options } = await found(value, { atMost: 1 }, { more, count: 3 });
    expect(leftOut).toEqual([{ name: "broken", why: expect.stringContaining("agents.wroker") }]);
    expect(options.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  });

  test("nothing that helps is no first step", async () => {
    const harmful = (set: Changes): Value => ({ goal: -0.01 * letters(set).length, cost: 0 });
    expect(await found(harmful)).toMatchObject({ first: null, path: [] });
  });
});

/** Effects and interactions in steps of .02; costs in whole dollars. */
const worthOf =
  (effects: readonly number[], pairs: readonly number[], prices: readonly number[]) =>
  (set: Changes): Value => {
    let goal = 0;
    let cost = 0;
    let pair = 0;
    for (let i = 0; i < set.length; i++) {
      if (set[i]) {
        goal += 0.04 * effects[i];
        cost += prices[i];
      }
      for (let j = i + 1; j < set.length; j++, pair++)
        if (set[i] && set[j]) goal += 0.02 * pairs[pair];
    }
    return { goal, cost };
  };

const changesOf = (names: readonly string[]): Changes =>
  Array.from({ length: 8 }, (_, i) => names.includes(String.fromCharCode(97 + i)));
