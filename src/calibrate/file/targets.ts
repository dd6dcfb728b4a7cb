// Checks what the targets ask, and gathers it by groups of scenarios that are run together.

import type { Examined } from "../../documents/checking/examined.ts";
import { HINTS } from "../../documents/checking/messages.ts";
import type { Text } from "../../documents/checking/problems.ts";
import { suggest } from "../../documents/checking/suggest.ts";
import type { Parts } from "../../documents/checking/validate.ts";
import { METRIC_NAMES, metric } from "../../metrics/definitions.ts";
import { nearestMetric } from "../../metrics/naming.ts";
import { unknownLabel } from "../../scenario/labelled.ts";
import { unknownMetric } from "../../scenario/objectives/messages.ts";
import type { Group, Part, Target, Template, Wanted } from "../calibration.ts";
import * as messages from "./messages.ts";
import { PERCENT, type WrittenTarget } from "./schema.ts";
import type { ShapedTargets } from "./shape.ts";

export interface CheckedTargets {
  readonly targets: readonly Target[];
  readonly groups: readonly Group[];
}

/** The targets that can be held against simulations, and the groups they need; what is wrong is told to `examined`. */
export function checkTargets(
  { targets, scenarios }: ShapedTargets,
  templates: readonly Template[],
  examined: Examined,
): CheckedTargets {
  const checker = new Checker(Object.keys(scenarios), examined);
  const sound: Omit<Target, "parts">[] = [];
  for (const [index, item] of targets.entries()) {
    const isSound = checker.check(index, item);
    if (isSound && item.whole !== undefined) sound.push(targetOf(item.whole));
  }
  const isRead = (label: string) => templates.some((template) => template.label === label);
  const needed = sound.filter(({ of, against = [] }) => [...of, ...against].every(isRead));
  const gathering = new Gathering(templates, needed);
  const gathered = needed.map((target) => ({ ...target, parts: gathering.partsOf(target) }));
  return { targets: gathered, groups: gathering.groups };
}

/** What a target asks for: a value, or else bounds. */
const FIGURES = ["value", "atLeast", "atMost"] as const;

class Checker {
  private readonly labels: readonly string[];
  private readonly examined: Examined;
  /** Index in the file by id. */
  private readonly ids = new Map<string, number>();

  constructor(labels: readonly string[], examined: Examined) {
    this.labels = labels;
    this.examined = examined;
  }

  /** Whether nothing is wrong with what is valid by itself. */
  check(index: number, item: Parts<WrittenTarget>): boolean {
    const { id, of, against, metric: name } = item.fields;
    return [
      id === undefined || this.checkId(index, id),
      of === undefined || this.checkLabels(index, "of", of),
      against === undefined || this.checkLabels(index, "against", against),
      name === undefined || this.checkMetric(index, name, item),
      this.checkFigure(index, item),
    ].every((isSound) => isSound);
  }

  private checkId(index: number, id: string): boolean {
    const other = this.ids.get(id);
    this.ids.set(id, other ?? index);
    if (other === undefined) return true;
    const line = this.examined.locate(["targets", other, "id"]).line;
    return this.refuse(index, ["id"], messages.twiceId(id, line));
  }

  private checkLabels(index: number, key: "of" | "against", written: string | string[]): boolean {
    let isSound = true;
    for (const [i, label] of [written].flat().entries()) {
      if (this.labels.includes(label)) continue;
      const path = Array.isArray(written) ? [key, i] : [key];
      const near = suggest(label, this.labels);
      isSound = this.refuse(index, path, unknownLabel(label, this.labels, near));
    }
    return isSound;
  }

  /** The metric, and whether it has the baselines that it needs. */
  private checkMetric(
    index: number,
    name: string,
    { fields: { of, against }, broken }: Parts<WrittenTarget>,
  ): boolean {
    if (!METRIC_NAMES.includes(name)) {
      const near = nearestMetric(name);
      return this.refuse(index, ["metric"], unknownMetric(name, near));
    }
    if (broken.has("against")) return false;
    const { needsBaseline } = metric(name);
    if (against === undefined)
      return !needsBaseline || this.refuse(index, ["metric"], messages.needsAgainst(name));
    if (!needsBaseline) return this.refuse(index, ["against"], messages.uselessAgainst(name));
    const [labels, baselines] = [[of ?? []].flat(), [against].flat()];
    if (baselines.length !== 1 && baselines.length !== labels.length)
      return this.refuse(
        index,
        ["against"],
        messages.againstCount(baselines.length, labels.length),
      );
    const own = labels.find((label, i) => label === baselines[baselines.length === 1 ? 0 : i]);
    return own === undefined || this.refuse(index, ["against"], messages.againstItself(own));
  }

