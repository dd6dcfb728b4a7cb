// The sentence on top of a report: what it says, and what it does not dare to say.
import { describe, expect, test } from "vitest";
import { experimentAnswer } from "../../../src/pages/report/answer.ts";
import { sweepAnswer } from "../../../src/pages/report/sweepAnswer.ts";
import { countOf, rangeOf, tasksFor, timesText } from "../../../src/wording/rates.ts";
import { estimateWords, PERCENT, PLAIN } from "../../../src/wording/sentence.ts";
import { about, comparison, none, run, sweep } from "./support.ts";

const lead = (...args: Parameters<typeof comparison>) => experimentAnswer(comparison(...args)).lead;

const success = (mean: number, half = 0.02) => ({ success: about(mean, half) });
const SINGLE = {
  name: "x-single",
  figures: { ...success(0.39), deliverableErrors: about(1, 0.05) },
};
const errors = (mean: number) => ({ deliverableErrors: about(mean, 0.05) });

/** A scenario of a comparison with `SINGLE`, the differences as its figures have them. */
const other = (name: string, rate: number, wrong = 1, half = 0.02) => ({
  name: `x-${name}`,
  figures: { ...success(rate, half), ...errors(wrong) },
  difference: about(rate - 0.39, half),
});

describe("a comparison", () => {
  test("says of 100 tasks how many succeed with each of two, and how many fewer errors there are", () => {
    expect(lead([SINGLE, other("centralized", 0.67, 0.07)])).toBe(
      "Of every 100 tasks, 67 succeed with a centralized team, 39 with a single agent; 93 % fewer errors reach the deliverable.",
    );
  });

  test("says where more success goes with more errors", () => {
    expect(lead([SINGLE, other("hybrid", 0.67, 3.4)])).toBe(
      "Of every 100 tasks, 67 succeed with a hybrid team, 39 with a single agent; yet 3.4 times as many errors reach the deliverable.",
    );
  });

  test("calls scenarios that nobody knows by their names", () => {
    expect(
      lead([
        { ...SINGLE, name: "solo" },
        { ...other("", 0.67), name: "guarded" },
      ]),
    ).toBe("Of every 100 tasks, 67 succeed with guarded, 39 with solo.");
  });

  test("of several names the best, the baseline beside it, and who lets fewest and most errors pass", () => {
    expect(
      lead([
        SINGLE,
        other("centralized", 0.67, 0.5),
        other("independent", 0.48, 3.2),
        other("hybrid", 0.6),
      ]),
    ).toBe(
      "Of every 100 tasks, 67 succeed with a centralized team, the best of four architectures, and 39 with a single agent; 50 % fewer errors reach the deliverable with a centralized team than with a single agent, and 3.2 times as many with independent agents.",
    );
  });

  test("says when the baseline itself is best, and names the next", () => {
    expect(lead([SINGLE, other("hybrid", 0.2)])).toBe(
      "Of every 100 tasks, 39 succeed with a single agent, 20 with a hybrid team.",
    );
    expect(lead([SINGLE, other("hybrid", 0.2), other("independent", 0.1, 2.5)])).toBe(
      "Of every 100 tasks, 39 succeed with a single agent, the best of three architectures, and 20 with a hybrid team, the next best; 2.5 times as many errors reach the deliverable with independent agents as with a single agent.",
    );
  });

  test("says that some at the top cannot be told apart", () => {
    expect(lead([SINGLE, other("hybrid", 0.64), other("centralized", 0.66)])).toBe(
      "Of every 100 tasks, 64 to 66 succeed with a centralized team and a hybrid team, which cannot be told apart, and 39 with a single agent.",
    );
    const many = ["a", "b", "c", "d"].map((name) => other(name, 0.65));
    expect(lead([SINGLE, ...many])).toBe(
      "Of every 100 tasks, 65 succeed with four of five scenarios, which cannot be told apart, and 39 with single.".replace(
        "with single",
        "with a single agent",
      ),
    );
  });

  test("believes the paired difference to the baseline, not the intervals", () => {
    const near = { ...other("hybrid", 0.41) };
    expect(lead([SINGLE, { ...near, difference: about(0.02, 0.01) }])).toBe(
      "Of every 100 tasks, 41 succeed with a hybrid team, 39 with a single agent.",
    );
    expect(lead([SINGLE, { ...near, difference: about(0.02, 0.03) }])).toBe(
      "How many tasks succeed with a hybrid team and a single agent cannot be told apart: 41 and 39 of every 100.",
    );
  });

  test("tells what can be told before what cannot", () => {
    expect(lead([SINGLE, other("hybrid", 0.39, 0.4)])).toBe(
      "60 % fewer errors reach the deliverable with a hybrid team than with a single agent; how many tasks succeed with a single agent and a hybrid team cannot be told apart: 39 and 39 of every 100.",
    );
    expect(lead([SINGLE, other("hybrid", 0.38), other("independent", 0.4)])).toBe(
      "How many tasks succeed with the three architectures cannot be told apart: 38 to 40 of every 100.",
    );
  });

  test("says about of a rate that is not known well", () => {
    expect(lead([SINGLE, other("hybrid", 0.71, 1, 0.11)])).toBe(
      "Of every 100 tasks, about 71 succeed with a hybrid team, 39 with a single agent.",
    );
  });

  test("tells rare failures of as many tasks as it takes", () => {
    const rate = (mean: number) => ({ success: about(mean, 0.0001) });
    expect(
      lead([
        { ...SINGLE, figures: rate(0.9962) },
        { ...other("hybrid", 0.9998), figures: rate(0.9998), difference: about(0.0036, 0.0001) },
      ]),
    ).toBe("Of every 10,000 tasks, 9,998 succeed with a hybrid team, 9,962 with a single agent.");
  });

  test("tells an end of all errors, and errors that only one of them has", () => {
    const clean = { deliverableErrors: { mean: 0, ci: [0, 0] as const } };
    const guarded = { ...other("hybrid", 0.67), figures: { ...success(0.67), ...clean } };
    expect(lead([SINGLE, guarded])).toBe(
      "Of every 100 tasks, 67 succeed with a hybrid team, 39 with a single agent; no error reaches the deliverable.",
    );
    const flawless = { ...SINGLE, figures: { ...success(0.39), ...clean } };
    expect(lead([flawless, other("hybrid", 0.67)])).toBe(
      "Of every 100 tasks, 67 succeed with a hybrid team, 39 with a single agent; errors reach the deliverable with a hybrid team, and none with a single agent.",
    );
  });

  test("tells that all or none ever succeed, and that no task has ended", () => {
    const always = (mean: number) => ({ success: { mean, ci: [mean, mean] } as const });
    const of = (figures: ReturnType<typeof always>, ...names: string[]) =>
      lead(names.map((name) => ({ name, figures })));
    expect(of(always(0), "a", "b")).toBe("No task succeeds with either scenario.");
    expect(of(always(0), "a", "b", "c")).toBe("No task succeeds with any of three scenarios.");
    expect(of(always(1), "a", "b", "c")).toBe("Every task succeeds with each of three scenarios.");
    const undone = { success: none("no task has ended") };
    expect(
      lead([
        { name: "a", figures: undone },
        { name: "b", figures: undone },
      ]),
    ).toBe("No success rate can be told, since no task has ended.");
  });

  test("gives the figures with their intervals after that", () => {
    const { more } = experimentAnswer(comparison([SINGLE, other("centralized", 0.67, 0.07)]));
    expect(more).toEqual([
      "Success: centralized 67 % (65 to 69) and single 39 % (37 to 41).",
      "Wrong claims in a deliverable: single 1.00 (0.95 to 1.05) and centralized 0.07 (0.02 to 0.12).",
      "What a success costs does not tell them apart: single $1.0 (0.9 to 1.1) and centralized $1.0 (0.9 to 1.1), failures included.",
    ]);
  });

  test("tells an interruption", () => {
    const result = { ...comparison([SINGLE]), replications: 2000, interrupted: true };
    expect(experimentAnswer(result).more).toContain(
      "The run was interrupted after 800 of 2,000 replications.",
    );
  });
});

