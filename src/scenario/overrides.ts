// Sets single values of a scenario from outside: `--set agents.worker.count=5`, and the points of a sweep.
import type { Problems } from "../documents/checking/problems.ts";
import { type Overrides, parseSetting, setValues } from "../documents/reading/overrides.ts";
import type { MapNode } from "../documents/reading/tree.ts";
import { scenarioFileSchema } from "./schema.ts";
import { withoutUncertain } from "./uncertain/replace.ts";

/** Reads PATH=VALUE with a value in YAML; undefined where the text is anything else. */
export const parseOverride = (text: string) => parseSetting(text, scenarioFileSchema);

/**
 * The scenario with the overrides set, in order. A number that is set is no longer uncertain. What cannot be set is added to
 * `problems`.
 * @param mayAdd whether a map may be set under a new name, such as `agents.editor`
 */
export const applyOverrides = (
  tree: MapNode,
  overrides: Overrides,
  problems: Problems,
  mayAdd = false,
): MapNode =>
  setValues(
    withoutUncertain(tree, Object.keys(overrides)),
    overrides,
    scenarioFileSchema,
    problems,
    mayAdd,
  );
