// The drawings of the documents: they are those that the script draws, and no text leaves its box.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { box, text } from "../../scripts/docs/pictures/drawing.ts";
import { house } from "../../scripts/docs/pictures/house.ts";
import { MECHANISM } from "../../scripts/docs/pictures/mechanism.ts";

const PICTURES = join(import.meta.dirname, "..", "..", "docs", "pictures");
const drawn = [
  ["house.svg", house] as const,
  ...Object.entries(MECHANISM).map(([name, draw]) => [`mechanism/${name}.svg`, draw] as const),
];

test.each(drawn)("%s is as it is drawn", (file, draw) => {
  expect(readFileSync(join(PICTURES, file), "utf8")).toBe(draw());
});

test.each(drawn)("%s has colours for light and for dark ground", (_, draw) => {
  expect(draw()).toContain("#ffffff");
  expect(draw()).toMatch(/prefers-color-scheme: dark[\s\S]*#16191d/);
});

test("text that is wider than it may be is refused", () => {
  expect(() => text(0, 0, "a line that is much too long", { within: 60 })).toThrow("of 60");
  expect(() => box(0, 0, 80, 60, { title: "a title that is too long" })).toThrow("of 56");
  expect(() => box(0, 0, 200, 30, { lines: ["one", "two"] })).toThrow("2 lines in 30 pixels");
});

test("text of a drawing cannot break its markup", () => {
  expect(text(0, 0, "a < b & c")).toContain("a &lt; b &amp; c");
});
