// Makes scenarios of sets of options: each option changes what those before it have made, so that any that can stand together do.
import { type Problem, Problems } from "../../documents/checking/problems.ts";
import { type MapNode, without } from "../../documents/reading/tree.ts";
import { KNOWN_METRICS } from "../../metrics/naming.ts";
import { warnOfStalls } from "../../scenario/flow/warn.ts";
import { complete } from "../../scenario/load.ts";
import { applyOverrides } from "../../scenario/overrides.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { Inapplicable, type LeftOut, type Option } from "./option.ts";
import { View } from "./view.ts";

/** Indices of options, ascending. */
export type OptionSet = readonly number[];

export const keyOf = (set: OptionSet): string => set.join("+");

/** A scenario with some options taken. */
export interface Made {
  readonly tree: MapNode;
  readonly scenario: Scenario;
}

export class Combining {
  readonly options: readonly Option[];
  private readonly made = new Map<string, Made | string>();
  private readonly excluded: ReadonlySet<string>;
  private readonly change: (scenario: Scenario) => Scenario;

  /**
   * @param base as it is written, and what it means
   * @param change of every scenario before it runs: how its uncertain numbers count
   */
  constructor(base: Made, options: readonly Option[], change: (scenario: Scenario) => Scenario) {
    const tree = without(base.tree, "improvements");
    this.made.set("", { tree, scenario: base.scenario });
    this.options = options;
    this.change = change;
    const indices = new Map(options.map(({ name }, i) => [name, i]));
    this.excluded = new Set(
      options.flatMap(({ excludes }, i) =>
        excludes.flatMap((name) => {
          const j = indices.get(name);
          return j === undefined ? [] : [`${i}-${j}`, `${j}-${i}`];
        }),
      ),
    );
  }

  /** Whether no two options of a set exclude each other. */
  isAllowed(set: OptionSet): boolean {
    return set.every((i, at) => set.slice(at + 1).every((j) => !this.excluded.has(`${i}-${j}`)));
  }

  /** The scenario of a set, ready to run; a text says why there is none. */
  async scenarioOf(set: OptionSet): Promise<Scenario | string> {
    const made = await this.treeOf(set);
    return typeof made === "string" ? made : this.change(made.scenario);
  }

  /** As it would be written. */
  async treeOf(set: OptionSet): Promise<Made | string> {
    const key = keyOf(set);
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const before = await this.treeOf(set.slice(0, -1));
    const made =
      typeof before === "string"
        ? before
        : await changed(before, this.options[set[set.length - 1]]);
    this.made.set(key, made);
    return made;
  }
}

/** A scenario with one more option; a text says why it is none. */
async function changed({ tree, scenario }: Made, option: Option): Promise<Made | string> {
  const problems = new Problems();
  try {
    const overrides = option.edit(new View(tree, scenario));
    const set = applyOverrides(tree, overrides, problems, true);
    const { scenario: made } = await complete(set, problems, KNOWN_METRICS);
    const [error] = errorsOf(problems);
    if (made !== undefined && error === undefined) return { tree: set, scenario: made };
    return error === undefined ? "it makes no valid scenario" : textOf(error);
  } catch (error) {
    if (error instanceof Inapplicable) return error.message;
    throw error;
  }
}

const errorsOf = (problems: Problems): readonly Problem[] =>
  problems.sorted().filter(({ severity }) => severity === "error");

const textOf = ({ path, message }: Problem): string => `${path}: ${message}`;

/**
 * Splits options into those that make a valid scenario in which everything can happen, and others with the reason: what cannot
 * happen in the scenario itself is not held against an option.
 */
export async function usable(
  base: Made,
  options: readonly Option[],
): Promise<{ readonly options: readonly Option[]; readonly leftOut: readonly LeftOut[] }> {
  const tree = without(base.tree, "improvements");
  const known = new Set((await stalls(tree)).map(({ message }) => message));
  const kept: Option[] = [];
  const leftOut: LeftOut[] = [];
  for (const option of options) {
    const made = await changed({ ...base, tree }, option);
    const why = typeof made === "string" ? made : await newStall(made.tree, known);
    if (why === undefined) kept.push(option);
    else leftOut.push({ name: option.name, why });
  }
  return { options: kept, leftOut };
}

async function newStall(tree: MapNode, known: ReadonlySet<string>): Promise<string | undefined> {
  return (await stalls(tree)).find(({ message }) => !known.has(message))?.message;
}

/** What can never happen in a scenario that is valid. */
async function stalls(tree: MapNode): Promise<readonly Problem[]> {
  const problems = new Problems();
  const { scenario, resolved } = await complete(tree, new Problems(), KNOWN_METRICS);
  if (scenario !== undefined) warnOfStalls(scenario, resolved, problems);
  return problems.sorted();
}