describe("losses", () => {
  const loses = (total: number, wrong: number, missing: number, half = 20) => ({
    "loss.total": about(total, half),
    "loss.wrong": about(wrong, half),
    "loss.missing": about(missing, half),
    totalCost: about(total + 10, half),
  });
  const claims = (losses: Readonly<Record<string, number>>) => ({
    claims: Object.fromEntries(
      Object.entries(losses).map(([name, loss]) => [name, { loss: about(loss, 5) }]),
    ),
  });
  const answerOf = (breakdown: ReturnType<typeof claims>) =>
    experimentAnswer(
      run([{ name: "x", figures: { ...success(0.8), ...loses(500, 124, 376) }, breakdown }]),
    );

  test("of one scenario are told by the claim that has most of it and by what went wrong", () => {
    const begin = "Of every 100 tasks, 80 succeed; a task loses $500 on average, ";
    const { lead, more } = answerOf(claims({ facts: 20, payout: 480 }));
    expect(lead).toBe(
      `${begin}nearly all of it at payout and $376 of it by claims that are missing.`,
    );
    expect(more).toContain(
      "A task loses $500 (480 to 520), and costs $510 (490 to 530) with what is spent on it.",
    );
    const spread = answerOf(claims({ facts: 240, payout: 260 })).lead;
    expect(spread).toContain("most of it at payout");
    expect(answerOf(claims({ a: 200, b: 200, c: 100 })).lead).toBe(
      `${begin}$376 of it by claims that are missing.`,
    );
  });

  test("of two scenarios are compared where chance does not explain it", () => {
    const told = (second: number) =>
      experimentAnswer(
        comparison([
          { ...SINGLE, figures: { ...SINGLE.figures, ...loses(500, 500, 0) } },
          { ...other("hybrid", 0.67), figures: { ...success(0.67), ...loses(second, second, 0) } },
        ]),
      );
    expect(told(200).lead).toContain(
      "; a task loses $200 with a hybrid team, against $500 with a single agent.",
    );
    expect(told(490).lead).not.toContain("$");
    expect(told(490).more.join(" ")).toContain(
      "Loss of a task: single $500 (480 to 520) and hybrid $490 (470 to 510); with what is spent on it, its cost does not tell them apart.",
    );
  });
});

