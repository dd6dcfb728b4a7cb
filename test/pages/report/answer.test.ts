// The sentence on top of a report: what it says, and what it does not dare to say.
import { describe, expect, test } from "vitest";
import { experimentAnswer } from "../../../src/pages/report/answer.ts";
import { sweepAnswer } from "../../../src/pages/report/sweepAnswer.ts";
import { estimateWords, PERCENT, PLAIN } from "../../../src/pages/report/words.ts";
import { about, comparison, none, run, sweep } from "./support.ts";

const lead = (...args: Parameters<typeof comparison>) => experimentAnswer(comparison(...args)).lead;

const SINGLE = { name: "x-single", figures: { success: about(0.39, 0.02) } };
const success = (mean: number) => ({ success: about(mean, 0.03) });

describe("a comparison", () => {
  test("names the best, the baseline beside it, and who lets most errors pass", () => {
    const text = lead([
      SINGLE,
      {
        name: "x-centralized",
        figures: { ...success(0.65), "amplification.propagation": about(1, 0.2) },
        difference: about(0.26, 0.03),
      },
      {
        name: "x-independent",
        figures: { ...success(0.45), "amplification.propagation": about(3.2, 0.3) },
        difference: about(0.06, 0.03),
      },
    ]);
    expect(text).toBe(
      "Of three architectures centralized succeeds most often: 65 % (62 to 68) of the tasks against 39 % (37 to 41) of single; independent lets 3.2 (2.9 to 3.5) times as many errors reach aggregation as single.",
    );
  });

  test("says that two at the top cannot be told apart where their intervals overlap", () => {
    const text = lead([
      SINGLE,
      { name: "x-hybrid", figures: success(0.64), difference: about(0.25, 0.03) },
      { name: "x-centralized", figures: success(0.66), difference: about(0.27, 0.03) },
    ]);
    expect(text).toMatch(
      /^Of three architectures centralized and hybrid succeed most often and cannot be told apart: 66 % \(63 to 69\) and 64 % \(61 to 67\) of the tasks against 39 %/,
    );
  });

  test("believes the paired difference to the baseline, not the intervals", () => {
    const near = { name: "x-hybrid", figures: success(0.41) };
    expect(lead([SINGLE, { ...near, difference: about(0.02, 0.01) }])).toMatch(
      /^Of two architectures hybrid succeeds more often: 41 %/,
    );
    expect(lead([SINGLE, { ...near, difference: about(0.02, 0.03) }])).toMatch(
      /^The two architectures cannot be told apart by how often they succeed/,
    );
  });

  test("says when the baseline itself is best", () => {
    expect(
      lead([SINGLE, { name: "x-hybrid", figures: success(0.2), difference: about(-0.19, 0.03) }]),
    ).toMatch(
      /^Of two architectures single \(the baseline\) succeeds more often: 39 % .* against 20 %/,
    );
  });

  test("says why amplification is undefined", () => {
    const why = "the baseline brings no error to aggregation (E_s = 0)";
    const figures = { "amplification.propagation": none(why) };
    expect(
      lead([
        { ...SINGLE, figures: { ...SINGLE.figures, ...figures } },
        { name: "x-b", figures },
      ]),
    ).toContain(`how many times as many errors reach aggregation cannot be told, since ${why}.`);
  });

  test("draws no conclusion from amplifications whose intervals hold 1", () => {
    const figures = { ...success(0.6), "amplification.propagation": about(1.1, 0.2) };
    expect(lead([SINGLE, { name: "x-hybrid", figures, difference: about(0.2, 0.1) }])).toContain(
      "whether hybrid lets more or fewer errors reach aggregation than single cannot be told",
    );
  });

  test("tells that nothing ever succeeds, and that no task has ended", () => {
    const zero = { success: { mean: 0, ci: [0, 0.004] } as const };
    expect(
      lead([
        { name: "a", figures: zero },
        { name: "b", figures: zero },
      ]),
    ).toMatch(/^None of the two scenarios ever succeeds/);
    const undone = { success: none("no task has ended") };
    expect(
      lead([
        { name: "a", figures: undone },
        { name: "b", figures: undone },
      ]),
    ).toMatch(/^No success rate can be told, since no task has ended/);
  });

  test("tells an interruption", () => {
    const result = { ...comparison([SINGLE]), replications: 2000, interrupted: true };
    expect(experimentAnswer(result).more).toContain(
      "The run was interrupted after 800 of 2,000 replications.",
    );
  });
});

test("a run of one scenario says how often it succeeds and what that costs", () => {
  const figures = { success: about(0.5, 0.02), costPerSuccess: about(0.12, 0.004) };
  expect(experimentAnswer(run([{ name: "chain", figures }]))).toEqual({
    lead: "chain succeeds in 50 % (48 to 52) of the tasks.",
    more: ["A success costs $0.120 (0.116 to 0.124), failures included."],
  });
});

describe("a sweep", () => {
  test("counts the cells in which each scenario is best, and says where the figure is highest", () => {
    // solo - team is 0.5 - rate: ten rates, none of them within the intervals of the crossing.
    expect(sweepAnswer(sweep(10, 3))).toEqual({
      lead: "Of 30 cells solo has the highest success in 15 and team in 15.",
      more: [
        "Success is highest with solo at rate 0.05, size 1: 86 % (85 to 87); it is lowest with solo at rate 0.95, size 3: 14 % (13 to 15).",
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