  /** The value or the bounds, what these can be, and how near is near enough. */
  private checkFigure(index: number, item: Parts<WrittenTarget>): boolean {
    const { fields } = item;
    const given = FIGURES.filter((key) => fields[key] !== undefined);
    const name = fields.metric ?? "";
    return [
      METRIC_NAMES.includes(name)
        ? given.every((key) => this.checkPossible(index, key, name, fields[key] as number))
        : true,
      this.checkChoice(index, item),
      this.checkInterval(index, fields),
      this.checkError(index, item),
      this.checkScale(index, item),
    ].every((isSound) => isSound);
  }

  /** Whether there is a value, or else bounds with room between them. */
  private checkChoice(
    index: number,
    { fields: { value, atLeast, atMost, interval }, broken }: Parts<WrittenTarget>,
  ): boolean {
    const bound = atLeast !== undefined ? "atLeast" : "atMost";
    const hasBound = atLeast !== undefined || atMost !== undefined;
    if (value === undefined && !hasBound)
      return FIGURES.some((key) => broken.has(key)) || this.refuse(index, [], messages.noFigure);
    if (!hasBound) return true;
    if (value !== undefined) return this.refuse(index, [bound], messages.valueAndBound(bound));
    if (interval !== undefined)
      return this.refuse(index, ["interval"], messages.intervalOfBounds(bound));
    if (atLeast !== undefined && atMost !== undefined && !(atLeast < atMost))
      return this.refuse(index, ["atMost"], messages.noRoom(atLeast, atMost));
    return true;
  }

  private checkInterval(index: number, { value, interval }: Partial<WrittenTarget>): boolean {
    if (interval === undefined) return true;
    const [low, high] = interval;
    if (!(low < high))
      return this.refuse(index, ["interval"], messages.emptyRange("interval", low, high));
    const isOutside = value !== undefined && (value < low || value > high);
    return !isOutside || this.refuse(index, ["value"], messages.outsideInterval(value, low, high));
  }

  /** Whether the count is that of a rate which has an error. */
  private checkError(index: number, { fields }: Parts<WrittenTarget>): boolean {
    const { count, error, value, metric: name = "" } = fields;
    if (count === undefined) return true;
    if (error !== undefined) return this.refuse(index, ["count"], messages.countAndError);
    if (value === undefined) return this.refuse(index, ["count"], messages.countOfBounds);
    if (!METRIC_NAMES.includes(name)) return true;
    if (possible(name).max !== 1 || metric(name).needsBaseline)
      return this.refuse(index, ["count"], messages.countOfNoRate(name));
    return (
      (value > 0 && value < 1) || this.refuse(index, ["count"], messages.countWithoutError(value))
    );
  }

  /** Whether there is something to measure a miss in. */
  private checkScale(index: number, { fields, broken }: Parts<WrittenTarget>): boolean {
    const { value, atLeast, atMost, tolerance } = fields;
    const scales = ["interval", "tolerance", "count", "error"] as const;
    if (scales.every((key) => fields[key] === undefined && !broken.has(key)))
      return this.refuse(index, [], messages.noScale);
    const figure = value ?? atLeast ?? atMost;
    if (tolerance === undefined || figure === undefined) return true;
    const isPositive = toleranceOf(tolerance, figure) > 0;
    return isPositive || this.refuse(index, ["tolerance"], messages.noTolerance(String(tolerance)));
  }

  private checkPossible(
    index: number,
    key: (typeof FIGURES)[number],
    name: string,
    value: number,
  ): boolean {
    const range = { ...possible(name), isWhole: false };
    const { min = value, max = value } = range;
    if (value >= min && value <= max) return true;
    const hint = max === 1 && value <= 100 ? HINTS.percent(value) : undefined;
    return this.refuse(index, [key], messages.impossible(name, value, range, hint));
  }

  private refuse(index: number, path: readonly (string | number)[], text: Text): false {
    this.examined.error(["targets", index, ...path], text);
    return false;
  }
}

/** A target that is sound, with its scale. */
function targetOf(written: WrittenTarget): Omit<Target, "parts"> {
  const { id, metric: name, mean, weight, effort, source } = written;
  const of = [written.of].flat();
  const baselines = [written.against ?? []].flat();
  const against = of.map((_, i) => baselines[baselines.length === 1 ? 0 : i]);
  return {
    id,
    metric: name,
    of,
    ...(baselines.length === 0 ? {} : { against }),
    ...figureOf(written),
    mean,
    weight,
    effort,
    source,
  };
}