describe("a run", () => {
  test("of one scenario says how many tasks succeed, what the deliverables lack and what a success costs", () => {
    const figures = {
      ...success(0.5),
      costPerSuccess: about(0.12, 0.004),
      ...errors(0.3),
      missingClaims: about(0.2, 0.1),
    };
    expect(experimentAnswer(run([{ name: "chain", figures }]))).toEqual({
      lead: "Of every 100 tasks, 50 succeed.",
      more: [
        "Success is 50 % (48 to 52).",
        "On average a deliverable has 0.30 (0.25 to 0.35) wrong claims and lacks 0.2 (0.1 to 0.3).",
        "A success costs $0.120 (0.116 to 0.124), failures included.",
      ],
    });
  });

  test.each([
    [0, "No task succeeds."],
    [1, "Every task succeeds."],
  ])("of one scenario with success %d", (mean, text) => {
    const figures = { success: { mean, ci: [mean, mean] } as const };
    expect(experimentAnswer(run([{ name: "chain", figures }])).lead).toBe(text);
  });

  test("of several has no baseline: the best, and the next", () => {
    const of = (name: string, rate: number) => ({ name, figures: success(rate) });
    expect(experimentAnswer(run([of("a", 0.3), of("b", 0.6), of("c", 0.5)])).lead).toBe(
      "Of every 100 tasks, 60 succeed with b, the best of three scenarios, and 50 with c, the next best.",
    );
  });
});

