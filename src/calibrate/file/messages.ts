// What is said of a targets file, beyond what is said of every file.

import { rangeText } from "../../documents/checking/messages.ts";
import type { Text, Warning } from "../../documents/checking/problems.ts";
import type { NumberRange } from "../../documents/checking/schemaWalk.ts";
import { didYouMean, list, plural } from "../../documents/quoting.ts";

/** Rules of fields that only targets files have, by unit. */
export const RULES: Readonly<Record<string, string>> = {
  labels: "it is a label from scenarios, or a list of labels",
  error: "a standard error is a number above 0",
  tolerance: "a tolerance is a number above 0, or a percentage of the value such as 10%",
  id: "an id has letters, digits and . _ / - only (at most 100), the first a letter or digit",
  range: "a range is a list of two numbers, the lower one first",
  interval: "an interval is a list of two numbers, the lower one first",
};

// ---------------------------------------------------------------- scenarios

export const unusedScenario = (label: string): Warning => ({
  topic: "scenario-without-target",
  message: `no target is about the scenario ${label}: it is not simulated`,
});

// ---------------------------------------------------------------- parameters

export const emptyRange = (what: "range" | "interval", low: number, high: number): Text => ({
  message: low === high ? `the ${what} from ${low} to ${high} is empty` : `the ${what} is inverted`,
  rule: `${what === "range" ? "a" : "an"} ${what} is [LOW, HIGH], the lower one first`,
  hint: low > high ? `write [${high}, ${low}]` : undefined,
});

export const outsideScale = (scale: string, rule: string): Text => ({
  message: `the range does not fit the scale ${scale}`,
  rule,
  hint: scale === "log" ? "begin above 0, or use the scale linear" : "use the scale linear",
});

export const rangeOutsideField = (bound: number, path: string, range: NumberRange): Text => ({
  message: `the range reaches ${bound}, which ${path} cannot be`,
  rule: `${path} is${rangeText(range)}`,
});

export const startOutside = (start: number, low: number, high: number): Text => ({
  message: `start is ${start}, outside the range`,
  rule: `the search begins within the range, from ${low} to ${high}`,
});

export const standsOutside = (value: number, low: number, high: number): Warning => ({
  topic: "value-outside-range",
  message: `the value that stands in the scenarios, ${value}, is outside the range from ${low} to ${high}: the search begins in the middle`,
  hint: "widen the range, or say where to start",
});

export const noNumber = (path: string): Text => ({
  message: `${path} is no number`,
  rule: "a free parameter is a single number",
});

export const wholeNumber = (path: string): Text => ({
  message: `${path} is a whole number`,
  rule: "only numbers that can take every value of their range are free; counts are settled beforehand",
});

export const inList = (path: string): Text => ({
  message: `${path} lies inside a list`,
  rule: "files that others extend can replace a list only as a whole, so a number inside one is free only where it stands",
  hint: "say in which file it stands: in: FILE",
});

export const noSuchFile = (
  file: string,
  known: readonly string[],
  near: string | undefined,
): Text => ({
  message: `no scenario extends ${file}`,
  rule: `the files of the scenarios are ${list(known)}`,
  hint: didYouMean(near),
});

export const notInFile = (path: string, file: string, elsewhere: string | undefined): Text => ({
  message: `${path} does not stand in ${file}`,
  rule: "a parameter with in: FILE takes the place of a number that is written in that file",
  hint:
    elsewhere === undefined
      ? "write the number into the file, or leave out in"
      : `it stands in ${elsewhere}`,
});

export const noEffect = (path: string, file: string): Text => ({
  message: `${path} of ${file} reaches no scenario`,
  rule: "a free parameter must matter: here every scenario that extends the file sets another value",
});

export const twiceFree = (path: string, line: number): Text => ({
  message: `${path} is free already (in line ${line})`,
  rule: "a number is free once, and a path with in: FILE and the same path without it exclude each other",
});