type Figure = Pick<
  Target,
  "published" | "atLeast" | "atMost" | "interval" | "tolerance" | "scale" | "error" | "accepted"
>;

/** What is near enough, or half of an interval, counts as so many standard errors. */
const ERRORS = 2;

/** What is asked for, a value or bounds, and how near is near enough. */
function figureOf(written: WrittenTarget): Figure {
  const { value, interval, atLeast, atMost, tolerance } = written;
  const figure = value ?? atLeast ?? atMost ?? 0;
  const near = tolerance === undefined ? undefined : toleranceOf(tolerance, figure);
  const [from, to] = interval ?? [figure, figure];
  const known = standardErrorOf(written);
  const scale = known === undefined ? (near ?? (to - from) / 2) : ERRORS * known;
  const measured = {
    ...(near === undefined ? {} : { tolerance: near }),
    scale,
    error: known ?? scale / ERRORS,
  };
  if (value === undefined) {
    const [low, high] = [atLeast ?? Number.NEGATIVE_INFINITY, atMost ?? Number.POSITIVE_INFINITY];
    return {
      ...(atLeast === undefined ? {} : { atLeast }),
      ...(atMost === undefined ? {} : { atMost }),
      ...measured,
      accepted: [low, high],
    };
  }
  const half = near ?? (interval === undefined ? scale : undefined);
  return {
    published: value,
    ...(interval ? { interval: [from, to] } : {}),
    ...measured,
    accepted: half === undefined ? [from, to] : [value - half, value + half],
  };
}

/** The standard error that is given, or follows from a number of trials. */
function standardErrorOf({ value = 0, count, error }: WrittenTarget): number | undefined {
  return count === undefined ? error : Math.sqrt((value * (1 - value)) / count);
}

/** The tolerance as a number. */
function toleranceOf(tolerance: number | string, value: number): number {
  if (typeof tolerance === "number") return tolerance;
  return (Number(PERCENT.exec(tolerance)?.[1]) / 100) * Math.abs(value);
}

/** What a metric can be: shares, amounts, and differences relative to a baseline. */
function possible(name: string): { readonly min?: number; readonly max?: number } {
  const { unit, needsBaseline } = metric(name);
  if (name === "absorption") return { max: 1 };
  if (name === "costPerAvoidedDollar") return {};
  if (name === "overhead" || name === "gain") return { min: -100 };
  return unit === "share" && !needsBaseline ? { min: 0, max: 1 } : { min: 0 };
}

/** Makes groups: one for every baseline, and one for every scenario that is compared with none. */
class Gathering {
  readonly groups: Group[] = [];
  private readonly templates: ReadonlyMap<string, Template>;

  constructor(templates: readonly Template[], targets: readonly Omit<Target, "parts">[]) {
    this.templates = new Map(templates.map((template) => [template.label, template]));
    const members = new Map<string, Set<string>>();
    for (const { of, against } of targets)
      against?.forEach((baseline, i) => {
        const group = members.get(baseline) ?? new Set([baseline]);
        members.set(baseline, group.add(of[i]));
      });
    for (const [baseline, labels] of members) this.addGroup(baseline, [...labels], 0);
    for (const label of targets.flatMap(({ of }) => of))
      if (this.groupWith(label) < 0) this.addGroup(label, [label], -1);
  }

  /** What is wanted for a target, which is noted in its groups. */
  partsOf({ of, against, effort, metric: name }: Omit<Target, "parts">): Part[] {
    return of.map((label, i) => {
      const group = against
        ? this.groups.findIndex((one) => one.baseline >= 0 && one.name === against[i])
        : this.groupWith(label);
      const known = this.groups[group];
      this.groups[group] = { ...known, effort: Math.max(known.effort, effort) };
      return { group, wanted: this.want(this.groups[group], label, name) };
    });
  }

  private addGroup(name: string, labels: readonly string[], baseline: number): void {
    const templates = labels.map((label) => this.templates.get(label) as Template);
    this.groups.push({ name, templates, baseline, effort: 1, wanted: [] });
  }

  private groupWith(label: string): number {
    return this.groups.findIndex(({ templates }) => templates.some((one) => one.label === label));
  }

  private want({ templates, wanted }: Group, label: string, name: string): number {
    const template = templates.findIndex((one) => one.label === label);
    const known = wanted.findIndex((one) => one.template === template && one.metric === name);
    return known >= 0 ? known : (wanted as Wanted[]).push({ template, metric: name }) - 1;
  }
}
