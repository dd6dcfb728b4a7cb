// Reads an uncertain number from where it is written, and says what is wrong with it.

import type { z } from "zod";
import { ruleOf } from "../../documents/checking/describe.ts";
import type { Examined } from "../../documents/checking/examined.ts";
import type { Text } from "../../documents/checking/problems.ts";
import { type NumberRange, rangeOfNumbers } from "../../documents/checking/schemaWalk.ts";
import { amountIn } from "../../documents/checking/signedAmounts.ts";
import {
  isNull,
  type MapNode,
  type Path,
  type TreeNode,
  toPlain,
} from "../../documents/reading/tree.ts";
import { FORM_KEYS, PAIR_FORMS } from "../../documents/uncertain.ts";
import { SCENARIOS } from "../format.ts";
import { centralOf } from "./distribution.ts";
import * as messages from "./messages.ts";
import type { UncertainNumber } from "./uncertainNumber.ts";

/** Most successes or failures: the beta distribution takes time with their square root. */
const MOST_COUNTED = 1e8;

/**
 * The uncertain number that a map states; undefined (and problems) where it states none.
 * @param path where the map stands in the examined tree
 * @param field in whose place it stands
 */
export function readForm(
  map: MapNode,
  path: Path,
  field: z.core.$ZodType,
  found: Examined,
): UncertainNumber | undefined {
  return new FormReader(path, field, found).read(map);
}

type Pair = readonly [number, number];

class FormReader {
  private readonly path: Path;
  private readonly written: Path;
  private readonly field: z.core.$ZodType;
  private readonly range: NumberRange;
  private readonly found: Examined;

  constructor(path: Path, field: z.core.$ZodType, found: Examined) {
    this.path = path;
    this.written = found.written(path);
    this.field = field;
    this.range = rangeOfNumbers(field) ?? { isWhole: false };
    this.found = found;
  }

  read(map: MapNode): UncertainNumber | undefined {
    const entries = [...map.entries].filter(([, { value }]) => !isNull(value));
    const unknown = entries.map(([key]) => key).filter((key) => !FORM_KEYS.includes(key));
    for (const key of unknown)
      this.found.errorAtKey(
        [...this.path, key],
        messages.unknownForm(this.written, key, this.found.suggest(key, FORM_KEYS)),
      );
    if (unknown.length > 0) return undefined;
    const has = (key: string) => entries.some(([name]) => name === key);
    const forms = [
      ...(has("value") || has("interval") ? ["value"] : []),
      ...PAIR_FORMS.filter(has),
    ];
    if (forms.length === 0) return this.refuse([], messages.noForm(this.written));
    if (forms.length > 1) {
      const keys = entries.map(([key]) => key);
      return this.refuse([], messages.severalForms(this.written, keys));
    }
    const parts = Object.fromEntries(entries.map(([key, { value }]) => [key, value]));
    switch (forms[0]) {
      case "value":
        return this.interval(parts.value, parts.interval);
      case "beta":
        return this.beta(parts.beta);
      case "uniform":
        return this.uniform(parts.uniform);
      case "normal":
        return this.normal(parts.normal);
      default:
        return this.lognormal(parts.lognormal);
    }
  }

  private interval(value?: TreeNode, interval?: TreeNode): UncertainNumber | undefined {
    if (value === undefined || interval === undefined)
      return this.refuse([], messages.halfForm(this.written, value ? "interval" : "value"));
    const rule = ruleOf(this.field as z.ZodType, SCENARIOS.rules);
    const median = this.numberOf(value, ["value"], rule);
    const bounds = this.boundsOf(interval, "interval");
    if (median === undefined || bounds === undefined) return undefined;
    const isInside = this.inField(median, ["value"], "the value");
    const [low, high] = bounds;
    if (median < low || median > high)
      return this.refuse(
        ["value"],
        messages.outsideInterval([...this.written, "value"], median, low, high),
      );
    return isInside ? { value: median, interval: bounds } : undefined;
  }

  private uniform(node: TreeNode): UncertainNumber | undefined {
    const bounds = this.boundsOf(node, "uniform");
    return bounds && { uniform: bounds };
  }