export const samePreset = (name: string): Text => ({
  message: `two presets would be called ${name}`,
  rule: "files with free parameters have names of their own, other than preset.yaml",
});

export const fewTargets = (parameters: number, targets: number): Warning => ({
  topic: "more-parameters-than-targets",
  message: `there are ${parameters} free parameters and ${plural(targets, "target")} to fit: they cannot pin all of them down`,
  hint: "add targets, or fix parameters",
});

// ---------------------------------------------------------------- targets

export const needsAgainst = (metric: string): Text => ({
  message: `${metric} compares with a baseline, and none is given`,
  rule: "a metric that compares has against: one label for all scenarios, or one for each",
});

export const uselessAgainst = (metric: string): Text => ({
  message: `${metric} compares with nothing`,
  rule: "only a metric that compares with a baseline has against",
});

export const againstCount = (given: number, wanted: number): Text => ({
  message: `there are ${given} baselines for ${plural(wanted, "scenario")}`,
  rule: "against is one label for all scenarios, or one for each",
});

export const againstItself = (label: string): Text => ({
  message: `${label} is compared with itself`,
  rule: "a scenario and its baseline are two scenarios",
});

export const impossible = (
  metric: string,
  value: number,
  range: NumberRange,
  hint: string | undefined,
): Text => ({
  message: `${metric} can never be ${value}`,
  rule: `${metric} is${rangeText(range)}`,
  hint,
});

export const outsideInterval = (value: number, low: number, high: number): Text => ({
  message: `the value ${value} lies outside its own interval`,
  rule: `a value lies in its interval, here from ${low} to ${high}`,
});

export const noScale: Text = {
  message: "the target has neither an interval nor a tolerance, a count or an error",
  rule: "a miss is measured in half-widths of the interval, in tolerances or in standard errors: give one of them",
  hint: "add tolerance: 10%",
};

export const countAndError: Text = {
  message: "the target has both a count and an error",
  rule: "the standard error is given, or else follows from the number of trials",
};

export const countOfBounds: Text = {
  message: "the target has a count and no value",
  rule: "a count is the number of trials behind a published rate; of bounds, give tolerance or error",
};

export const countOfNoRate = (metric: string): Text => ({
  message: `${metric} is no share of trials`,
  rule: "a count is the number of trials behind a published rate from 0 to 1",
  hint: "give the standard error: error: NUMBER",
});

export const countWithoutError = (value: number): Text => ({
  message: `the binomial error of a rate of ${value} is 0`,
  rule: "a count needs a rate between 0 and 1",
  hint: "give the standard error: error: NUMBER",
});

export const noFigure: Text = {
  message: "the target has neither a value nor a bound",
  rule: "a target has a value, or else atLeast, atMost or both",
};

export const valueAndBound = (bound: string): Text => ({
  message: `the target has both a value and ${bound}`,
  rule: "a target has a value, or else atLeast, atMost or both",
});

export const intervalOfBounds = (bound: string): Text => ({
  message: `the target has ${bound} and an interval`,
  rule: "an interval belongs to a published value; of bounds, a miss is measured in tolerances",
});

export const noRoom = (atLeast: number, atMost: number): Text => ({
  message: `nothing is at least ${atLeast} and at most ${atMost}`,
  rule: "atLeast is below atMost",
});

export const noTolerance = (text: string): Text => ({
  message: `${text} of a value of 0 is no tolerance`,
  rule: "a tolerance is above 0",
  hint: "give the tolerance as a number",
});

export const twiceId = (id: string, line: number): Text => ({
  message: `another target is called ${id} (in line ${line})`,
  rule: "ids of targets differ",
});

export const nothingToFit: Text = {
  message: "every target has weight 0",
  rule: "at least one target counts",
};

// ---------------------------------------------------------------- search

export const levelsFall = (before: number, replications: number): Text => ({
  message: `a level of ${replications} replications follows one of ${before}`,
  rule: "replications rise from level to level",
});
