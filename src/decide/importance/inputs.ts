// The inputs of a scenario: numbers that are not known exactly, each with the quantile function that makes a value of a coordinate from
// 0 to 1. Inputs are independent of each other; the columns of a joint table are one, and so are numbers of a group.
import { list } from "../../documents/quoting.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { quantileOf } from "../../scenario/uncertain/distribution.ts";
import { rangeAt } from "../../scenario/uncertain/substitute.ts";
import type { Range } from "./ranges.ts";

/** Values by path. */
type Values = readonly (readonly [path: string, value: number])[];

/** What one coordinate decides. */
interface Part {
  readonly paths: readonly string[];
  /** @param u in (0, 1) */
  readonly valuesAt: (u: number) => Values;
}

/** What an input is made of. */
export type InputKind = "number" | "range" | "rows" | "group";

export interface Input {
  readonly name: string;
  readonly kind: InputKind;
  /** One or more; each has a coordinate. */
  readonly parts: readonly Part[];
}

/** Numbers that are one input together, by its name. */
export interface Group {
  readonly name: string;
  readonly paths: readonly string[];
}

/** Groups that do not fit the inputs. */
export class GroupError extends RangeError {}

export const pathsOf = ({ parts }: Input): readonly string[] => parts.flatMap(({ paths }) => paths);

/** How the rows of a table are called. */
const ROWS = "rows of the table";

export interface InputsOptions {
  readonly ranges: readonly Range[];
  readonly groups: readonly Group[];
  /** Whether numbers that are uncertain by the scenario count by their values alone. */
  readonly fixed: boolean;
}

/**
 * The inputs of a scenario, sorted by name.
 * @param scenario in which the numbers of the ranges are uncertain
 * @throws GroupError where a group names what is no input, or one twice
 */
export function inputsOf(scenario: Scenario, { ranges, groups, fixed }: InputsOptions): Input[] {
  const { numbers = {}, rows } = scenario.uncertain ?? {};
  const rangePaths = new Set(ranges.map(({ path }) => path));
  const plain = Object.keys(numbers).filter((path) => !rangePaths.has(path) && !fixed);
  const alone: Input[] = [
    ...ranges.map((range) => rangeInput(scenario, range)),
    ...plain.map((path) => numberInput(scenario, path)),
    ...(rows === undefined || fixed ? [] : [rowsInput(scenario, rows)]),
  ];
  return grouped(alone, groups).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function numberInput(scenario: Scenario, path: string): Input {
  const number = scenario.uncertain?.numbers[path];
  if (number === undefined) throw new RangeError(`${path} is not uncertain`);
  const quantile = quantileOf(number, rangeAt(scenario, path));
  return { name: path, kind: "number", parts: [onePath(path, quantile)] };
}

/** A whole number is each of those of the range as often. */
function rangeInput(scenario: Scenario, { name, path, low, high, log }: Range): Input {
  const { isWhole } = rangeAt(scenario, path);
  const [from, to] = isWhole ? [Math.ceil(low) - 0.5, Math.floor(high) + 0.5] : [low, high];
  const ratio = Math.log(to / from);
  const quantile = (u: number) => {
    const value = log ? from * Math.exp(u * ratio) : from + u * (to - from);
    return isWhole ? Math.round(value) : value;
  };
  return { name, kind: "range", parts: [onePath(path, quantile)] };
}

const onePath = (path: string, quantile: (u: number) => number): Part => ({
  paths: [path],
  valuesAt: (u) => [[path, quantile(u)]],
});

type Rows = NonNullable<NonNullable<Scenario["uncertain"]>["rows"]>;

function rowsInput(scenario: Scenario, { columns, values }: Rows): Input {
  const isWhole = columns.map((path) => rangeAt(scenario, path).isWhole);
  const valuesAt = (u: number): Values => {
    const row = values[Math.floor(u * values.length)];
    return columns.map((path, i) => [path, isWhole[i] ? Math.round(row[i]) : row[i]]);
  };
  return { name: ROWS, kind: "rows", parts: [{ paths: columns, valuesAt }] };
}

function grouped(alone: readonly Input[], groups: readonly Group[]): Input[] {
  const left = new Map(alone.map((input) => [input.name, input]));
  const together = groups.map(({ name, paths }): Input => {
    const members = paths.map((path) => {
      const member = left.get(path);
      if (member === undefined) throw new GroupError(notToGroup(name, path, alone));
      left.delete(path);
      return member;
    });
    return { name, kind: "group", parts: members.flatMap(({ parts }) => parts) };
  });
  const all = [...left.values(), ...together];
  const twice = all.find(({ name }, i) => all.findIndex((other) => other.name === name) < i);
  if (twice !== undefined) throw new GroupError(`two inputs are called ${twice.name}`);
  return all;
}

function notToGroup(group: string, path: string, alone: readonly Input[]): string {
  if (alone.some(({ name }) => name === path))
    return `${path} is in two groups, or twice in ${group}`;
  const ofTable = alone.some((input) => input.kind === "rows" && pathsOf(input).includes(path));
  if (ofTable)
    return `${path} of ${group} is a column of the joint table, whose rows are one input`;
  return `${path} of ${group} is not uncertain; what is: ${list(alone.map(({ name }) => name))}`;
}
