// The pages of docs/reference: they are those that the code makes, they tell every field once, their examples are valid and
// use every field, and their links lead somewhere.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { exportsOf } from "../../scripts/docs/reference/apiExports.ts";
import { referencePages } from "../../scripts/docs/reference/pages.ts";
import { FIELD_PAGES, type FieldPage } from "../../scripts/docs/reference/scenarioPages.ts";
import {
  type Field,
  fieldAt,
  fieldNames,
  usedFields,
} from "../../scripts/docs/reference/schemaFields.ts";
import { loadCalibration } from "../../src/calibrate/file/load.ts";
import { COMMANDS } from "../../src/cli/commands.ts";
import { EXIT } from "../../src/cli/exitCodes.ts";
import { wordOf } from "../../src/cli/options.ts";
import { memoryFiles } from "../../src/documents/reading/files.ts";
import { METRIC_NAMES } from "../../src/metrics/definitions.ts";
import { KNOWN_METRICS } from "../../src/metrics/naming.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import { loadExperiment } from "../../src/sweep/file/load.ts";

const DOCS = join(import.meta.dirname, "..", "..", "docs");
const committed = (page: string) => readFileSync(join(DOCS, page), "utf8");

let pages: ReadonlyMap<string, string>;
beforeAll(() => {
  pages = referencePages();
});
const pageAt = (path: string) => pages.get(path) as string;

test("the pages are up to date: npm run docs -- --reference", () => {
  for (const [path, page] of pages) expect(committed(path), path).toBe(page);
});

// ---------------------------------------------------------------- fields

/** The parts of a scenario that examples leave out. */
const REST = {
  task: { graph: { shape: "chain", size: 4 } },
  models: { base: { errorRate: 0.1 } },
  agents: { orchestrator: { role: "orchestrator" }, expert: {}, worker: { count: 3 } },
  topology: { preset: "complete" },
  protocol: [{ work: { who: "worker" } }, { aggregate: { how: "majority" } }],
};

const TEAM = {
  ...REST,
  agents: { worker: { count: 3, checks: { self: { recall: 0.5 } } } },
};

/** Files that examples name. */
const BESIDE = {
  "base.yaml": "{}",
  "ensemble.csv": "rate\n0.1\n0.2\n",
  "single.yaml": JSON.stringify(TEAM),
  "team.yaml": JSON.stringify(TEAM),
};

const examplesIn = (page: string): Record<string, unknown>[] =>
  [...page.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text]) => parse(text));

async function load({ page }: FieldPage, example: Record<string, unknown>) {
  const isScenario = page.includes("/scenario/") || page.includes("/phases/");
  const whole = isScenario ? { ...REST, ...example } : example;
  const files = memoryFiles({ ...BESIDE, "example.yaml": JSON.stringify(whole) });
  if (page.endsWith("experiments.md")) return loadExperiment("example.yaml", { files });
  if (page.endsWith("targets.md")) return loadCalibration("example.yaml", { files });
  return loadScenario("example.yaml", { files, metricNames: KNOWN_METRICS });
}

/** Names of the fields that a page tells. */
const told = ({ root, tells, elsewhere = {} }: FieldPage) =>
  tells
    .flatMap((path) => {
      const own = path === "" ? [] : [path];
      const isOther = elsewhere[path] !== undefined;
      return isOther ? own : [...own, ...fieldNames(fieldAt(root, path) as Field, path)];
    })
    .filter((name) => !Object.keys(elsewhere).some((other) => name.startsWith(`${other}{`)));

/** Names of the fields that an example uses: of a page about one phase, of all such phases in it. */
function used({ root, page }: FieldPage, example: unknown): string[] {
  const [, kind] = /phases\/(\w+)\.md$/.exec(page) ?? [];
  if (kind === undefined) return usedFields(root, example);
  return phasesIn(example, kind).flatMap((phase) => usedFields(root, phase));
}

function phasesIn(value: unknown, kind: string): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [
    ...(key === kind && !Array.isArray(value) ? [one] : []),
    ...phasesIn(one, kind),
  ]);
}

/** A row for each kind of an object has the name of the field without its word. */
const rowOf = (name: string) => name.replace(/\{[^}]*\}/g, "");

