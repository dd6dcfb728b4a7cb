// Documentation is true: its commands run in an empty project and print what the pages show, its pieces of files are valid,
// and its links lead somewhere.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { withOutputs } from "../../scripts/docs/session/outputs.ts";
import { stepsOf } from "../../scripts/docs/session/page.ts";
import { pagePaths, ROOT } from "../../scripts/docs/session/pages.ts";
import { openSession, type Session } from "../../scripts/docs/session/run.ts";
import { CHAPTERS, llmsText } from "../../scripts/docs/site/contents.ts";
import { targetsJsonSchema } from "../../src/calibrate/file/schema.ts";
import { scenarioJsonSchema } from "../../src/scenario/schema.ts";
import { experimentJsonSchema } from "../../src/sweep/file/schema.ts";

const PAGES = pagePaths();
const textOf = (page: string) => readFileSync(join(ROOT, page), "utf8");
/** Pages with something to run or to write. */
const TRIED = PAGES.filter((page) => stepsOf(textOf(page)).some(({ kind }) => kind !== "piece"));

/** Milliseconds for a page whose commands fit parameters, on a machine that is busy with other tests. */
const SLOWEST_PAGE = 180_000;

describe("commands", () => {
  let session: Session;
  beforeAll(() => {
    session = openSession();
  });
  afterAll(() => session.close());

  test.each(TRIED)(
    "of %s print what it shows",
    async (page) => {
      const text = textOf(page);
      const tried = await session.run(text);
      expect(tried.outcomes.flatMap((outcome) => outcome?.problems ?? [])).toEqual([]);
      const { page: written, pictures } = withOutputs(text, tried);
      expect(written).toBe(text);
      for (const [path, picture] of Object.entries(pictures))
        expect(picture, path).toBe(textOf(join("docs", path)));
    },
    SLOWEST_PAGE,
  );
});

// ---------------------------------------------------------------- pieces

const ajv = new Ajv2020({ strict: false, allErrors: true });

describe("pieces of files", () => {
  const schemas = [scenarioJsonSchema(), experimentJsonSchema(), targetsJsonSchema()].map(
    (schema) => ajv.compile(schema),
  );

  const pieces = PAGES.flatMap((page) =>
    stepsOf(textOf(page)).flatMap(({ kind, block }) =>
      kind === "piece" && /^ya?ml$/.test(block.language) ? [{ page, ...block }] : [],
    ),
  );

  test.each(pieces.map((piece) => [`${piece.page}:${piece.line}`, piece.text]))(
    "%s is valid",
    (_, text) => {
      for (const document of parseAllDocuments(text)) {
        expect(document.errors).toEqual([]);
        const value: unknown = document.toJS();
        if (isForeign(value)) continue;
        const problems = schemas.map((schema) => (schema(value) ? [] : schema.errors));
        expect(problems).toContainEqual([]);
      }
    },
  );

  test("programs are files that run", () => {
    // The examples of exports are compiled and run by themselves (test/api/examples.test.ts).
    const loose = PAGES.filter((page) => page !== "docs/reference/library.md").flatMap((page) =>
      stepsOf(textOf(page))
        .filter(({ kind, block }) => kind === "piece" && /^(js|ts|mjs)$/.test(block.language))
        .map(({ block }) => `${page}:${block.line}`),
    );
    expect(loose).toEqual([]);
  });
});

/** Files of other programs: a workflow of a CI service, a job of Kubernetes. */
const isForeign = (value: unknown) =>
  typeof value === "object" &&
  value !== null &&
  ["jobs", "apiVersion", "steps"].some((key) => key in value);

// ---------------------------------------------------------------- contents

test.each([
  ["README.md", 120],
  ["DESIGN.md", 150],
])("%s has at most %i lines", (page, most) => {
  expect(textOf(page).trimEnd().split("\n").length).toBeLessThanOrEqual(most);
});

describe("the table of contents", () => {
  test("has every page of docs", () => {
    const listed = CHAPTERS.flatMap(({ folder, pages }) =>
      pages.map((page) => `docs/${folder}/${page}.md`),
    );
    const docs = PAGES.filter((page) => page.startsWith("docs/") && page !== "docs/index.md");
    expect(docs.filter((page) => !listed.includes(page))).toEqual([]);
    expect(listed.filter((page) => !docs.includes(page))).toEqual([]);
  });

  test("makes docs/llms.txt: npm run docs -- --reference", () => {
    expect(textOf("docs/llms.txt")).toBe(llmsText());
  });
});

// ---------------------------------------------------------------- links

const LINK = /!?\[(?:[^\]]|\](?!\())*\]\(([^)\s]+)(?: "[^"]*")?\)/g;

/** Markdown without code, whose brackets are no links. */
const proseOf = (markdown: string) =>
  markdown.replaceAll(/^(`{3,}).*\n[\s\S]*?^\1$/gm, "").replaceAll(/`[^`\n]*`/g, "");

/** The name of a heading in links, as GitHub and VitePress make it. */
const slugOf = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[`*]/g, "")
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");

const anchorsOf = (page: string) =>
  [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => slugOf(heading));

describe("links", () => {
  test.each(PAGES)("of %s lead somewhere", (page) => {
    const dead = [...proseOf(textOf(page)).matchAll(LINK)].flatMap(([, target]) => {
      if (/^https?:/.test(target)) return [];
      const [path, anchor] = target.split("#");
      const file = path === "" ? page : join(dirname(page), path);
      if (!existsSync(join(ROOT, file))) return [target];
      return anchor && file.endsWith(".md") && !anchorsOf(file).includes(anchor) ? [target] : [];
    });
    expect(dead).toEqual([]);
  });

  test.each(PAGES.filter((page) => page.startsWith("docs/")))("of %s stay within docs", (page) => {
    const outside = [...proseOf(textOf(page)).matchAll(LINK)]
      .map(([, target]) => target)
      .filter((target) => !/^(https?:|#)/.test(target))
      .filter((target) => !join(dirname(page), target).startsWith("docs/"));
    expect(outside).toEqual([]);
  });
});
