// Ranges that are given for numbers of a scenario, as if they were not known exactly: PATH=LOW:HIGH in the syntax of a sweep's factors.
import { Problems, ScenarioError, type Text } from "../../documents/checking/problems.ts";
import type { Overrides } from "../../documents/reading/overrides.ts";
import { type MapNode, toPlain } from "../../documents/reading/tree.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { overlap } from "../../sweep/file/overlaps.ts";
import { parseVary } from "../../sweep/file/vary.ts";
import { variantOf } from "../variant.ts";

/** A range of a number: all its values are equally likely, or all their logarithms. */
export interface Range {
  /** What the number is called; its path, where it has no other name. */
  readonly name: string;
  readonly path: string;
  /** low < high */
  readonly low: number;
  readonly high: number;
  /** Whether logarithms are spread evenly; low > 0 then. */
  readonly log: boolean;
}

/**
 * Reads [NAME:]PATH=LOW:HIGH, with :log where ratios count.
 * @throws ScenarioError with all problems, each at its text
 */
export function readRanges(texts: readonly string[]): Range[] {
  const problems = new Problems();
  const factors = parseVary(texts, problems);
  const ranges = [...factors.entries].flatMap(([name, { keyAt, value }]) => {
    const read = rangeOf(name, toPlain(value) as Readonly<Record<string, unknown>>);
    if ("path" in read) return [read];
    problems.error(keyAt, [name], read);
    return [];
  });
  for (const [i, { name, path }] of ranges.entries()) {
    const other = ranges.slice(0, i).find((earlier) => overlap(earlier.path, path));
    const entry = factors.entries.get(name);
    if (other !== undefined && entry !== undefined)
      problems.error(entry.keyAt, [name], {
        message: `${path} and ${other.path} overlap`,
        rule: "each number has one range",
      });
  }
  if (problems.hasErrors) throw new ScenarioError(problems.sorted());
  return ranges;
}

function rangeOf(name: string, spec: Readonly<Record<string, unknown>>): Range | Text {
  const { path = name, from, to, count, scale } = spec;
  if (typeof from !== "number" || typeof to !== "number" || count !== undefined)
    return {
      message: `${name} is not varied over a range`,
      rule: "a number that is not known exactly lies between two bounds: PATH=LOW:HIGH, or PATH=LOW:HIGH:log",
      hint: "write models.base.errorRate=0.02:0.2",
    };
  const range = { name, path: String(path), low: from, high: to, log: scale === "log" };
  return faultOf(range) ?? range;
}

function faultOf({ low, high, log }: Range): Text | undefined {
  if (!(low < high && Number.isFinite(high - low)))
    return {
      message: `the range goes from ${low} to ${high}`,
      rule: "its lower bound comes first, and both are finite",
    };
  if (log && low <= 0)
    return {
      message: `a range with equal ratios begins at ${low}`,
      rule: "both bounds of a range with :log are above 0",
    };
  return undefined;
}

/** @throws RangeError where it is no range */
export function checkedRange(range: Range): Range {
  const fault = faultOf(range);
  if (fault !== undefined) throw new RangeError(`${range.path}: ${fault.message}; ${fault.rule}`);
  return range;
}

/**
 * The scenario in which the numbers of the ranges are uncertain too. A range takes the place of what the scenario says of its number.
 * @param tree of a scenario that is valid
 * @throws ScenarioError where a number cannot be, or an end of its range makes no valid scenario
 */
export async function withRanges(tree: MapNode, ranges: readonly Range[]): Promise<Scenario> {
  const overrides: Overrides = Object.fromEntries(
    ranges.map(({ path, low, high }) => [path, { uniform: [low, high] }]),
  );
  const { scenario, problems } = await variantOf(tree, overrides);
  if (scenario === undefined) throw new ScenarioError(problems);
  const lost = ranges.find(({ path }) => scenario.uncertain?.numbers[path] === undefined);
  if (lost !== undefined) throw new NoNumberError(lost.path);
  return scenario;
}

/** A path at which a scenario has no number. */
export class NoNumberError extends RangeError {
  constructor(path: string) {
    super(`${path} is no number of the scenario, or one of several that stand for it`);
  }
}
