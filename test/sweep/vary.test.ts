// The notation of --vary, and what is wrong with texts that are not in it.
import { expect, test } from "vitest";
import { Problems } from "../../src/documents/checking/problems.ts";
import { toPlain } from "../../src/documents/reading/tree.ts";
import { parseVary } from "../../src/sweep/file/vary.ts";

function parse(...texts: string[]) {
  const problems = new Problems();
  const factors = toPlain(parseVary(texts, problems));
  return { factors, problems: problems.sorted() };
}

test.each([
  ["a.b=1,3,5", { "a.b": { values: [1, 3, 5] } }],
  ["a.b=1", { "a.b": { values: [1] } }],
  ["a.b= -.5, 1e3 ,+2.", { "a.b": { values: [-0.5, 1000, 2] } }],
  ["a.b=true,false", { "a.b": { values: [true, false] } }],
  ["a.b=star,two words,0x10", { "a.b": { values: ["star", "two words", "0x10"] } }],
  ["a.b=4s,2min", { "a.b": { values: ["4s", "2min"] } }],
  ["a.b=openai:small,openai:big", { "a.b": { values: ["openai:small", "openai:big"] } }],
  ["a.b=1:9", { "a.b": { from: 1, to: 9 } }],
  ["a.b=0.01:0.2:5", { "a.b": { from: 0.01, to: 0.2, count: 5 } }],
  ["a.b=0.001:0.1:7:log", { "a.b": { from: 0.001, to: 0.1, count: 7, scale: "log" } }],
  ["a.b=0.001:0.1:log", { "a.b": { from: 0.001, to: 0.1, scale: "log" } }],
  ["a.b=1:9:5:linear", { "a.b": { from: 1, to: 9, count: 5, scale: "linear" } }],
  ["n:a.b=1,3", { n: { path: "a.b", values: [1, 3] } }],
  ["n:a.b==2*m+1", { n: { path: "a.b", formula: "2*m+1" } }],
  ["a.b = = m >= 2 ? 1 : 3", { "a.b": { formula: " m >= 2 ? 1 : 3" } }],
])("%s", (text, expected) => {
  expect(parse(text)).toEqual({ factors: expected, problems: [] });
});

test.each([
  "a.b",
  "=1,2",
  ":a=1",
  "n:=1",
  "a:b:c=1",
  "a.b=1:",
  "a.b=1:x",
  "a.b=1:2:3:4",
  "a.b=1:2:3:lag",
  "a.b=1:log",
  "__proto__=1",
])("%s cannot be read", (text) => {
  const [problem, ...others] = parse(text).problems;
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ file: "(--vary)", line: 1, column: 1, source: text });
  expect(problem.message).toContain("cannot be read");
  expect(problem.rule).toContain("LOW:HIGH:COUNT");
});

test("every text is a line, and values know their columns", () => {
  const { problems, factors } = parse("a=1", "b=1,,2", "a=3", "c=");
  expect(factors).toEqual({ a: { values: [1] } });
  expect(problems.map(({ line, column, message }) => [line, column, message])).toEqual([
    [2, 5, "an item of the list is empty"],
    [3, 1, "a is varied already"],
    [4, 3, "an item of the list is empty"],
  ]);
});
