// The JSON Schema: complete for readers, and of one mind with the loader.
import { describe, expect, test } from "vitest";
import { scenarioJsonSchema } from "../../src/scenario/schema.ts";

type Json = Record<string, unknown>;
const SCHEMA = scenarioJsonSchema() as Json;

interface Visited {
  readonly path: string;
  readonly schema: Json;
}

/** All fields: properties, values of maps, items of lists. */
function fields(schema: Json, path = "", seen = new Set<unknown>()): Visited[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const into = (inside: unknown, at: string): Visited[] => [
    { path: at, schema: inside as Json },
    ...fields(inside as Json, at, seen),
  ];
  return [
    ...Object.entries((schema.properties ?? {}) as Json).flatMap(([k, v]) =>
      into(v, `${path}.${k}`),
    ),
    ...(typeof schema.additionalProperties === "object"
      ? into(schema.additionalProperties, `${path}.*`)
      : []),
    ...(schema.items ? into(schema.items, `${path}[]`) : []),
    ...((schema.anyOf ?? []) as Json[]).flatMap((option) => fields(option, path, seen)),
    ...Object.entries((schema.$defs ?? {}) as Json).flatMap(([k, v]) => into(v, `#${k}`)),
  ];
}

/** Without the parts of an uncertain number, which stands for a number of any field. */
const FIELDS = fields(SCHEMA).filter(({ path }) => !path.startsWith("#uncertainNumber"));
const at = (path: string) => FIELDS.find((field) => field.path === path)?.schema as Json;
const isReference = ({ schema }: Visited) => schema.$ref !== undefined;

test("every field has a title, a description and a unit", () => {
  expect(FIELDS.length).toBeGreaterThan(150);
  const bare = FIELDS.filter((field) => !isReference(field)).filter(
    ({ schema }) =>
      !["title", "description", "unit"].every((key) => typeof schema[key] === "string"),
  );
  expect(bare.map(({ path }) => path)).toEqual([]);
});

test("every number has a range, but for parameters, draws and bounds of levers, which can be any", () => {
  const open = FIELDS.filter(({ schema }) =>
    ((schema.anyOf ?? []) as Json[]).some(
      ({ type, minimum, maximum }) =>
        (type === "number" || type === "integer") &&
        (minimum === undefined || maximum === undefined),
    ),
  );
  expect(open.map(({ path }) => path)).toEqual([
    ".parameters.*",
    ".uncertain.numbers.*.value",
    ".uncertain.rows.values[][]",
    ".improvements[].between[]",
  ]);
});

test("every number may be a formula, or uncertain", () => {
  const isNumber = (schema: Json) => schema.type === "number" || schema.type === "integer";
  for (const { path, schema } of FIELDS) {
    if (schema.const !== undefined) continue;
    expect(isNumber(schema), path).toBe(false);
    const options = (schema.anyOf ?? []) as Json[];
    if (options.some(isNumber))
      expect(options, path).toContainEqual({ $ref: "#/$defs/uncertainNumber" });
    if (options.some(isNumber))
      expect(
        options.some(({ pattern }) => pattern === "^\\s*="),
        path,
      ).toBe(true);
  }
});

test("defaults are those of the loader", () => {
  expect(at(".agents.*.propagation").default).toBe(1);
  expect(at(".models.*.latency").default).toEqual({ distribution: "lognormal", mean: 4, cv: 0.5 });
  expect(at(".seed").default).toBe("faultline");
});

describe("a file may be a part", () => {
  test("no key is required outside of lists", () => {
    const required = FIELDS.filter(({ schema }) => schema.required !== undefined);
    expect(SCHEMA.required).toBeUndefined();
    expect(required.every(({ path }) => path.includes("[]") || path.startsWith("#"))).toBe(true);
    expect(at("#phase.work").required).toEqual(["who"]);
  });

  test("keys that say nothing of their own are known", () => {
    for (const key of [".extends", ".agentDefaults", ".agentDefaults.propagation", ".$schema"])
      expect(at(key)).toBeDefined();
  });

  test("null takes away what was inherited", () => {
    const admitsNull = (schema: Json) =>
      [schema.type].flat().includes("null") ||
      ((schema.anyOf ?? []) as Json[]).some(({ type }) => type === "null");
    for (const path of [
      ".task",
      ".agents.*",
      ".agents.*.propagation",
      ".agents.*.role",
      ".topology.hub",
    ])
      expect(admitsNull(at(path)), path).toBe(true);
    expect(admitsNull(at(".topology.edges[].from"))).toBe(false);
  });
});

test("there is one kind of alternatives, and unknown keys are refused", () => {
  const text = JSON.stringify(SCHEMA);
  expect(text).not.toContain('"oneOf"');
  expect(text).not.toContain('"id":');
  expect(SCHEMA).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Faultline scenario",
    additionalProperties: false,
  });
  expect(at("#phase")).toMatchObject({ minProperties: 1, maxProperties: 1 });
});
