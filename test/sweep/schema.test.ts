// The JSON Schema of experiment files, and files that nobody meant to write.
import fc from "fast-check";
import { expect, test } from "vitest";
import { ScenarioError } from "../../src/documents/checking/problems.ts";
import { DesignTooLargeError } from "../../src/sweep/designs/design.ts";
import { experimentJsonSchema } from "../../src/sweep/file/schema.ts";
import { HEAD, load } from "./support.ts";

type Json = Record<string, unknown>;

/** All fields of a schema with their paths: properties, values of maps, items of lists. */
function fields(schema: Json, path = ""): [string, Json][] {
  const into = (inside: unknown, at: string): [string, Json][] => [
    [at, inside as Json],
    ...fields(inside as Json, at),
  ];
  return [
    ...Object.entries((schema.properties ?? {}) as Json).flatMap(([k, v]) =>
      into(v, `${path}.${k}`),
    ),
    ...(typeof schema.additionalProperties === "object"
      ? into(schema.additionalProperties, `${path}.*`)
      : []),
    ...(schema.items ? into(schema.items, `${path}[]`) : []),
    ...((schema.anyOf ?? schema.oneOf ?? []) as Json[]).flatMap((option) => fields(option, path)),
  ];
}

test("every field has a title, a description and a unit", () => {
  const all = fields(experimentJsonSchema() as Json);
  expect(all.map(([path]) => path)).toEqual(
    expect.arrayContaining([".factors.*.values", ".design.points[].*", ".precision.*", ".$schema"]),
  );
  const bare = all.filter(
    ([, schema]) =>
      !["title", "description", "unit"].every((key) => typeof schema[key] === "string"),
  );
  expect(bare.map(([path]) => path)).toEqual([]);
});

test("scenarios alone are required", () => {
  expect(experimentJsonSchema()).toMatchObject({
    required: ["scenarios"],
    additionalProperties: false,
    title: "Faultline experiment",
  });
});

const GOOD = `${HEAD}baseline: single
factors:
  workers: { path: agents.worker.count, values: [1, 3], only: [team] }
  rate: { path: models.base.errorRate, from: 0.01, to: 0.2, count: 3, scale: log }
  tools: { path: task.tools, formula: 2 * workers + 1 }
design: { kind: grid }
where: workers * rate < 1
metrics: [success]
precision: { success: 1% }
`;

test("pieces put in, taken out and repeated give a sweep or problems", async () => {
  const piece = fc.constantFrom(
    ..."{ } [ ] : , - & * ' \" # 1 -1 .nan .inf 1e300 null true ~ a.b = % only path from to".split(
      " ",
    ),
    "\n",
    "\n  ",
    "factors: ",
    "kind: sobol, size: 4",
    "kind: points, points: [{}]",
    "constructor: 1",
  );
  const change = fc.record({
    at: fc.nat(GOOD.length - 1),
    removed: fc.nat(12),
    put: fc.oneof(piece, fc.constant("")),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
      let text = GOOD;
      for (const { at, removed, put } of changes)
        text = text.slice(0, at) + put + text.slice(at + removed);
      try {
        const { sweep } = await load(text);
        expect(sweep.cellCount).toBeGreaterThan(0);
        await sweep.cellAt(sweep.cellCount - 1);
      } catch (error) {
        if (error instanceof DesignTooLargeError) return;
        expect(error).toBeInstanceOf(ScenarioError);
        expect((error as ScenarioError).problems.length).toBeGreaterThan(0);
      }
    }),
    { seed: 1, numRuns: 100 },
  );
});
