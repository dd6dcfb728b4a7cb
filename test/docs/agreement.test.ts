// How far groups of figures agree with published ones, as words: verdicts on pages are made of them.
import { describe, expect, test } from "vitest";
import { agreement, agreementPlaces } from "../../scripts/docs/studies/agreement.ts";
import { type JudgedTarget, judged, type TargetResult } from "../../src/literature/judging.ts";
import { relative } from "../../src/literature/target.ts";

/** A figure that is published as -50 %, unless it is told otherwise, with an interval of ±5. */
function figure(mean: number | null, changed: Partial<JudgedTarget> = {}): TargetResult {
  const ends: [number | null, number | null] = mean === null ? [null, null] : [mean - 5, mean + 5];
  return judged({
    ...{ id: "study.change.a", figure: "change", title: "a", unit: "%", published: -50 },
    ...{ simulated: { mean, ci: ends }, tolerance: relative(0.2), kind: "predicted" },
    ...{ source: "a source", definition: "a definition", ...changed },
  });
}

describe("agreement", () => {
  test.each([
    [[-50, -45], "with all 2 figures in direction and in size"],
    [[-50, -10], "with all 2 figures in direction, and with 1 of 2 in size"],
    [[-10, 50], "with 1 of 2 figures in direction, and with none of 2 in size"],
    [[50, 60], "with none of 2 figures in direction and in size"],
  ])("of %j with -50", (means, words) => {
    expect(agreement(means.map((mean) => figure(mean)))).toBe(words);
  });

  test("in direction is doubtful where the interval reaches the other side, or has no end", () => {
    const [open, none]: TargetResult[] = [
      figure(-10, { simulated: { mean: -10, ci: [null, -5] } }),
      figure(null),
    ];
    expect(agreement([figure(-4), open, none, figure(-6)])).toBe(
      "with 1 of 4 figures in direction, and with none of 4 in size",
    );
  });

  test("of a ratio is on the side of 1", () => {
    const ratio = (mean: number) =>
      figure(mean, { unit: "ratio", published: 2, simulated: { mean, ci: [mean, mean] } });
    expect(agreement([ratio(1.9), ratio(0.5)])).toBe(
      "with 1 of 2 figures in direction, and with 1 of 2 in size",
    );
  });
});

test("groups are figures whose ids begin alike, with a tolerance, two at least", () => {
  const places = agreementPlaces([
    figure(-50, { id: "study.change.a" }),
    figure(-10, { id: "study.change.b" }),
    figure(-50, { id: "study.changed.a" }),
    figure(-50, { id: "study.change.c", tolerance: null }),
  ]);
  expect(places["in range study.change"]).toBe("1 of 2");
  expect(places["in range study"]).toBe("2 of 3");
  expect(Object.keys(places)).toHaveLength(4);
});
