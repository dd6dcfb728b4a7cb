// Whatever is in a file, loading ends with a scenario or a ScenarioError whose problems have places in that file.
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatProblems } from "../../src/documents/checking/problems.ts";
import { FILE, problemsOf, scenarioText } from "../scenario/support.ts";

const GOOD = scenarioText({
  head: "parameters: { p: 0.1 }\nagentDefaults: { guess: 0.2 }",
  models: 'models: { base: { errorRate: "= p", latency: { distribution: constant, mean: 4s } } }',
  topology: "topology: { preset: star, edges: [{ from: worker.1, to: worker.2 }] }",
  tail: "thresholds: [success >= 0.4]",
});

async function check(text: string): Promise<void> {
  const problems = await problemsOf(text);
  const lines = text.replace(/^\ufeff/, "").split("\n");
  for (const { file, line, column, message } of problems) {
    expect(file).toBe(FILE);
    expect(message).not.toBe("");
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(column).toBeLessThanOrEqual(lines[line - 1].length + 1);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  expect(formatProblems(problems)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
}

const piece = fc.constantFrom(
  ..."{}[]:,-?!&*#|>'\"%@`\n\t =.0159aé🦉\r\u0000\u001b".split(""),
  "\n  ",
  "\n    ",
  ": ",
  "- ",
  "---\n",
  "<<: ",
  "!!str ",
  "&a ",
  "*a ",
  "null",
  "true",
  ".nan",
  "-.inf",
  "0x1F",
  "task",
  "graph",
  "shape",
  "chain",
  "models",
  "agents",
  "worker",
  "protocol",
  "work",
  "send",
  "aggregate",
  "extends",
  "agentDefaults",
  "parameters",
  "topology",
  "thresholds",
  "__proto__",
  "constructor",
  "= 1 + p",
);

test("text that looks like YAML", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 60 }), (pieces) => check(pieces.join(""))),
    { seed: 1, numRuns: 300 },
  );
});

test("a good scenario with pieces put in, taken out and replaced", async () => {
  const edit = fc.record({
    at: fc.nat(GOOD.length),
    remove: fc.nat(8),
    insert: fc.oneof(fc.constant(""), piece),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      const edited = edits.reduce(
        (text, { at, remove, insert }) => text.slice(0, at) + insert + text.slice(at + remove),
        GOOD,
      );
      return check(edited);
    }),
    { seed: 1, numRuns: 250 },
  );
});

test("a good scenario with any value in any place", async () => {
  const value = fc.oneof(
    fc.constantFrom(
      null,
      true,
      "",
      "x",
      "50%",
      "4 kg",
      "= p",
      "= 1/0",
      "worker.9",
      [],
      {},
      [null],
      -1,
      Infinity,
    ),
    fc.double(),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const { parse } = await import("yaml");
  const plain = parse(GOOD) as Record<string, unknown>;
  const places: (string | number)[][] = [];
  const visit = (at: unknown, path: (string | number)[]): void => {
    if (path.length > 0) places.push(path);
    if (typeof at === "object" && at !== null)
      for (const [key, inside] of Object.entries(at)) visit(inside, [...path, key]);
  };
  visit(plain, []);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), value, async (path, replacement) => {
      const copy = structuredClone(plain);
      let at = copy as Record<string | number, unknown>;
      for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
      at[path.at(-1) as string] = replacement;
      await check(JSON.stringify(copy, null, 1));
    }),
    { seed: 1, numRuns: 250 },
  );
});