describe("a sweep", () => {
  test("counts the combinations in which each scenario is best, and says what matters most", () => {
    // solo is .9 - .8 rate, team .4 + .2 rate: ten rates, none of them within the intervals of the crossing.
    expect(sweepAnswer(sweep(10, 3))).toEqual({
      lead: "solo succeeds most often in 15 of 30 combinations and team in 15; success of solo falls from 78 % to 18 % as rate goes from 0.05–0.25 to 0.85–0.95.",
      more: [
        "Success is highest with solo at rate 0.05, size 1: 86 % (85 to 87); it is lowest with solo at rate 0.95, size 3: 14 % (13 to 15).",
      ],
    });
  });

  test("of few values tells the first and the last", () => {
    expect(sweepAnswer(sweep(4, 1)).lead).toBe(
      "solo succeeds most often in 2 of 4 combinations and team in 2; success of solo falls from 80 % to 20 % as rate goes from 0.125 to 0.875.",
    );
  });

  test("of a factor that goes up and down tells where the figure is highest and lowest", () => {
    const { rows, ...header } = sweep(3, 1);
    const humped = rows
      .filter(({ scenario }) => scenario === "solo")
      .map((row, i) => ({
        ...row,
        metrics: { success: about([0.5, 0.8, 0.3][i], 0.01) },
      }));
    expect(sweepAnswer({ ...header, rows: humped }).lead).toBe(
      "Success is highest at rate 0.5, 80 %, and lowest at rate 0.8333, 30 %.",
    );
  });

  test("without a difference says so", () => {
    const { rows, ...header } = sweep(3, 1);
    const even = rows.map((row) => ({ ...row, metrics: { success: about(0.5, 0.1) } }));
    expect(sweepAnswer({ ...header, rows: even })).toEqual({
      lead: "No scenario succeeds most often for certain in any of 3 combinations.",
      more: [
        "Success does not tell the combinations apart: it lies between 50 % (40 to 60) and 50 % (40 to 60), and the intervals overlap.",
      ],
    });
  });

  test("without cells says so", () => {
    expect(sweepAnswer({ ...sweep(1, 1), rows: [] }).lead).toBe("This sweep has no cells.");
  });

  test("that was not run yet says so", () => {
    const { rows, ...header } = sweep(2, 1);
    const missing = rows.map(({ cell, scenario, factors, seed }) => ({
      cell,
      scenario,
      factors,
      seed,
      status: "missing" as const,
    }));
    expect(sweepAnswer({ ...header, rows: missing }).lead).toBe(
      "Nothing of this sweep was run yet.",
    );
  });
});

test("estimates have the digits that their interval deserves", () => {
  expect(estimateWords(about(0.651, 0.031), PERCENT)).toBe("65 % (62 to 68)");
  expect(estimateWords(about(0.6512, 0.0031), PERCENT)).toBe("65.1 % (64.8 to 65.4)");
  expect(estimateWords(about(3.21, 0.34), PLAIN)).toBe("3.2 (2.9 to 3.5)");
  expect(estimateWords(about(12345.6, 234), PLAIN)).toBe("12,346 (12,112 to 12,580)");
  expect(estimateWords({ mean: 2, ci: [1.5, null] }, PLAIN)).toBe("2.0 (1.5 or more)");
  expect(estimateWords(none("no"), PLAIN)).toBe("undefined");
});

describe("rates", () => {
  const known = (mean: number) => ({ ...about(mean, 0.01), mean });

  test("are told of 100 tasks, or of as many as it takes to tell them apart", () => {
    expect(tasksFor([known(0.39), known(0.67)])).toBe(100);
    expect(tasksFor([known(0.391), known(0.394)])).toBe(1000);
    expect(tasksFor([known(0.00004)])).toBe(100_000);
    expect(tasksFor([known(0), known(1)])).toBe(100);
    expect(tasksFor([known(0.5), known(0.5)])).toBe(100);
    expect(tasksFor([known(1e-12)])).toBe(1_000_000);
  });

  test("have ranges", () => {
    expect(rangeOf([known(0.64), known(0.66)], 100)).toBe("64 to 66");
    expect(rangeOf([known(0.64), known(0.641)], 100)).toBe("64");
    expect(countOf(known(0), 100)).toBe("none");
    expect(countOf(known(1), 100)).toBe("all");
  });

  test.each([
    [0.07, "93 % fewer"],
    [0.001, "more than 99 % fewer"],
    [0.997, "0.3 % fewer"],
    [1.3, "30 % more"],
    [1.99, "99 % more"],
    [2, "2 times as many"],
    [3.41, "3.4 times as many"],
    [17.2, "17 times as many"],
    [1234, "1,234 times as many"],
  ])("%d times is %s", (ratio, text) => {
    expect(timesText(ratio, 1).before).toBe(text);
  });
});
