import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkParameter,
  checkParameters,
  fromUnit,
  type Parameter,
  pointFromUnit,
  pointToUnit,
  type Scale,
  toUnit,
} from "../../src/calibrate/parameters.ts";

const unit = fc.double({ min: 0, max: 1, noNaN: true });

const range = (scale: Scale, bound: fc.Arbitrary<number>): fc.Arbitrary<Parameter> =>
  fc
    .tuple(bound, bound)
    .filter(([a, b]) => Math.abs(a - b) > 1e-3 * Math.max(Math.abs(a), Math.abs(b)))
    .map(([a, b]) => ({ name: "p", low: Math.min(a, b), high: Math.max(a, b), scale }));

const parameter = fc.oneof(
  range("linear", fc.double({ min: -1e6, max: 1e6, noNaN: true })),
  range("log", fc.double({ min: 1e-9, max: 1e9, noNaN: true })),
  range("logit", fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true })),
);

describe("a parameter's scale", () => {
  it("maps the unit interval into the range, its ends exactly", () => {
    fc.assert(
      fc.property(parameter, unit, (p, u) => {
        const value = fromUnit(p, u);
        expect(value >= p.low && value <= p.high).toBe(true);
        expect([fromUnit(p, 0), fromUnit(p, 1)]).toEqual([p.low, p.high]);
        expect([toUnit(p, p.low), toUnit(p, p.high)]).toEqual([0, 1]);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it("is undone by its inverse, and keeps order", () => {
    fc.assert(
      fc.property(parameter, unit, unit, (p, u, v) => {
        expect(toUnit(p, fromUnit(p, u))).toBeCloseTo(u, 8);
        if (u < v) expect(fromUnit(p, u)).toBeLessThanOrEqual(fromUnit(p, v));
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it.each<[Scale, number, number, number]>([
    ["linear", -2, 6, 2],
    ["log", 0.01, 100, 1],
    ["logit", 0.1, 0.9, 0.5],
    ["logit", 1 / 3, 1 / 5, 1 / 4],
  ])("has its centre where the %s scale says", (scale, a, b, centre) => {
    const p = { name: "p", low: Math.min(a, b), high: Math.max(a, b), scale };
    // Odds 1/2 and 1/4: the centre has odds of their geometric mean.
    const expected = centre === 1 / 4 ? Math.SQRT1_2 / (2 + Math.SQRT1_2) : centre;
    expect(fromUnit(p, 0.5)).toBeCloseTo(expected, 12);
  });

  it("maps points coordinate by coordinate", () => {
    const parameters: Parameter[] = [
      { name: "a", low: 0, high: 10, scale: "linear" },
      { name: "b", low: 1, high: 100, scale: "log" },
    ];
    const values = pointFromUnit(parameters, [0.25, 0.5]);
    expect(values[0]).toBe(2.5);
    expect(values[1]).toBeCloseTo(10, 12);
    expect(pointToUnit(parameters, values)[1]).toBeCloseTo(0.5, 12);
  });
});

describe("a parameter is refused", () => {
  it.each<[string, number, number, string, RegExp]>([
    ["if its range is empty", 1, 1, "linear", /low must be < high$/],
    ["if its range is inverted", 2, 1, "linear", /low must be < high$/],
    ["if a bound is infinite", 0, Infinity, "linear", /must be finite$/],
    ["if a bound is no number", Number.NaN, 1, "linear", /must be finite$/],
    ["if the range overflows", -1.7e308, 1.7e308, "linear", /must be finite$/],
    ["if a log range reaches 0", 0, 1, "log", /low must be > 0 on the log scale$/],
    ["if a logit range reaches 0", 0, 0.5, "logit", /must be in \(0, 1\) on the logit scale$/],
    ["if a logit range reaches 1", 0.5, 1, "logit", /must be in \(0, 1\) on the logit scale$/],
    ["if the scale cannot tell its bounds apart", 1e300, 1e300 * (1 + 2 ** -52), "log", /differ/],
    ["if its scale is unknown", 0, 1, "toString", /linear, log or logit$/],
  ])("%s", (_, low, high, scale, rule) => {
    const p = { name: "p", low, high, scale: scale as Scale };
    expect(() => checkParameter(p)).toThrow(RangeError);
    expect(() => checkParameter(p)).toThrow(rule);
  });

  it("among others if there is none, or a name comes twice", () => {
    const p: Parameter = { name: "p", low: 0, high: 1, scale: "linear" };
    expect(() => checkParameters([])).toThrow(/at least one must be free$/);
    expect(() => checkParameters([p, p])).toThrow(/names must be distinct$/);
    expect(() => checkParameters([p, { ...p, name: "q" }])).not.toThrow();
  });

  it("with a value or place outside its range, or points of another length", () => {
    const p: Parameter = { name: "p", low: 1, high: 2, scale: "log" };
    for (const value of [0.99, 2.01, Number.NaN])
      expect(() => toUnit(p, value)).toThrow(RangeError);
    for (const u of [-0.01, 1.01, Number.NaN]) expect(() => fromUnit(p, u)).toThrow(RangeError);
    expect(() => pointFromUnit([p], [0, 1])).toThrow(/must be one per parameter$/);
    expect(() => pointToUnit([p], [])).toThrow(/must be one per parameter$/);
  });
});
