// The fields of a file as its JSON Schema tells them: as tables for a page, as names, and which of them an example uses.
// Names of maps are written NAME and places in lists N, so `models.NAME.errorRate` stands for that field of every model.
import { grouped } from "../../../src/wording/text.ts";
import { type Places, wordTable } from "../places.ts";

/** The part of JSON Schema that files use. */
export interface Field {
  readonly title?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly type?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Field>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Field;
  readonly items?: Field;
  readonly oneOf?: readonly Field[];
  readonly anyOf?: readonly Field[];
  readonly $ref?: string;
}

// ---------------------------------------------------------------- structure

/** The kinds of an object, of which one word tells which it is. */
const kindsOf = ({ oneOf }: Field): readonly Field[] => oneOf ?? [];

/** The key whose word tells the kinds apart. */
function kindKey({ properties = {} }: Field): string {
  return Object.keys(properties).find((key) => properties[key].const !== undefined) as string;
}

const wordOf = (kind: Field) => String(kind.properties?.[kindKey(kind)].const);

/** What a field holds under names or places that the file gives. */
function inside(field: Field): readonly [key: "NAME" | "N", of: Field] | undefined {
  const { additionalProperties: values, items } = field;
  if (typeof values === "object") return ["NAME", values];
  return items === undefined ? undefined : ["N", items];
}

const hasFields = (field: Field): boolean =>
  field.properties !== undefined || kindsOf(field).length > 0;

/** The object in a field: itself, or the one alternative that has fields. */
const objectIn = (field: Field): Field => field.anyOf?.find(hasFields) ?? field;

/** Objects, with the keys that lead to them: itself, or what a map or a list of them holds. */
function objectAt(field: Field): readonly [path: readonly string[], object: Field] | undefined {
  const object = objectIn(field);
  if (hasFields(object)) return [[], object];
  const [key, held] = inside(field) ?? [];
  if (key === undefined || held === undefined || held.$ref !== undefined) return undefined;
  const found = objectAt(held);
  return found && [[key, ...found[0]], found[1]];
}

const joined = (...keys: readonly string[]) => keys.filter((key) => key !== "").join(".");

/**
 * The field at a dotted path, in which a key may say which kind it goes on with: `graph{chain}.size`. Where it does not, the
 * first kind that has the next key is taken. Undefined where there is none.
 */
export function fieldAt(root: Field, path: string): Field | undefined {
  const keys = path === "" ? [] : path.split(".");
  return keys.reduce<Field | undefined>((field, step) => {
    const [, key, word] = /^([^{]*)(?:\{(.*)\})?$/.exec(step) as RegExpExecArray;
    const found = field && (key === "" ? field : childOf(field, key));
    return word === undefined ? found : found && kindOf(found, word);
  }, root);
}

function childOf(field: Field, key: string): Field | undefined {
  const [held, value] = inside(field) ?? [];
  if (held === key) return value;
  const object = objectIn(field);
  const owner = [object, ...kindsOf(object)].find(({ properties }) => properties?.[key]);
  return owner?.properties?.[key];
}

const kindOf = (field: Field, word: string) =>
  kindsOf(objectIn(field)).find((kind) => wordOf(kind) === word);

// ---------------------------------------------------------------- names

/** Names of all fields below a field, those of a kind with its word: `graph{chain}.size`. */
export function fieldNames(field: Field, path = ""): string[] {
  const [way, object] = objectAt(field) ?? [];
  if (way === undefined || object === undefined) return [];
  const at = joined(path, ...way);
  const kinds = kindsOf(object);
  if (kinds.length > 0) return kinds.flatMap((kind) => namesIn(kind, `${at}{${wordOf(kind)}}`));
  return namesIn(object, at);
}

const namesIn = ({ properties = {} }: Field, at: string) =>
  Object.entries(properties).flatMap(([key, child]) => {
    const name = joined(at, key);
    return [name, ...fieldNames(child, name)];
  });

/** Names of the fields that a value uses, as {@link fieldNames} gives them. */
export function usedFields(field: Field, value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  const object = objectIn(field);
  const kinds = kindsOf(object);
  const values = value as Readonly<Record<string, unknown>>;
  if (kinds.length > 0) {
    const kind = kinds.find((one) => values[kindKey(one)] === one.properties?.[kindKey(one)].const);
    return kind === undefined ? [] : usedIn(kind, values, `${path}{${wordOf(kind)}}`);
  }
  if (object.properties !== undefined && !Array.isArray(value)) return usedIn(object, values, path);
  const [key, held] = inside(field) ?? [];
  if (key === undefined || held === undefined || held.$ref !== undefined) return [];
  return Object.values(values).flatMap((one) => usedFields(held, one, joined(path, key)));
}

const usedIn = (
  { properties = {} }: Field,
  values: Readonly<Record<string, unknown>>,
  path: string,
) =>
  Object.entries(values).flatMap(([key, value]) => {
    if (properties[key] === undefined) return [];
    const name = joined(path, key);
    return [name, ...usedFields(properties[key], value, name)];
  });

// ---------------------------------------------------------------- tables

export interface FieldTables {
  /** What a field is, by path, where it is left out and the schema cannot tell. */
  readonly standards?: Readonly<Record<string, string>>;
  /** What is said, by path, of fields that another table or page has. */
  readonly elsewhere?: Readonly<Record<string, string>>;
}

const PLACE = /\{\{fields ?([^:}]*)(?:: ([^}]*))?\}\}/g;

/**
 * The tables of fields at the places of a page: `{{fields PATH}}` is that of a field and of all below it, but for those that
 * have places of their own; `{{fields PATH: KEY, KEY}}` of some keys only.
 * @throws RangeError where there is no field at a path
 */
