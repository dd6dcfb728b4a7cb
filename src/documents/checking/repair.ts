// Mends a section that is not valid, so that what can still be checked of its meaning is reported along with its
// errors. Only used for that: what has errors is never run.
import type { z } from "zod";
import type { Path } from "../reading/tree.ts";
import { wordOf } from "./describe.ts";
import { acceptsNumber, isMap, keysOf, kindOf, rangeOf, schemaAt, valueAt } from "./schemaWalk.ts";
import { suggest } from "./suggest.ts";

type Schema = z.core.$ZodType;

const MOST_ROUNDS = 4;

/**
 * The valid section that `value` comes nearest to: misspelt keys and words put right, unknown keys removed, bad
 * numbers replaced by their defaults or smallest values. Undefined where that does not make it valid.
 * @param decisive keys of numbers that other rules depend on: where one is bad, nothing sure can be said
 */
export function repair(schema: z.ZodType, value: unknown, decisive: readonly string[]): unknown {
  const mended = structuredClone(value);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const result = schema.safeParse(mended);
    if (result.success) return result.data;
    if (!result.error.issues.every((issue) => mend(schema, mended, issue, decisive)))
      return undefined;
  }
  return undefined;
}

/** Whether the issue could be dealt with. */
function mend(
  schema: Schema,
  root: unknown,
  issue: z.core.$ZodIssue,
  decisive: readonly string[],
): boolean {
  const path = issue.path as Path;
  if (issue.code === "unrecognized_keys") {
    const map = valueAt(root, path);
    const mapSchema = schemaAt(schema, root, path);
    return isMap(map) && !!mapSchema && issue.keys.every((key) => mendKey(mapSchema, map, key));
  }
  const map = valueAt(root, path.slice(0, -1));
  const key = path.at(-1);
  const field = schemaAt(schema, root, path);
  // A phase that is none because of its unknown key: put right with that.
  if (issue.code === "custom" && isMap(valueAt(root, path))) return true;
  if (!isMap(map) || typeof key !== "string" || field === undefined) return false;
  if (!acceptsNumber(field)) return mendWord(issue, map, key);
  return !decisive.includes(key) && mendNumber(field, map, key);
}

function mendKey(schema: Schema, map: Record<string, unknown>, key: string): boolean {
  const near = suggest(key, keysOf(kindOf(schema, map)) ?? []);
  if (near !== undefined) map[near] ??= map[key];
  return delete map[key];
}

/** First leaves the number to its default; if it is required, the next round sets it. */
function mendNumber(field: Schema, map: Record<string, unknown>, key: string): boolean {
  if (Object.hasOwn(map, key)) return delete map[key];
  map[key] = rangeOf(field)?.min ?? 0;
  return true;
}

function mendWord(issue: z.core.$ZodIssue, map: Record<string, unknown>, key: string): boolean {
  const { values, options } = issue as { values?: unknown[]; options?: unknown[] };
  const near = suggest(wordOf(map[key]), (values ?? options ?? []).map(String));
  if (near === undefined) return false;
  map[key] = near;
  return true;
}
