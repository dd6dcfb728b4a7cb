// The cells of a sweep: every point of the design with its scenarios, made one by one when they are asked for.
//
// With a baseline a cell is all scenarios at a point, paired. Without one it is a single scenario at a point: first all
// cells of the first scenario, then those of the next. A factor that is not set in any scenario of a cell is no part of
// it; so several points can make the same cell, and of these the first stays: three numbers of workers are one cell for
// a scenario without workers. With a condition, a cell stays as soon as one of its points does.
import { Problems, type Text } from "../documents/checking/problems.ts";
import { canBePaired, pairedBy } from "../experiment/pairing.ts";
import { KNOWN_METRICS } from "../metrics/naming.ts";
import { cannotBePaired, type LabelledScenario } from "../scenario/labelled.ts";
import { complete } from "../scenario/load.ts";
import { applyOverrides } from "../scenario/overrides.ts";
import type { Scenario } from "../scenario/schema.ts";
import { askedFor, type UncertainOptions } from "../scenario/uncertain/asked.ts";
import type { FactorValue } from "./designs/axes.ts";
import type { Design, Point } from "./designs/design.ts";
import type { Constraint } from "./file/constraint.ts";
import type { Factor } from "./file/factors.ts";
import { type FactorFormula, type Settings, settle } from "./file/formulas.ts";

interface AnyCell {
  /** Position among the cells of the sweep, from 0. */
  readonly index: number;
  /** The factors that are set in its scenarios, in the order of the experiment. */
  readonly factors: Readonly<Record<string, FactorValue>>;
  /** Labels of its scenarios. */
  readonly labels: readonly string[];
}

/** What is run at once and stored as one. */
export interface Cell extends AnyCell {
  /** In normal form, called by their labels. */
  readonly scenarios: readonly Scenario[];
  /** Index of the baseline among them; -1: none. */
  readonly baseline: number;
}

/** A point that makes no valid scenario: this cell fails, the others do not. */
export interface CellProblem extends AnyCell {
  /** What is wrong, each in a line. */
  readonly messages: readonly string[];
}

export function isProblem(cell: Cell | CellProblem): cell is CellProblem {
  return "messages" in cell;
}

/** What cells are made from. */
export interface CellParts {
  readonly scenarios: readonly LabelledScenario[];
  /** Index of the baseline; -1: none. */
  readonly baseline: number;
  readonly factors: readonly Factor[];
  readonly formulas: readonly FactorFormula[];
  readonly design: Design;
  readonly where?: Constraint | undefined;
  /** How uncertain numbers are asked for. */
  readonly uncertain?: UncertainOptions | undefined;
}

/** Scenarios that come together in cells, and the points at which they do. */
interface Group {
  readonly scenarios: readonly LabelledScenario[];
  readonly baseline: number;
  /** Those that are set in one of the scenarios. */
  readonly factors: readonly Factor[];
  readonly points: Points;
}

interface Points {
  readonly count: number;
  pointAt(index: number): Point;
}

/** Whether every point has to be looked at to know the cells. */
export function needsLook({ design, where, ...parts }: CellParts): boolean {
  if (where !== undefined) return true;
  return groupsOf(parts).some((group) => {
    const isChosen = choiceOf(parts.factors, group.factors);
    return design.narrowedTo === undefined && !design.isDistinctOn(isChosen);
  });
}

export class Cells {
  /** Number of cells. */
  readonly count: number;
  /** Number of points that fulfil the condition, and of those that do not. */
  readonly pointCount: number;
  readonly excluded: number;
  private readonly formulas: readonly FactorFormula[];
  /** Names of the factors that the design gives values to. */
  private readonly given: readonly string[];
  private readonly groups: readonly Group[];
  private readonly uncertain: UncertainOptions;

  /** @throws NotAConditionError where the condition gives something else at a point */
  constructor(parts: CellParts) {
    const { factors, formulas, design, where, uncertain = {} } = parts;
    this.uncertain = uncertain;
    this.formulas = formulas;
    this.given = factors.filter(({ axis }) => axis !== undefined).map(({ name }) => name);
    const kept = where && this.keptPoints(design, where);
    this.pointCount = kept?.length ?? design.count;
    this.excluded = design.count - this.pointCount;
    this.groups = groupsOf(parts).map((group) => ({
      ...group,
      points: distinctPoints(design, choiceOf(factors, group.factors), kept),
    }));
    this.count = this.groups.reduce((sum, { points }) => sum + points.count, 0);
  }

  /**
   * The cell of that index, 0 <= index < count.
   * @throws RangeError when there is none
   */
  async cellAt(index: number): Promise<Cell | CellProblem> {
    if (!(Number.isInteger(index) && index >= 0 && index < this.count))
      throw new RangeError(
        `there is no cell ${index}: cells are numbered from 0 to ${this.count - 1}`,
      );
    let within = index;
    let group = this.groups[0];
    for (let i = 1; within >= group.points.count; i++) {
      within -= group.points.count;
      group = this.groups[i];
    }
    return this.makeCell(index, group, this.settingsAt(group.points.pointAt(within)));
  }

