// What is said of an experiment, beyond what is said of every file.

import type { Text, Warning } from "../../documents/checking/problems.ts";
import { didYouMean, list } from "../../documents/quoting.ts";
import type { FactorValue } from "../designs/axes.ts";

/** A point as it is shown in a message. */
const shown = (point: Readonly<Record<string, FactorValue>>) =>
  Object.entries(point)
    .map(([name, value]) => `${name} = ${value}`)
    .join(", ") || "no factor";

/** Rules of fields that only experiments have, by unit. */
export const RULES: Readonly<Record<string, string>> = {
  value: "a value is a number, true or false, or a word",
  paths: "path is the dotted path of a field, or a list of paths",
  labels: "only is a label from scenarios, or a list of labels",
  "half-width": "a precision is a number above 0, or a percentage of the estimate such as 1%",
};

// ---------------------------------------------------------------- scenarios, baseline

export const noScenarios: Text = {
  message: "there is no scenario",
  rule: "an experiment has at least one scenario",
  hint: "write scenarios: { team: team.yaml }",
};

export const sameName = (name: string, first: string): Text => ({
  message: `another scenario is called ${name}: that of ${first}`,
  rule: "scenarios of one sweep have different names",
  hint: "set name in one of them, or give them labels in an experiment file",
});

// ---------------------------------------------------------------- factors

export const factorName = (name: string, reserved: readonly string[]): Text => ({
  message: `a factor cannot be called ${name}`,
  rule: `formulas read the names of factors: they begin with a letter and have the letters A to Z, digits and _ only (at most 64), and ${list(reserved)} mean something else`,
  hint: name.includes(".") ? "leave out path, if the name is the path" : undefined,
});

export const noLevels: Text = {
  message: "the factor does not say what it is to be",
  rule: "a factor has values, or from and to, or a formula",
  hint: "write values: [1, 3, 5]",
};

export const levelsTwice = (first: string, second: string): Text => ({
  message: `the factor has both ${first} and ${second}`,
  rule: "a factor has values, or from and to (with count and scale), or a formula",
});

export const levelsBesidePoints = (key: string): Text => ({
  message: `the factor has ${key}, but the design lists the points`,
  rule: "with design points, the values of a factor stand in the points",
});

export const halfARange = (missing: string): Text => ({
  message: `the range has no ${missing}`,
  rule: "a range has from and to",
});

export const invertedRange = (from: number, to: number): Text => ({
  message: "the range is inverted",
  rule: "from is not above to",
  hint: `begin at ${to} and end at ${from}`,
});

export const logOfZero = (from: number): Text => ({
  message: `a range from ${from} has no log scale`,
  rule: "on a log scale both ends are above 0",
  hint: "begin above 0, or use the scale linear",
});

export const needsCount = (design: string): Text => ({
  message: "the range does not say how many values it has",
  rule: `with design ${design} a range has a count, unless whole numbers are needed`,
  hint: "add a count, as in 0.01:0.2:5",
});

export const fewerThanCount = (count: number, distinct: number): Warning => ({
  topic: "range-with-too-few-values",
  message: `${count} values in this range give ${distinct === 1 ? "one" : `${distinct} different ones`}`,
  hint:
    distinct === 1
      ? "leave out the count, or widen the range"
      : `set the count to ${distinct}, or widen the range`,
});

export const oneOfRange = (from: number, to: number): Text => ({
  message: `one value cannot span a range from ${from} to ${to}`,
  rule: "a range that has two ends has a count of 2 or more",
  hint: "raise the count, leave it out, or write the one value",
});

export const valueTwice = (value: FactorValue): Text => ({
  message: `${value} stands twice in the values`,
  rule: "the values of a factor differ",
});

export const inNoScenario = (text: Text, label: string, others: readonly string[]): Text =>
  others.length === 0
    ? text
    : {
        message: `${text.message} in ${label}`,
        rule: text.rule,
        hint: text.hint ?? `set it elsewhere alone: only: [${others.join(", ")}]`,
      };

export const notVaried = (path: string): Text => ({
  message: `${path} cannot be varied`,
  rule: "name, seed, replications and thresholds are the same in all cells",
});

export const pathTwice = (path: string, other: string): Text => ({
  message: `${path} is varied already, by ${other}`,
  rule: "a field of a scenario is varied by one factor",
});

