// Finds its way in the zod schema by the path of a value: which field it is, what it may hold, which keys are known.
import { z } from "zod";
import type { Path } from "../reading/tree.ts";

type Schema = z.core.$ZodType;
type Definition = z.core.$ZodTypes["_zod"]["def"];

export interface FieldInfo {
  readonly title: string;
  readonly description: string;
  readonly unit?: string;
}

const definition = (schema: Schema) => (schema as z.core.$ZodTypes)._zod.def as Definition;

/** The schema inside default, optional, nullable and transform; `undefined` ends the walk. */
function inner(schema: Schema): Schema | undefined {
  const def = definition(schema);
  switch (def.type) {
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
      return def.innerType;
    case "pipe":
      return def.in;
    default:
      return undefined;
  }
}

/** The schema without default, optional, nullable and transform around it. */
export function unwrap(schema: Schema): Schema {
  const inside = inner(schema);
  return inside === undefined ? schema : unwrap(inside);
}

/** Whether null may stand here. */
export function isNullable(schema: Schema): boolean {
  const inside = inner(schema);
  return definition(schema).type === "nullable" || (inside !== undefined && isNullable(inside));
}

/** Title, description and unit of a field. */
export function infoOf(schema: Schema): FieldInfo | undefined {
  const own = z.globalRegistry.get(schema) as FieldInfo | undefined;
  if (own !== undefined) return own;
  const inside = inner(schema);
  return inside && infoOf(inside);
}

/** The alternatives of a union; any other schema is its only alternative. */
function alternatives(schema: Schema): readonly Schema[] {
  const def = definition(unwrap(schema));
  return def.type === "union" ? def.options : [unwrap(schema)];
}

/** Whether a number may stand here. */
export function acceptsNumber(schema: Schema): boolean {
  return alternatives(schema).some((option) => definition(unwrap(option)).type === "number");
}

/** The range of the numbers that may stand here, also beside other values such as texts; undefined where none may. */
export function rangeOfNumbers(schema: Schema): NumberRange | undefined {
  for (const option of alternatives(schema)) {
    const range = rangeOf(option);
    if (range !== undefined) return range;
  }
  return undefined;
}

/** Keys that a map may have; undefined where the keys are names that the file gives. */
export function keysOf(schema: Schema): readonly string[] | undefined {
  const keys = new Set<string>();
  for (const option of alternatives(schema)) {
    const def = definition(unwrap(option));
    if (def.type === "record") return undefined;
    if (def.type === "object") for (const key of Object.keys(def.shape)) keys.add(key);
  }
  return [...keys];
}

/** Whether a map has no keys but those that the schema knows. */
export function isClosed(schema: Schema): boolean {
  return alternatives(schema).every((option) => {
    const def = definition(unwrap(option));
    return def.type === "object" && def.catchall?._zod.def.type === "never";
  });
}

/** Whether a map's keys are names that the file gives. */
export function isNamedMap(schema: Schema): boolean {
  return definition(unwrap(schema)).type === "record";
}

/** The key that says of which kind a map is, where there are several kinds. */
export function discriminatorOf(schema: Schema): string | undefined {
  const def = definition(unwrap(schema));
  return "discriminator" in def ? String(def.discriminator) : undefined;
}

/**
 * The schema of a key of a map or an item of a list. Where the map may be of several kinds, `siblings` (its
 * plain value) tells which; if it does not, the first kind that has the key is taken.
 */
export function childSchema(
  schema: Schema,
  key: string | number,
  siblings: unknown,
): Schema | undefined {
  const children = ofKind(schema, siblings).map((option) => {
    const def = definition(unwrap(option));
    if (def.type === "object") return Object.hasOwn(def.shape, key) ? def.shape[key] : undefined;
    if (def.type === "record") return def.valueType;
    if (typeof key !== "number") return undefined;
    if (def.type === "tuple") return def.items[key];
    return def.type === "array" ? def.element : undefined;
  });
  return children.find((child) => child !== undefined);
}

/** The alternatives that a value chooses by its discriminator, or all of them. */
function ofKind(schema: Schema, value: unknown): readonly Schema[] {
  const options = alternatives(schema);
  const discriminator = discriminatorOf(schema);
  if (discriminator === undefined || !isMap(value)) return options;
  const chosen = options.filter((option) =>
    kindsOf(option, discriminator).includes(value[discriminator]),
  );
  return chosen.length > 0 ? chosen : options;
}

function kindsOf(option: Schema, discriminator: string): readonly unknown[] {
  const def = definition(unwrap(option));
  const field = def.type === "object" ? definition(def.shape[discriminator] as Schema) : undefined;
  return field?.type === "literal" ? field.values : [];
}

/** The alternative that a value chooses by its discriminator. */
export function kindOf(schema: Schema, value: unknown): Schema {
  const chosen = ofKind(schema, value);
  return chosen.length === 1 ? chosen[0] : schema;
}

/** The schema of the value at a path of the plain value `root`. */
export function schemaAt(schema: Schema, root: unknown, path: Path): Schema | undefined {
  let at: Schema | undefined = schema;
  let value = root;
  for (const key of path) {
    at = at && childSchema(at, key, value);
    value = valueAt(value, [key]);
  }
  return at;
}

/** The value at a path of a plain value. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Places of every key of a format. */
const PLACES = new WeakMap<Schema, ReadonlyMap<string, ReadonlySet<string>>>();

/** Places in which a key is known, as dotted paths with NAME for names that the file gives. */
export function placesOf(schema: Schema, key: string): string[] {
  const places = PLACES.get(schema) ?? indexPlaces(schema);
  PLACES.set(schema, places);
  return [...(places.get(key) ?? [])];
}

function indexPlaces(schema: Schema): Map<string, Set<string>> {
  const places = new Map<string, Set<string>>();
  const seen = new Set<Schema>();
  const visit = (at: Schema, path: readonly string[]): void => {
    const bare = unwrap(at);
    const isOpen = seen.has(bare);
    if (isOpen) return;
    seen.add(bare);
    const def = definition(bare);
    if (def.type === "union") for (const option of def.options) visit(option, path);
    else if (def.type === "array") visit(def.element, path);
    else if (def.type === "record") visit(def.valueType, [...path, "NAME"]);
    else if (def.type === "object")
      for (const [name, field] of Object.entries(def.shape)) {
        places.set(name, (places.get(name) ?? new Set()).add(path.join(".")));
        visit(field, [...path, name]);
      }
    seen.delete(bare);
  };
  visit(schema, []);
  return places;
}

/** Range of a number field; a missing bound is open. */
export interface NumberRange {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly isWhole: boolean;
}

/** The range of a number field; undefined for other fields. */
export function rangeOf(schema: Schema): NumberRange | undefined {
  const bare = unwrap(schema);
  if (!(bare instanceof z.ZodNumber)) return undefined;
  const open = (bound: number | null) =>
    bound !== null && Math.abs(bound) < Number.MAX_SAFE_INTEGER ? bound : undefined;
  return { min: open(bare.minValue), max: open(bare.maxValue), isWhole: bare.isInt };
}
