// Scenarios by label, as experiments and targets files name them.
import type { Examined } from "../documents/checking/examined.ts";
import type { Text } from "../documents/checking/problems.ts";
import { list, meant } from "../documents/quoting.ts";
import type { SourceFiles } from "../documents/reading/files.ts";
import { type MapNode, withEntry } from "../documents/reading/tree.ts";
import { readScenario } from "./read.ts";

/** A scenario that has been read, called by its label. */
export interface LabelledScenario {
  readonly label: string;
  readonly tree: MapNode;
  /** All files that it is made of. */
  readonly files: readonly string[];
}

/**
 * Reads the scenarios that a file names under `scenarios`; those that cannot be read are left out, and told to `examined`.
 * @param paths by label, relative to the file
 * @param change what is set in each of them
 */
export function readLabelled(
  paths: Readonly<Record<string, string>>,
  examined: Examined,
  sources: SourceFiles,
  change = (tree: MapNode) => tree,
): LabelledScenario[] {
  return Object.entries(paths).flatMap(([label, path]) => {
    const file = examined.resolve(["scenarios", label], path, sources);
    if (file === undefined) return [];
    const { tree, files } = readScenario(file, sources, examined.problems);
    return tree === undefined ? [] : [{ label, tree: called(label, change(tree)), files }];
  });
}

/** The scenario under another name. */
export function called(label: string, tree: MapNode): MapNode {
  return withEntry(tree, "name", { kind: "scalar", value: label, at: tree.at });
}

export const unknownLabel = (
  label: string,
  known: readonly string[],
  near: string | undefined,
): Text => ({
  message: `there is no scenario ${label}`,
  rule: `scenarios here are ${list(known)}`,
  ...meant(near),
});

export const cannotBePaired = (label: string, baseline: string): Text => ({
  message: `${label} cannot be compared with ${baseline}`,
  rule: "scenarios of one comparison agree in repeats, and in the tasks and the warm-up of a replication",
});
