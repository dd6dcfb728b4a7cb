// Holds a tree against the schema, and says in words what zod found wrong.
import type { z } from "zod";
import { isFormula } from "../formulas/language.ts";
import type { MapNode, Path } from "../reading/tree.ts";
import { hasNull, locate, locateKey, pathText, toPlain, writtenPath } from "../reading/tree.ts";
import type { Scenario } from "../schema.ts";
import { scenarioSchema } from "../schema.ts";
import { hintFor, ruleOf } from "./describe.ts";
import * as messages from "./messages.ts";
import type { Report, Text } from "./problems.ts";
import { repair } from "./repair.ts";
import {
  acceptsNumber,
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

/** The sections of a scenario that are valid, or could be mended. */
export type Sections = Partial<Scenario>;

/**
 * Validates each top-level section by itself, so that a problem in one does not hide the meaning of another. A section
 * with problems that leave its structure clear is returned as mended, for the checks that follow. Problems go to
 * the report; without any, the sections are the whole scenario.
 */
export function validate(tree: MapNode, report: Report): Sections {
  const plain = toPlain(tree) as Record<string, unknown>;
  const explainer = new Explainer(tree, plain, report);
  const sections: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(scenarioSchema.shape)) {
    const result = schema.safeParse(plain[key]);
    const section = result.success ? result.data : repair(schema, plain[key]);
    if (section !== undefined) sections[key] = section;
    const issues = result.error?.issues ?? [];
    explainer.explainAll(issues.map((issue) => ({ ...issue, path: [key, ...issue.path] })));
  }
  for (const key of Object.keys(plain))
    if (!Object.hasOwn(scenarioSchema.shape, key)) explainer.explainUnknownKey([key]);
  return sections as Sections;
}

class Explainer {
  private readonly tree: MapNode;
  private readonly plain: unknown;
  private readonly report: Report;

  constructor(tree: MapNode, plain: unknown, report: Report) {
    this.tree = tree;
    this.plain = plain;
    this.report = report;
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

  private explain(issue: Issue): void {
    const path = issue.path as Path;
    // Of a reference or a list of them, zod tells what is wrong with either: the one of the right type counts.
    const fitting = issue.code === "invalid_union" ? issue.errors.find(isOfRightType) : undefined;
    if (fitting && !isKindIssue(issue)) {
      this.explainAll(fitting.map((inner) => ({ ...inner, path: [...path, ...inner.path] })));
      return;
    }
    const value = valueAt(this.plain, path);
    const schema = schemaAt(scenarioSchema, this.plain, path);
    if (issue.code === "unrecognized_keys")
      for (const key of issue.keys) this.explainUnknownKey([...path, key]);
    else if (issue.code === "invalid_key") this.atKey(path, messages.wrongName(path));
    else if (schema === undefined) this.atValue(path, messages.otherIssue(path, issue.message));
    else if (value === undefined) this.explainMissing(path, schema, isKindIssue(issue));
    // A formula without a value has a problem of its own.
    else if (!isFormula(value) || !acceptsNumber(schema))
      this.atValue(path, describe(issue, this.written(path), value, schema));
  }

  explainUnknownKey(path: Path): void {
    const known = this.knownKeys(path.slice(0, -1));
    const key = String(path.at(-1));
    const near = suggest(key, known);
    const places = near === undefined ? placesOf(scenarioSchema, key) : [];
    this.atKey(path, messages.unknownKey(this.written(path), known, near, places));
  }

  private explainMissing(path: Path, schema: Schema, isKind: boolean): void {
    const written = this.written(path);
    if (hasNull(this.tree, path)) {
      this.atKey(path, messages.emptyKey(written, ruleOf(schema)));
      return;
    }
    const near = this.misspelling(path);
    // Where the misspelt key is reported as unknown, this is the same problem. Of a map whose kind is missing,
    // zod does not look at the keys.
    if (near !== undefined && !isKind) return;
    const text = messages.missingKey(written, ruleOf(schema), near);
    this.report.error(locate(this.tree, path.slice(0, -1)), written, text);
  }

  /** The unknown key beside a missing one that probably stands for it. */
  private misspelling(path: Path): string | undefined {
    const known = this.knownKeys(path.slice(0, -1));
    const map = valueAt(this.plain, path.slice(0, -1));
    const unknown = isMap(map) ? Object.keys(map).filter((key) => !known.includes(key)) : [];
    return unknown.find((key) => suggest(key, known) === path.at(-1));
  }

  private knownKeys(path: Path): readonly string[] {
    const schema = schemaAt(scenarioSchema, this.plain, path);
    return (schema && keysOf(kindOf(schema, valueAt(this.plain, path)))) ?? [];
  }

  private written(path: Path): Path {
    return writtenPath(this.tree, path);
  }

  private atKey(path: Path, text: Text): void {
    this.report.error(locateKey(this.tree, path), this.written(path), text);
  }

  private atValue(path: Path, text: Text): void {
    this.report.error(locate(this.tree, path), this.written(path), text);
  }
}

function describe(issue: Issue, path: Path, value: unknown, schema: Schema): Text {
  const rule = ruleOf(schema);
  if (typeof value === "number") {
    const wrong = describeNumber(path, value, schema, rule);
    if (wrong !== undefined) return wrong;
  }
  if (isKindIssue(issue)) {
    const words = (issue as unknown as { options: unknown[] }).options.map(String);
    return messages.wrongWord(path, value, words, suggest(String(value), words));
  }
  if (issue.code === "custom" && isMap(value)) return messages.wrongPhase(path, Object.keys(value));
  if ((issue.code === "too_big" || issue.code === "too_small") && typeof value !== "number") {
    const isAbove = issue.code === "too_big";
    const bound = Number(isAbove ? issue.maximum : issue.minimum);
    return messages.wrongLength(path, issue.origin, isAbove ? "above" : "below", bound);
  }
  return messages.wrongValue(path, value, rule, hintFor(schema, value));
}

function isOfRightType(issues: readonly Issue[]): boolean {
  return issues.every((issue) => issue.path.length > 0 || issue.code !== "invalid_type");
}

function isKindIssue(issue: Issue): boolean {
  return issue.code === "invalid_union" && "discriminator" in issue;
}

function describeNumber(path: Path, value: number, schema: Schema, rule: string): Text | undefined {
  if (!Number.isFinite(value)) return messages.notFinite(path, value, rule);
  const { min, max, isWhole = false } = rangeOf(schema) ?? {};
  const hint = hintFor(schema, value);
  if (max !== undefined && value > max)
    return messages.outOfRange(path, value, "above", max, rule, hint);
  if (min !== undefined && value < min)
    return messages.outOfRange(path, value, "below", min, rule, hint);
  return isWhole && !Number.isInteger(value) ? messages.notWhole(path, value, rule) : undefined;
}
