// Decision records: numbered without gaps, dated, in three parts, each listed once and linked from the design where named.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");
const FOLDER = join(ROOT, "docs", "decisions");
const read = (file: string) => readFileSync(join(FOLDER, file), "utf8");
const records = readdirSync(FOLDER)
  .filter((file) => file !== "index.md")
  .sort();

test("records are numbered from 1 on, without gaps", () => {
  expect(records.map((file) => Number(file.slice(0, 4)))).toEqual(records.map((_, i) => i + 1));
});

test.each(records)("%s has its number, a date and three parts", (file) => {
  const lines = read(file).split("\n");
  expect(lines[0]).toMatch(new RegExp(`^# ${Number(file.slice(0, 4))}\\. .`));
  expect(lines[2]).toMatch(/^Date: \d{4}-\d\d-\d\d$/);
  const parts = lines.filter((line) => line.startsWith("## "));
  expect(parts).toEqual(["## Context", "## Decision", "## Consequence"]);
});

test("the index lists every record once, with its title and its date", () => {
  const listed = [...read("index.md").matchAll(/^- \[(.*)\]\((.*)\) \((.*)\)$/gm)];
  expect(listed.map(([, , file]) => file).sort()).toEqual(records);
  for (const [, title, file, date] of listed) {
    expect(read(file)).toContain(`. ${title}\n`);
    expect(read(file)).toContain(`Date: ${date}\n`);
  }
});

test("the design links records and pictures that exist", () => {
  const design = readFileSync(join(ROOT, "DESIGN.md"), "utf8");
  const links = [...design.matchAll(/\]\((docs\/[^)]+)\)/g)].map(([, link]) => link);
  expect(links.length).toBeGreaterThan(10);
  for (const link of links) expect(existsSync(join(ROOT, link)), link).toBe(true);
});
