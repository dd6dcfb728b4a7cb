// Says in words what zod found wrong in a tree, whatever the format of the file.
import type { z } from "zod";
import { isFormula } from "../formulas/language.ts";
import type { Hint } from "../quoting.ts";
import { hasNull, nodeAt, type Path, pathText } from "../reading/tree.ts";
import { hintFor, nearestWord, type Rules, ruleOf, type Written } from "./describe.ts";
import type { Examined } from "./examined.ts";
import * as messages from "./messages.ts";
import type { Text } from "./problems.ts";
import {
  acceptsNumber,
  infoOf,
  isClosed,
  isMap,
  keysOf,
  kindOf,
  placesOf,
  rangeOf,
  schemaAt,
  valueAt,
} from "./schemaWalk.ts";
import { suggest } from "./suggest.ts";

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/** A format of files. */
export interface Format {
  readonly schema: Schema;
  /** Rules of fields that only this format has, by unit; they go before those that follow from the schema. */
  readonly rules?: Rules;
  /** Units with such a rule of which one alternative, or one item of a list, is explained by itself. */
  readonly explainedInside?: readonly string[];
  /** What is said of a map whose keys break a rule of its own. */
  readonly wrongKeys?: (path: Path, keys: readonly string[], rule: string) => Text;
  /** Keys of numbers that other rules depend on. */
  readonly decisive?: readonly string[];
  /** Whether a number may be written as a formula, whose problems are told elsewhere. */
  readonly hasFormulas?: boolean;
}

/** Unknown keys of one map that are told one by one. */
const MOST_UNKNOWN = 100;

/** Reports issues of one tree. */
export class Explainer {
  private readonly format: Format;
  private readonly examined: Examined;
  private readonly plain: unknown;

  /** @param plain the plain value of the tree, which is what was parsed */
  constructor(format: Format, examined: Examined, plain: unknown) {
    this.format = format;
    this.examined = examined;
    this.plain = plain;
  }

  explainAll(issues: readonly Issue[]): void {
    const hasUnknownKeys = new Set(
      issues
        .filter(({ code }) => code === "unrecognized_keys")
        .map(({ path }) => pathText(path as Path)),
    );
    for (const issue of issues) {
      // A phase whose only key is misspelt is not an empty phase as well.
      const isConsequence =
        issue.code === "custom" && hasUnknownKeys.has(pathText(issue.path as Path));
      if (!isConsequence) this.explain(issue);
    }
  }

  /** The first of them one by one. */
  explainUnknownKeys(path: Path, keys: readonly string[]): void {
    for (const key of keys.slice(0, MOST_UNKNOWN)) this.explainUnknownKey([...path, key]);
    const more = keys.slice(MOST_UNKNOWN);
    if (more.length > 0)
      this.examined.errorAtKey(
        [...path, more[0]],
        messages.moreUnknownKeys(this.examined.written(path), more),
      );
  }

  private explainUnknownKey(path: Path): void {
    const known = this.knownKeys(path.slice(0, -1));
    const key = String(path.at(-1));
    const near = this.examined.suggest(key, known);
    const places = near === undefined ? placesOf(this.format.schema, key) : [];
    const text = messages.unknownKey(this.examined.written(path), known, near, places);
    this.examined.errorAtKey(path, text);
  }

  private explain(issue: Issue): void {
    const path = issue.path as Path;
    const value = valueAt(this.plain, path);
    const schema = schemaAt(this.format.schema, this.plain, path);
    const inner = issuesOfAlternative(issue, schema, this.format);
    if (inner !== undefined)
      this.explainAll(inner.map((one) => ({ ...one, path: [...path, ...one.path] })));
    else if (issue.code === "unrecognized_keys") this.explainUnknownKeys(path, issue.keys);
    else if (issue.code === "invalid_key") this.examined.errorAtKey(path, messages.wrongName(path));
    else if (schema === undefined)
      this.examined.error(path, messages.otherIssue(path, issue.message));
    else if (value === undefined) this.explainMissing(path, schema, expectedKinds(issue));
    else if (!(this.format.hasFormulas && isFormula(value) && acceptsNumber(schema)))
      this.examined.error(path, this.describe(issue, path, value, schema));
  }

  private describe(issue: Issue, path: Path, value: unknown, schema: Schema): Text {
    const node = nodeAt(this.examined.tree, path);
    // With what is known of how it was written.
    const given = node?.kind === "scalar" ? { ...node, value } : { value };
    return describe(issue, this.examined.written(path), given, schema, this.format);
  }