describe.each(FIELD_PAGES)("$page", (fieldPage) => {
  const { page, tells, root } = fieldPage;

  test("tells every field, and no other", () => {
    const rows = [...pageAt(page).matchAll(/^\| `([^`]+)` \|.*\|.*\|.*\|$/gm)].map(
      ([, row]) => row,
    );
    const names = told(fieldPage).map(rowOf);
    // What a section is as a whole, index.md tells.
    const isSection = (name: string) => tells.includes(name) && objectOf(root, name);
    const isTold = (name: string) =>
      rows.includes(name) || isKindWord(root, name) || isSection(name);
    expect(names.filter((name) => !isTold(name))).toEqual([]);
    const own = rows.filter((row) =>
      tells.some((path) => path === "" || row === path || row.startsWith(`${path}.`)),
    );
    expect(own.filter((row) => !names.includes(row) && fieldAt(root, row) === undefined)).toEqual(
      [],
    );
  });

  test("has examples that are valid", async () => {
    const examples = examplesIn(pageAt(page));
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) await load(fieldPage, example);
  });

  test("has an example of every field", () => {
    // Of a field that several kinds share, one example will do.
    const meaning = (name: string) => {
      const { const: word, description } = fieldAt(root, name) as Field;
      return JSON.stringify([rowOf(name), word, description]);
    };
    const names = examplesIn(pageAt(page)).flatMap((one) => used(fieldPage, one));
    const meanings = new Set(names.map(meaning));
    expect(told(fieldPage).filter((name) => !meanings.has(meaning(name)))).toEqual([]);
  });
});

const objectOf = (root: Field, name: string) =>
  fieldNames(fieldAt(root, name) as Field, name).length > 0;

test("index.md tells every section and every other field of a scenario file", () => {
  const [{ root, page }] = FIELD_PAGES;
  const rows = [...pageAt(page).matchAll(/^\| `([^`]+)` \|.*\|.*\|.*\|$/gm)].map(([, row]) => row);
  expect(rows).toEqual(expect.arrayContaining(Object.keys(root.properties ?? {})));
});

/** Whether the field is the word that tells kinds apart: the heading of each kind says it. */
function isKindWord(root: Field, name: string): boolean {
  const keys = name.split(".");
  const key = keys.pop() as string;
  const kinds = fieldAt(root, keys.join("."))?.oneOf ?? [];
  return (
    kinds.length > 0 && kinds.every(({ properties }) => properties?.[key]?.const !== undefined)
  );
}

// ---------------------------------------------------------------- other pages

test("metrics.md tells every metric once", () => {
  const [page] = pageAt("reference/metrics.md").split("## By agent, by claim and by class");
  const names = [...page.matchAll(/^\| `([^`]+)` \|/gm)];
  expect(names.map(([, name]) => name).sort()).toEqual([...METRIC_NAMES].sort());
});

test("commands.md has a section for every command, with all its options", () => {
  const sections = new Map(
    pageAt("reference/commands.md")
      .split(/^## /m)
      .map((text) => [text.split("\n", 1)[0], text]),
  );
  for (const { name, options } of COMMANDS)
    for (const option of options)
      expect(sections.get(name), name).toContain(`| \`--${wordOf(option)}`);
});

test("exit-codes.md says what a script should do for every code", () => {
  const rows = [...pageAt("reference/exit-codes.md").matchAll(/^\| `(\d+)` \| .+ \| .+ \|$/gm)];
  const codes = rows.map(([, code]) => Number(code));
  expect(codes.sort((a, b) => a - b)).toEqual(Object.values(EXIT).sort((a, b) => a - b));
});

test("library.md tells every export of the main entry, each with what it is", () => {
  const page = pageAt("reference/library.md");
  for (const { name, kind, comment } of exportsOf("index")) {
    expect(page).toContain(`\`${name}\``);
    if (kind === "type") expect(comment.text, name).not.toBe("");
  }
});

describe("glossary.md", () => {
  const terms = [...committed("reference/glossary.md").matchAll(/^\*\*(.+?)\*\*/gm)];

  test("is alphabetical", () => {
    const words = terms.map(([, term]) => term.toLowerCase().replace(/\^/g, ""));
    expect(words.length).toBeGreaterThan(30);
    expect(words).toEqual(words.toSorted((a, b) => a.localeCompare(b, "en")));
  });
});

// ---------------------------------------------------------------- links

/** The anchor of a heading, as GitHub and VitePress make it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[`.,:^()/]/g, "")
    .trim()
    .replace(/\s+/g, "-");

const anchorsIn = (text: string) =>
  new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading)));

test("links among the pages of the reference lead to a page, and to a heading of it", () => {
  const texts = new Map([...pages, ["reference/glossary.md", committed("reference/glossary.md")]]);
  const broken: string[] = [];
  for (const [from, text] of texts)
    for (const [, link] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(link)) continue;
      const [path, anchor] = link.split("#");
      const to = path === "" ? from : relative(DOCS, join(DOCS, dirname(from), path));
      const target = texts.get(to);
      const isMissing = target === undefined && !isElsewhere(to);
      const isLost = anchor !== undefined && target !== undefined && !anchorsIn(target).has(anchor);
      if (isMissing || isLost) broken.push(`${from}: ${link}`);
    }
  expect(broken).toEqual([]);
});

/** Pictures and pages outside of the generated reference. */
const isElsewhere = (path: string) =>
  !path.startsWith("reference/") || existsSync(join(DOCS, path));
