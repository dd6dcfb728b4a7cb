// Which of several values that are set from outside replace one another.
import { isMap } from "../../documents/checking/schemaWalk.ts";
import type { Overrides } from "../../documents/reading/overrides.ts";

/** Whether one of two dotted paths is the other, or leads to it. */
export function overlap(a: string, b: string): boolean {
  return isAbove(a, b) || isAbove(b, a);
}

/** The path of the first override whose value is replaced when another value is set at a path; undefined: none. */
export function replacedBy(path: string, overrides: Overrides): string | undefined {
  return Object.keys(overrides).find((set) => {
    if (isAbove(path, set)) return true;
    return isAbove(set, path) && has(overrides[set], keysOf(path).slice(keysOf(set).length));
  });
}

function isAbove(above: string, below: string): boolean {
  const keys = keysOf(below);
  return keysOf(above).every((key, i) => key === keys[i]);
}

/** Numbers of items may have leading zeros. */
const keysOf = (path: string): string[] =>
  path.split(".").map((key) => (/^\d+$/.test(key) ? String(Number(key)) : key));

function has(value: unknown, keys: readonly string[]): boolean {
  let inner = value;
  for (const key of keys) {
    if (!(isMap(inner) || Array.isArray(inner)) || !Object.hasOwn(inner, key)) return false;
    inner = (inner as Record<string, unknown>)[key];
  }
  return true;
}