export const setAndVaried = (path: string, set: string): Text => ({
  message: `${path} is varied, and ${set === path ? "it" : set} is set by --set: the value that is set would be lost`,
  rule: "a field is either varied or set",
  hint: `leave out --set ${set}, or do not vary ${path}`,
});

export const setTwice = (path: string, other: string): Text => ({
  message: `${path} is set by --set, but ${other} decides on it`,
  rule: "a value is set in one way",
  hint: `leave out --set ${path}`,
});

// ---------------------------------------------------------------- formulas

export const unknownFactor = (
  name: string,
  known: readonly string[],
  near: string | undefined,
): Text => ({
  message: `there is no factor ${name}`,
  rule: `factors here are ${list(known)}`,
  hint:
    didYouMean(near) ??
    (known.some((one) => one.includes("."))
      ? `give a factor a name: factors: { ${name}: { path: ... } }`
      : undefined),
});

export const wordsInFormula = (name: string): Text => ({
  message: `the factor ${name} is not always a number`,
  rule: "formulas compute with factors that are numbers, or true and false",
});

export const factorCycle = (names: readonly string[]): Text => ({
  message: `the formulas of factors use each other: ${names.join(" → ")}`,
  rule: "formulas have no loops",
});

export const usesElsewhere = (name: string, label: string): Text => ({
  message: `the formula uses ${name}, which is not set in ${label}`,
  rule: "a factor with a formula is set where all factors that it uses are set",
  hint: "leave out only",
});

export const setNowhere = (used: readonly string[]): Text => ({
  message: `no scenario has all of ${list(used)}, which the formula uses`,
  rule: "a factor with a formula is set where all factors that it uses are set",
});

export const formulaGives = (
  name: string,
  result: unknown,
  point: Readonly<Record<string, FactorValue>>,
): Text => ({
  message: `the formula of ${name} gives ${String(result)} (${shown(point)})`,
  rule: "a formula gives a finite number",
});

export const notACondition = (
  result: unknown,
  point: Readonly<Record<string, FactorValue>>,
): Text => ({
  message: `where gives ${String(result)} (${shown(point)})`,
  rule: "where is a condition, which is true or false",
  hint: "compare: agents * rate < 1",
});

export const nothingLeft = (points: number): Text => ({
  message: `where leaves none of the ${points} points`,
  rule: "at least one point fulfils the condition",
});

// ---------------------------------------------------------------- design

export const unequalLengths = (counts: readonly (readonly [string, number])[]): Text => ({
  message: `the factors have different numbers of values: ${counts.map(([name, count]) => `${name} ${count}`).join(", ")}`,
  rule: "with design zip every factor has equally many values",
  hint: "use the design grid for all combinations",
});

export const missingInPoint = (name: string): Text => ({
  message: `the point has no value for ${name}`,
  rule: "every point has a value for every factor that has no formula",
});

export const formulaInPoint = (name: string): Text => ({
  message: `${name} has a formula`,
  rule: "points give values to factors that have no formula",
});

export const tooManyDimensions = (count: number, most: number): Text => ({
  message: `${count} factors are too many for a Sobol sequence`,
  rule: `with design sobol at most ${most} factors have no formula`,
  hint: "use the design latin-hypercube",
});

// ---------------------------------------------------------------- metrics, precision

export const needsBaseline = (metric: string): Text => ({
  message: `${metric} compares with a baseline, and none is given`,
  rule: "a metric that compares needs a baseline",
  hint: "add baseline: LABEL",
});

export const replicationsAndPrecision: Text = {
  message: "there are both replications and a precision",
  rule: "either the number of replications is given, or the precision that decides on it",
};

export const noPrecision: Text = {
  message: "the precision names no metric",
  rule: "a precision names at least one metric",
};

export const capWithoutPrecision: Text = {
  message: "there is a cap without a precision",
  rule: "a cap bounds the replications that a precision takes",
};

// ---------------------------------------------------------------- --vary

export const varySyntax = (text: string): Text => ({
  message: `${JSON.stringify(text)} cannot be read`,
  rule: "--vary is PATH=SPEC or NAME:PATH=SPEC, where SPEC is a list (1,3,5), a range (LOW:HIGH, LOW:HIGH:COUNT, with :log at its end for equal ratios) or a formula of other factors (=2*agents)",
});

export const emptyItem: Text = {
  message: "an item of the list is empty",
  rule: "items are separated by single commas",
};

export const variedTwice = (name: string): Text => ({
  message: `${name} is varied already`,
  rule: "a factor is varied once",
});
