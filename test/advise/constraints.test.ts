// Constraints: written as thresholds are, and judged by what is expected of a candidate.
import { describe, expect, test } from "vitest";
import { meets } from "../../src/advise/ranking.ts";
import { ConstraintError, readConstraint } from "../../src/decide/constraints.ts";
import type { Text } from "../../src/documents/checking/problems.ts";

const faultOf = (text: string): Text => {
  try {
    readConstraint(text);
  } catch (error) {
    return (error as ConstraintError).text;
  }
  throw new Error("nothing is wrong");
};

describe("a constraint", () => {
  test("is METRIC OPERATOR NUMBER, with or without spaces", () => {
    const constraint = { metric: "latency.p95", operator: "<=", value: 60 };
    expect(readConstraint("latency.p95<=60")).toEqual(constraint);
    expect(readConstraint(" latency.p95 <= 60 ")).toEqual(constraint);
  });

  test.each([
    ["cost", /"cost" is not a constraint/, undefined],
    ["cost =< 0.5", /is not a constraint/, "cost <= 0.5"],
    ["success >= 40%", /is not a constraint/, "success >= 0.4"],
    ["success >= 40", /success is a share, which is never 40/, "success >= 0.4"],
    ["csot <= 0.5", /there is no metric csot/, "cost <= 0.5"],
    ["p95 latency < 60", /is not a constraint/, "latency.p95 < 60"],
  ])("is not %s", (text, message, replacement) => {
    const fault = faultOf(text);
    expect(fault.message).toMatch(message);
    expect(fault.rule).toBeDefined();
    expect(fault.replacement).toBe(replacement);
  });

  test("is refused with an error that says what is wrong", () => {
    expect(() => readConstraint("cost")).toThrow(ConstraintError);
  });
});

describe("a candidate", () => {
  const metrics = {
    cost: { mean: 0.5, ci: [0.1, 0.9] },
    success: { mean: 0.2, ci: [0.1, 0.3] },
    latency: { p95: { mean: 60, ci: [50, 70] } },
    onTime: { mean: null, ci: [null, null], undefined: "there is no objective" },
  } as const;
  const meetsIt = (text: string) => meets(readConstraint(text), 0.7, metrics);

  test("meets a constraint by the simulated mean, whatever its interval", () => {
    expect(
      ["cost <= 0.5", "cost < 0.5", "latency.p95 >= 60", "latency.p95 > 60"].map(meetsIt),
    ).toEqual([true, false, true, false]);
  });

  test("meets one on success by the prediction", () => {
    expect(["success >= 0.7", "success <= 0.5"].map(meetsIt)).toEqual([true, false]);
  });

  test("neither meets nor misses one on a metric that has no value", () => {
    expect(["onTime >= 0.9", "gain > 0"].map(meetsIt)).toEqual([null, null]);
  });
});