  /** The factors at the first point of a scenario. */
  firstSettings(scenario: LabelledScenario): Settings {
    const group = this.groups.find(({ scenarios }) => scenarios.includes(scenario)) as Group;
    return this.settingsAt(group.points.pointAt(0));
  }

  private async makeCell(
    index: number,
    { scenarios, baseline, factors }: Group,
    { values, failures }: Settings,
  ): Promise<Cell | CellProblem> {
    const labels = scenarios.map(({ label }) => label);
    const cell: AnyCell = { index, factors: valuesOf(factors, values), labels };
    const failed = factors.flatMap(({ name }) => failures.get(name)?.message ?? []);
    if (failed.length > 0) return { ...cell, messages: failed };

    const made: Scenario[] = [];
    const reasons: string[] = [];
    for (const scenario of scenarios) {
      const problems = new Problems();
      const done = await scenarioAt(scenario, factors, values, problems);
      if (done !== undefined) made.push(askedFor(done, this.uncertain));
      else reasons.push(...linesOf(problems, scenario.label, scenarios.length));
    }
    if (reasons.length === 0) reasons.push(...unpaired(made, baseline).map(lineOf));
    return reasons.length > 0
      ? { ...cell, messages: reasons }
      : { ...cell, scenarios: made, baseline };
  }

  private settingsAt(point: Point): Settings {
    return settle(new Map(this.given.map((name, i) => [name, point[i]])), this.formulas);
  }

  /** Indices of the points that fulfil the condition. */
  private keptPoints(design: Design, where: Constraint): readonly number[] {
    const kept: number[] = [];
    for (let i = 0; i < design.count; i++)
      if (where.admits(this.settingsAt(design.pointAt(i)))) kept.push(i);
    return kept;
  }
}

/**
 * A scenario with the factors that are set in it; undefined (and `problems` says why) where it is no valid one.
 * @param problems without errors so far
 */
export async function scenarioAt(
  { label, tree }: LabelledScenario,
  factors: readonly Factor[],
  values: ReadonlyMap<string, FactorValue>,
  problems: Problems,
): Promise<Scenario | undefined> {
  const overrides: Record<string, FactorValue> = {};
  for (const { name, paths, labels } of factors)
    if (labels.includes(label))
      for (const path of paths) overrides[path] = values.get(name) as FactorValue;
  const set = applyOverrides(tree, overrides, problems);
  return (await complete(set, problems, KNOWN_METRICS)).scenario;
}

// ---------------------------------------------------------------- groups and their points

function groupsOf({
  scenarios,
  baseline,
  factors,
}: Pick<CellParts, "scenarios" | "baseline" | "factors">): Omit<Group, "points">[] {
  const isPaired = baseline >= 0;
  const groups = isPaired ? [scenarios] : scenarios.map((scenario) => [scenario]);
  return groups.map((members) => ({
    scenarios: members,
    baseline,
    factors: factors.filter(({ labels }) => members.some(({ label }) => labels.includes(label))),
  }));
}

/** For every axis of the design, whether its factor is one of the group's. */
function choiceOf(factors: readonly Factor[], ofGroup: readonly Factor[]): readonly boolean[] {
  return factors.filter(({ axis }) => axis !== undefined).map((factor) => ofGroup.includes(factor));
}

/** The points that differ in the chosen axes, the first of equal ones. */
function distinctPoints(
  design: Design,
  isChosen: readonly boolean[],
  kept: readonly number[] | undefined,
): Points {
  if (kept === undefined && design.narrowedTo !== undefined) return design.narrowedTo(isChosen);
  if (design.isDistinctOn(isChosen)) return kept === undefined ? design : pick(design, kept);
  const indices: number[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < (kept?.length ?? design.count); i++) {
    const index = kept?.[i] ?? i;
    const key = JSON.stringify(design.pointAt(index).filter((_, axis) => isChosen[axis]));
    if (seen.has(key)) continue;
    seen.add(key);
    indices.push(index);
  }
  return pick(design, indices);
}

function pick(design: Design, indices: readonly number[]): Points {
  return { count: indices.length, pointAt: (i) => design.pointAt(indices[i]) };
}

// ---------------------------------------------------------------- results

function valuesOf(
  factors: readonly Factor[],
  values: ReadonlyMap<string, FactorValue>,
): Record<string, FactorValue> {
  return Object.fromEntries(
    factors.flatMap(({ name }) => {
      const value = values.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The errors among problems, each in a line that names the scenario where there are several. */
function linesOf(problems: Problems, label: string, scenarios: number): string[] {
  const where = scenarios > 1 ? `${label}: ` : "";
  return problems
    .sorted()
    .filter(({ severity }) => severity === "error")
    .map((problem) => where + lineOf(problem));
}

function lineOf({ message, rule }: Text): string {
  return rule === undefined ? message : `${message}; ${rule}`;
}

/** What keeps scenarios from being paired with the baseline, for every one. */
export function unpaired(scenarios: readonly Scenario[], baseline: number): Text[] {
  if (baseline < 0) return [];
  const base = scenarios[baseline];
  return scenarios
    .filter((scenario) => !canBePaired(pairedBy(scenario), pairedBy(base)))
    .map(({ name }) => cannotBePaired(name, base.name));
}
