// A span as it was written, before its attributes are understood.
import type { Place } from "../format.ts";
import { isObject } from "../reading/pieces.ts";
import { type Fields, fieldsIn, listIn, textIn } from "../values.ts";

export interface Envelope {
  readonly trace: string;
  readonly id: string | undefined;
  readonly parent: string | undefined;
  readonly place: Place;
  readonly name: string;
  /** Seconds since 1970. */
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly hasFailed: boolean;
  /** What the status says; looked at for whether it was a timeout, and not kept. */
  readonly reason: string;
  readonly attributes: Fields;
  readonly events: readonly SpanEvent[];
  /** Ids of spans. */
  readonly links: readonly string[];
}

export interface SpanEvent {
  readonly name: string;
  readonly attributes: Fields;
}

/** The id of a trace or span, as all parts of a log write it: hexadecimal digits small, without a prefix. Zero is none. */
export function idIn(value: unknown): string | undefined {
  const text = textIn(value);
  if (text === undefined) return undefined;
  const id = /^(?:0x)?[\da-f]+$/i.test(text) ? text.replace(/^0x/i, "").toLowerCase() : text;
  return /^0*$/.test(id) ? undefined : id;
}

/** The first of several names that has a value. */
export function firstOf<T>(
  attributes: Fields,
  names: readonly string[],
  read: (value: unknown) => T | undefined,
): T | undefined {
  for (const name of names) {
    const value = read(attributes[name]);
    if (value !== undefined) return value;
  }
  return undefined;
}

/**
 * Attributes by their full names: as OTLP writes them, a list of keys and values; as an object, which may be nested by the parts of
 * the names; or as such an object in a text.
 */
export function attributesIn(value: unknown): Fields {
  if (typeof value === "string") return flat(jsonIn(value));
  return flat(Array.isArray(value) ? listed(value) : fieldsIn(value));
}

/** Objects in objects no deeper than names have parts. */
const DEEPEST = 6;

function flat(fields: Fields): Fields {
  if (!Object.values(fields).some(isObject)) return fields;
  const all: Record<string, unknown> = {};
  const add = (inner: Fields, prefix: string, depth: number) => {
    for (const [key, value] of Object.entries(inner)) {
      all[prefix + key] = value;
      if (isObject(value) && depth < DEEPEST) add(value, `${prefix}${key}.`, depth + 1);
    }
  };
  add(fields, "", 1);
  return all;
}

function listed(value: readonly unknown[]): Fields {
  const attributes: Record<string, unknown> = {};
  for (const one of value) {
    const { key, value } = fieldsIn(one);
    if (typeof key === "string") attributes[key] = anyValue(value);
  }
  return attributes;
}

/** An object that is written as text. */
function jsonIn(text: string): Fields {
  try {
    return fieldsIn(JSON.parse(text));
  } catch {
    return {};
  }
}

/** Types of values as JSON and as protocol buffers call them. */
const LIST_TYPES = new Set(["arrayValue", "array_value"]);
const OBJECT_TYPES = new Set(["kvlistValue", "kvlist_value"]);

/** A value as OTLP writes it, with its type as key. */
function anyValue(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  for (const type in value) {
    const inner = (value as Fields)[type];
    if (LIST_TYPES.has(type)) return listIn(fieldsIn(inner).values).map(anyValue);
    if (OBJECT_TYPES.has(type)) return listed(listIn(fieldsIn(inner).values));
    return inner;
  }
  return undefined;
}