  /** Two bounds, in order and within the range of the field. */
  private boundsOf(node: TreeNode, form: "interval" | "uniform"): Pair | undefined {
    const bounds = this.pairOf(node, form);
    if (bounds === undefined) return undefined;
    const [low, high] = bounds;
    if (low > high)
      return this.refuse([form], messages.reversed([...this.written, form], low, high));
    const areInside = [
      this.inField(low, [form, 0], "the lower bound"),
      this.inField(high, [form, 1], "the upper bound"),
    ];
    return areInside.every(Boolean) ? bounds : undefined;
  }

  private beta(node: TreeNode): UncertainNumber | undefined {
    const counts = this.pairOf(node, "beta");
    if (counts === undefined) return undefined;
    const isCount = counts.map((count, i) => {
      if (count > 0 && count <= MOST_COUNTED) return true;
      this.refuse(["beta", i], messages.notCounts([...this.written, "beta", i], count));
      return false;
    });
    return isCount.every(Boolean) ? this.withCentral({ beta: counts }, "beta") : undefined;
  }

  private normal(node: TreeNode): UncertainNumber | undefined {
    const pair = this.pairOf(node, "normal");
    if (pair === undefined || !this.isDeviation(pair[1], "normal")) return undefined;
    return this.withCentral({ normal: pair }, "normal");
  }

  private lognormal(node: TreeNode): UncertainNumber | undefined {
    const pair = this.pairOf(node, "lognormal");
    if (pair === undefined) return undefined;
    const [mean, sd] = pair;
    if (mean <= 0)
      this.refuse(["lognormal", 0], messages.notPositive([...this.written, "lognormal", 0], mean));
    if (!this.isDeviation(sd, "lognormal") || mean <= 0) return undefined;
    return this.withCentral({ lognormal: pair }, "lognormal");
  }

  private isDeviation(sd: number, form: string): boolean {
    if (sd >= 0) return true;
    this.refuse([form, 1], messages.negativeSd([...this.written, form, 1], sd));
    return false;
  }

  /** The number, if the field can be its central value. */
  private withCentral(number: UncertainNumber, form: string): UncertainNumber | undefined {
    const central = centralOf(number, { isWhole: false });
    return this.inField(central, [form], "the mean") ? number : undefined;
  }

  private pairOf(node: TreeNode, form: messages.ListForm): Pair | undefined {
    if (node.kind !== "list" || node.items.length !== 2)
      return this.refuse([form], messages.notAPair([...this.written, form], form, toPlain(node)));
    const rule = messages.pairNumberRule(form);
    const isAmount = form !== "beta";
    const numbers = node.items.map((item, i) => this.numberOf(item, [form, i], rule, isAmount));
    return numbers.every((number) => number !== undefined)
      ? (numbers as unknown as Pair)
      : undefined;
  }

  /** @param isAmount whether it is an amount of the field, which may have the field's sign or unit */
  private numberOf(
    node: TreeNode,
    inside: Path,
    rule: string,
    isAmount = true,
  ): number | undefined {
    const value = toPlain(node);
    if (typeof value === "number" && Number.isFinite(value)) return value;
    const amount = isAmount && typeof value === "string" ? this.amountOf(value) : undefined;
    if (amount !== undefined) return amount;
    return this.refuse(inside, messages.notANumber([...this.written, ...inside], value, rule));
  }

  private amountOf(text: string): number | undefined {
    const parsed: unknown = (this.field as z.ZodType).safeParse(text).data;
    return typeof parsed === "number" ? parsed : amountIn(this.field, text);
  }

  private inField(value: number, inside: Path, what: string): boolean {
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = this.range;
    if (value >= min && value <= max) return true;
    const rule = ruleOf(this.field as z.ZodType, SCENARIOS.rules);
    this.refuse(inside, messages.outsideField(this.written, what, value, rule));
    return false;
  }

  private refuse(inside: Path, text: Text): undefined {
    this.found.error([...this.path, ...inside], text);
    return undefined;
  }
}
