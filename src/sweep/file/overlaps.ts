// Which of several values that are set from outside replace one another.
import { valueAt } from "../../documents/checking/schemaWalk.ts";
import { keysOfPath, type Overrides } from "../../documents/reading/overrides.ts";

/** Whether one of two dotted paths is the other, or leads to it. */
export function overlap(a: string, b: string): boolean {
  return isAbove(a, b) || isAbove(b, a);
}

/** The path of the first override whose value is replaced when another value is set at a path; undefined: none. */
export function replacedBy(path: string, overrides: Overrides): string | undefined {
  return Object.keys(overrides).find((set) => {
    if (isAbove(path, set)) return true;
    const within = keysOfPath(path).slice(keysOfPath(set).length);
    return isAbove(set, path) && valueAt(overrides[set], within) !== undefined;
  });
}

function isAbove(above: string, below: string): boolean {
  const keys = keysOfPath(below);
  return keysOfPath(above).every((key, i) => key === keys[i]);
}
