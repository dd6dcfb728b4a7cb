// Holds the tree of a targets file against its schema.
import type { Examined } from "../../documents/checking/examined.ts";
import { holdAgainst, type Parts, partsOf } from "../../documents/checking/validate.ts";
import { RULES } from "./messages.ts";
import {
  parameterSchema,
  searchSchema,
  type TargetsFile,
  targetSchema,
  targetsSchema,
  type WrittenParameter,
  type WrittenTarget,
} from "./schema.ts";

/** What of a targets file is valid by itself. */
export interface ShapedTargets {
  readonly name: string | undefined;
  readonly seed: string | undefined;
  /** Scenario files by label. */
  readonly scenarios: Readonly<Record<string, string>>;
  readonly parameters: readonly Parts<WrittenParameter>[];
  readonly targets: readonly Parts<WrittenTarget>[];
  readonly search: Parts<TargetsFile["search"]>;
}

/** The valid parts of the file; what is wrong is told to `examined`. */
export function shape(examined: Examined): ShapedTargets {
  const plain = holdAgainst({ schema: targetsSchema, rules: RULES }, examined);
  const { name, seed, scenarios = {} } = partsOf(targetsSchema, plain).fields;
  return {
    name,
    seed,
    scenarios,
    parameters: itemsOf(plain.parameters).map((item) => partsOf(parameterSchema, item)),
    targets: itemsOf(plain.targets).map((item) => partsOf(targetSchema, item)),
    search: partsOf(searchSchema, plain.search ?? {}),
  };
}

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
