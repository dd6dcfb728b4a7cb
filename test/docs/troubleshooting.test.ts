// The page of troubleshooting: every topic of a warning has a section there, and every section a topic and a warning.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pageOf, TOPICS } from "../../src/topics.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const PAGE = readFileSync(join(ROOT, "docs", "reference", "troubleshooting.md"), "utf8");

interface Section {
  readonly title: string;
  readonly text: string;
}

/** The parts of a text that begin with a heading of some depth. */
function sectionsOf(text: string, mark: "##" | "###"): Section[] {
  const [, ...parts] = text.split(new RegExp(`^${mark} `, "m"));
  return parts.map((part) => {
    const end = part.indexOf("\n");
    return { title: part.slice(0, end), text: part.slice(end) };
  });
}

const groups = new Map(sectionsOf(PAGE, "##").map(({ title, text }) => [title, text]));

describe.each([
  ["Files", TOPICS.files],
  ["Protocols that cannot work", TOPICS.protocols],
  ["Results", TOPICS.results],
] as const)("%s", (title, topics) => {
  const sections = sectionsOf(groups.get(title) ?? "", "###");

  test("has a section per topic, and none besides", () => {
    expect(sections.map((section) => section.title).sort()).toEqual([...topics].sort());
  });

  test.each(sections)("$title says what it means, and what to do", ({ text }) => {
    const [meaning, ...remedies] = text.split(/^- /m);
    expect(meaning.trim()).toMatch(/^[A-Z][\s\S]{40,}/);
    expect(remedies.length).toBeGreaterThan(0);
  });
});

test("every topic is one of a warning in the code", () => {
  const source = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && file !== "topics.ts")
    .map((file) => readFileSync(join(ROOT, "src", file), "utf8"))
    .join("\n");
  const unused = Object.values(TOPICS)
    .flat()
    .filter((topic) => !source.includes(`"${topic}"`));
  expect(unused).toEqual([]);
});

test("a heading is the end of its link", () => {
  for (const topic of Object.values(TOPICS).flat()) {
    expect(topic).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(pageOf(topic)).toBe(`docs/reference/troubleshooting.md#${topic}`);
  }
});