export function fieldPlaces(
  prose: string,
  root: Field,
  { elsewhere = {}, standards = {} }: FieldTables,
): Places {
  const places = [...prose.matchAll(PLACE)].map(([text, path, keys]) => ({
    name: text.slice(2, -2),
    path,
    keys: keys?.split(", "),
  }));
  const own = new Set(places.map(({ path }) => path));
  return Object.fromEntries(
    places.map(({ name, path, keys }) => {
      const field = fieldAt(root, path);
      if (field === undefined) throw new RangeError(`{{${name}}}: there is no field ${path}`);
      return [name, tablesOf(field, path, { keys, own, elsewhere, standards })];
    }),
  );
}

interface Telling {
  readonly keys?: readonly string[] | undefined;
  /** Paths with places of their own. */
  readonly own: ReadonlySet<string>;
  readonly elsewhere: Readonly<Record<string, string>>;
  readonly standards: Readonly<Record<string, string>>;
}

/** One table, or one of each kind. */
function tablesOf(field: Field, path: string, telling: Telling): string {
  const [way, object] = objectAt(field) ?? [[], { properties: { "": field } } as Field];
  const at = joined(path, ...way);
  const kinds = kindsOf(object);
  if (kinds.length === 0) return table(rowsIn(object, at, telling));
  return kinds
    .map((kind) => {
      const rows = rowsIn(kind, at, telling).filter(
        ([name]) => name !== code(joined(at, kindKey(kind))),
      );
      const title = `**\`${kindKey(kind)}: ${wordOf(kind)}\`**. ${kind.description}`;
      return rows.length === 0 ? title : `${title}\n\n${table(rows)}`;
    })
    .join("\n\n");
}

const table = (rows: readonly Row[]) => wordTable(["Field", "Value", "Default", "Meaning"], rows);

type Row = readonly [name: string, value: string, standard: string, meaning: string];

function rowsIn(object: Field, at: string, telling: Telling): Row[] {
  const { properties = {}, required = [] } = object;
  const { keys = Object.keys(properties) } = telling;
  return keys.flatMap((key) => {
    const field = properties[key];
    if (field === undefined) throw new RangeError(`there is no field ${joined(at, key)}`);
    return rowsOf(field, joined(at, key), required.includes(key), { ...telling, keys: undefined });
  });
}

/** The row of a field, then those of the fields in it. */
function rowsOf(field: Field, path: string, isRequired: boolean, telling: Telling): Row[] {
  const other = telling.elsewhere[path];
  const meaning = [field.description, other].filter(Boolean).join(" ");
  const own: Row = [
    code(path),
    valueText(field),
    telling.standards[path] ?? defaultText(field, isRequired),
    meaning,
  ];
  const [way, object] = objectAt(field) ?? [];
  if (other !== undefined || way === undefined || object === undefined) return [own];
  const at = joined(path, ...way);
  if (telling.own.has(at) || telling.own.has(path))
    return [[own[0], own[1], own[2], `${meaning} See below.`]];
  return [own, ...rowsIn(object, at, telling)];
}

const code = (text: string) => `\`${text}\``;

function defaultText({ default: standard, unit }: Field, isRequired: boolean): string {
  if (isRequired) return "required";
  if (standard === undefined || isEmpty(standard)) return "";
  return code(unit === "text" && standard === "" ? '""' : flow(standard));
}

const isEmpty = (value: unknown) =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

/** A value as one writes it in YAML, on one line. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${key}: ${flow(one)}`)
    .join(", ")} }`;
}

// ---------------------------------------------------------------- values

/** What units say that are none. */
/** Units that tell no more than the field itself. */
const BARE = new Set(["", "any", "ratio", "factor", "exponent"]);

const WORDS: Readonly<Record<string, string>> = {
  seconds: "duration",
  reference: "agent",
  references: "agents, one or a list",
  paths: "path, or a list of paths",
  labels: "label, or a list of labels",
  "half-width": "number, or a percentage",
  tolerance: "number, or a percentage",
  rate: "number, or `5x`",
  range: "`[low, high]`",
  interval: "`[low, high]`",
};

function valueText(field: Field): string {
  const { unit = "", type, maxLength } = field;
  if (field.const !== undefined) return code(String(field.const));
  if (field.enum) return field.enum.map((word) => code(String(word))).join(", ");
  if (type === "boolean") return "`true` or `false`";
  if (WORDS[unit] !== undefined) return WORDS[unit];
  if (type === "number" || type === "integer") return numberText(field);
  if (unit === "text" && maxLength !== undefined)
    return `text, up to ${grouped(maxLength)} characters`;
  if (unit === "list") return listText(field);
  if (unit === "map") return "map by name";
  return unit;
}

function numberText({ unit = "", type, minimum, maximum }: Field): string {
  const isWhole = type === "integer";
  const hasRange = minimum !== undefined && maximum !== undefined && Math.abs(maximum) < 2 ** 52;
  const range = hasRange ? `${grouped(minimum)} to ${grouped(maximum)}` : "";
  if (unit === "probability" || unit === "share") return `${unit}, ${range}`;
  const kind = isWhole ? "whole number" : "number";
  if (BARE.has(unit)) return [kind, range].filter(Boolean).join(", ");
  return range === "" ? `${kind}, ${unit}` : `${kind}, ${range} ${unit}`;
}

function listText({ items = {} }: Field): string {
  if (items.$ref !== undefined) return "list of phases";
  return hasFields(items) || items.unit === undefined ? "list" : `list of: ${valueText(items)}`;
}