  /** @param kinds where the key says of which kind its map is: all that there are */
  private explainMissing(path: Path, schema: Schema, kinds: readonly string[] | undefined): void {
    const written = this.examined.written(path);
    const title = infoOf(schema)?.title ?? "It";
    const rule = kinds ? messages.RULES.words(title, kinds) : ruleOf(schema, this.format.rules);
    if (hasNull(this.examined.tree, path)) {
      this.examined.errorAtKey(path, messages.emptyKey(written, rule));
      return;
    }
    const near = this.misspelling(path);
    // Where the misspelt key is reported as unknown, this is the same problem. Of a map whose kind is missing,
    // zod does not look at the keys, and in a map that is open no key is unknown.
    if (near !== undefined && !kinds && this.reportsUnknown(path.slice(0, -1))) return;
    this.examined.errorAround(path, messages.missingKey(written, rule, near));
  }

  /** The unknown key beside a missing one that probably stands for it. */
  private misspelling(path: Path): string | undefined {
    const known = this.knownKeys(path.slice(0, -1));
    const map = valueAt(this.plain, path.slice(0, -1));
    const unknown = isMap(map) ? Object.keys(map).filter((key) => !known.includes(key)) : [];
    return unknown.find((key) => suggest(key, known) === path.at(-1));
  }

  private reportsUnknown(path: Path): boolean {
    const schema = schemaAt(this.format.schema, this.plain, path);
    return schema !== undefined && isClosed(kindOf(schema, valueAt(this.plain, path)));
  }

  private knownKeys(path: Path): readonly string[] {
    const schema = schemaAt(this.format.schema, this.plain, path);
    return (schema && keysOf(kindOf(schema, valueAt(this.plain, path)))) ?? [];
  }
}

/**
 * What is wrong with a single value of a field; undefined where it may stand there.
 * @param path how the field is called
 * @param format that the field belongs to
 */
export function faultOf(
  schema: z.ZodType,
  value: unknown,
  path: Path,
  { rules }: Format,
): Text | undefined {
  const issue = schema.safeParse(value).error?.issues[0];
  return issue && describe(issue, path, { value }, schema, { schema, rules });
}

/**
 * Of a reference or a list of them, zod tells what is wrong with either: the one of the right type counts. A field with
 * a rule of its own is told by that.
 */
function issuesOfAlternative(
  issue: Issue,
  schema: Schema | undefined,
  format: Format,
): readonly Issue[] | undefined {
  if (issue.code !== "invalid_union" || expectedKinds(issue)) return undefined;
  if (schema && isExplainedWhole(schema, format)) return undefined;
  return issue.errors.find(isOfRightType);
}

function isOfRightType(issues: readonly Issue[]): boolean {
  return issues.every((issue) => issue.path.length > 0 || issue.code !== "invalid_type");
}

/** The kinds of map that there are, where the issue is that the map is of none of them. */
function expectedKinds(issue: Issue): readonly string[] | undefined {
  if (issue.code !== "invalid_union" || !("discriminator" in issue)) return undefined;
  return (issue as unknown as { options: readonly unknown[] }).options.map(String);
}

/** Whether the rule that a format has for the field says all there is to say of it. */
function isExplainedWhole(schema: Schema, { rules = {}, explainedInside = [] }: Format): boolean {
  const { unit = "" } = infoOf(schema) ?? {};
  return Object.hasOwn(rules, unit) && !explainedInside.includes(unit);
}

function describe(issue: Issue, path: Path, given: Written, schema: Schema, format: Format): Text {
  const { rules, hasFormulas, wrongKeys } = format;
  const { value } = given;
  const rule = ruleOf(schema, rules);
  const hint = hintFor(schema, given, hasFormulas);
  if (typeof value === "number") {
    const wrong = describeNumber(path, value, schema, rule, hint);
    if (wrong !== undefined) return wrong;
  }
  const kinds = expectedKinds(issue);
  if (kinds) return messages.wrongWord(path, value, kinds, nearestWord(value, kinds));
  if (wrongKeys && issue.code === "custom" && isMap(value))
    return wrongKeys(path, Object.keys(value), issue.message);
  const isLength = issue.code === "too_big" || issue.code === "too_small";
  if (isLength && typeof value !== "number" && !isExplainedWhole(schema, format)) {
    const isAbove = issue.code === "too_big";
    const bound = Number(isAbove ? issue.maximum : issue.minimum);
    return messages.wrongLength(path, issue.origin, isAbove ? "above" : "below", bound);
  }
  return messages.wrongValue(path, value, rule, hint, given.written);
}

function describeNumber(
  path: Path,
  value: number,
  schema: Schema,
  rule: string,
  hint: Hint,
): Text | undefined {
  if (!Number.isFinite(value)) return messages.notFinite(path, value, rule);
  const { min, max, isWhole = false } = rangeOf(schema) ?? {};
  if (max !== undefined && value > max)
    return messages.outOfRange(path, value, "above", max, rule, hint);
  if (min !== undefined && value < min)
    return messages.outOfRange(path, value, "below", min, rule, hint);
  return isWhole && !Number.isInteger(value) ? messages.notWhole(path, value, rule) : undefined;
}
