// Reproducing studies: one as it is, all one after the other, and what an interruption leaves.
import { describe, expect, test } from "vitest";
import { studiesPage, studyPage } from "../../scripts/docs/studies/studyPage.ts";
import { chartsFor, makeChart } from "../../src/charts/chart.ts";
import { type JudgedTarget, judged } from "../../src/literature/judging.ts";
import { ALL, reproduce, reproduceAll } from "../../src/literature/reproduce.ts";
import { STUDIES } from "../../src/literature/studies.ts";
import {
  defineStudy,
  type Study,
  type StudyDefinition,
  type StudyFigure,
} from "../../src/literature/study.ts";
import { toSvg } from "../../src/render/render.ts";
import { reproductionText } from "../../src/terminal/reproduce.ts";
import { colorsIf } from "../../src/terminal/style.ts";
import { overlaps, sizeOf, textBoxes } from "../render/svgText.ts";

const FIGURES: readonly StudyFigure[] = [
  {
    name: "curves",
    title: "Curves",
    alt: "Two curves over numbers, one of them with published values.",
    kind: "lines",
    x: { title: "agents" },
    y: { title: "success (share)" },
    series: [
      { name: "one", points: [1, 2, 3].map((x) => ({ x, y: x / 4, low: x / 5, high: x / 3 })) },
      { name: "two", points: [1, 2, 3].map((x) => ({ x, y: x / 4 + 0.01 })) },
      { name: "one", isPublished: true, points: [{ x: 2, y: 0.4 }] },
    ],
  },
  {
    name: "names",
    title: "Dots over names",
    alt: "Two dots for each of two names.",
    kind: "dots",
    x: { title: "event" },
    y: { title: "success (share)" },
    series: ["one", "two"].map((name, i) => ({
      name,
      points: ["quiet", "outage"].map((x) => ({ x, y: 0.3 + i / 5, low: 0.2, high: 0.6 })),
    })),
  },
  {
    name: "scatter",
    title: "Dots over numbers",
    alt: "Three dots over numbers on a logarithmic axis.",
    kind: "dots",
    x: { title: "cost (US dollars)", scale: "log" },
    y: { title: "success (share)" },
    series: [
      { name: "one", points: [{ x: 0.01, y: 0.3, low: 0.2, high: 0.4 }] },
      { name: "two", points: [{ x: 1, y: 0.7 }] },
      { name: "a source", isPublished: true, points: [{ x: 0.1, y: 0.5 }] },
    ],
  },
];

const target = (study: string, part: Partial<JudgedTarget> = {}) =>
  judged({
    id: `${study}.a`,
    figure: "A figure",
    title: "a",
    unit: "share",
    published: 0.5,
    publishedCi: null,
    simulated: { mean: 0.51, ci: [0.5, 0.52] },
    tolerance: { kind: "absolute", within: 0.02 },
    kind: "predicted",
    source: "nowhere",
    definition: "none",
    ...part,
  });

const definition = (name: string): StudyDefinition => ({
  name,
  title: `The study ${name}`,
  question: "Does it work | at all?",
  source: "nowhere",
  replications: 10,
  runs: (replications) => replications,
  run: async ({ replications, part }) => {
    const { onProgress } = part(replications);
    onProgress?.(0.5);
    onProgress?.(1);
    return {
      targets: [target(name)],
      tables: [
        {
          name: "t",
          title: "A table",
          columns: [
            { name: "what", unit: "" },
            { name: "how much", unit: "share" },
          ],
          rows: [
            ["one", { mean: 0.5, ci: [0.4, 0.6] }],
            ["two", null],
            ["three", 0.25],
            ["four", "a lot"],
          ],
        },
      ],
      figures: FIGURES,
    };
  },
});

const demo = (name: string, part: Partial<Study> = {}): Study => ({
  ...defineStudy(definition(name)),
  ...part,
});

const PROSE = `It works like this.

${FIGURES.map(({ name }) => `{{figure ${name}}}`).join("\n\n")}

{{targets}}

{{table t}}

It says little.
`;

const plain = { colors: colorsIf(false), width: 100 };

describe("one study", async () => {
  const result = await reproduce(demo("a"));

  test("is the document of its result, under its own name and seed", () => {
    expect(result).toMatchObject({
      schema: "faultline/reproduce@1",
      study: "a",
      seed: "a",
      replications: 10,
      interrupted: false,
      summary: { targets: 1, predicted: { passed: 1, missed: 0, open: 0 } },
    });
    expect(result.studies).toBeUndefined();
  });

  test("is told with its tables, and how to draw its figures", () => {
    const text = reproductionText(result, plain);
    expect(text).toMatch(/\nA figure \(predicted\)\n {2}a +0\.5 +✓ 0\.510 ±\.010 +±\.02\n/);
    expect(text).toMatch(/\nA table\n {2}one +0\.50 ±\.10\n {2}two +undefined\n/);
    expect(text).toContain("faultline plot a.json --chart curves --out curves.svg");
  });

  test("has a page with all that it says", () => {
    const page = studyPage(demo("a"), result, PROSE);
    for (const part of ["# The study a", "It works like this.", "It says little.", "## A table"])
      expect(page).toContain(part);
    expect(page).toContain("| A figure | a | 0.5 | 0.510 ±.010 | ±.02 | in range | predicted |");
    expect(page).toContain("(../../pictures/studies/a-curves.svg)");
    expect(studiesPage([demo("a")])).toContain("[a](a.md) | Does it work \\| at all?");
  });

  test.each(FIGURES.map(({ name }) => name))(
    "figure %s is drawn without overlaps, in both themes",
    async (name) => {
      expect(chartsFor(result)).toContain(name);
      for (const theme of ["light", "dark"] as const) {
        const svg = await toSvg(makeChart(name, result, { theme }));
        expect(await toSvg(makeChart(name, structuredClone(result), { theme }))).toBe(svg);
        const { width, height } = sizeOf(svg);
        const boxes = textBoxes(svg);
        expect(overlaps(boxes)).toEqual([]);
        for (const { left, right, top, bottom } of boxes)
          expect(left >= 0 && top >= 0 && right <= width && bottom <= height).toBe(true);
      }
    },
  );
});

describe("all studies", () => {
  test("are one document: targets in their order, tables and figures with their study", async () => {
    const shares: number[] = [];
    const onProgress = (share: number) => void shares.push(share);
    const result = await reproduceAll([demo("a"), demo("b")], { onProgress });
    expect(result).toMatchObject({ study: ALL, seed: null, replications: null });
    expect(result.targets.map(({ id }) => id)).toEqual(["a.a", "b.a"]);
    expect(result.tables?.map(({ study }) => study)).toEqual(["a", "b"]);
    expect(result.studies?.map(({ study, seed }) => [study, seed])).toEqual([
      ["a", "a"],
      ["b", "b"],
    ]);
    expect(shares).toEqual([0.25, 0.5, 0.75, 1]);
    expect(chartsFor(result)).toContain("b-scatter");
    const text = reproductionText(result, plain);
    expect(text).toContain("2 studies: 2 published figures beside simulated ones");
    expect(text).toContain("\nb: A figure (predicted)\n");
    expect(text).toContain("\nb            calibrated 0 of 0 in range");
  });

  test("keep what is complete when they are interrupted", async () => {
    const interrupt = new AbortController();
    const rejecting = demo("b", {
      run: async () => {
        interrupt.abort(new Error("Ctrl-C"));
        throw interrupt.signal.reason;
      },
    });
    const studies = [demo("a"), rejecting, demo("c")];
    const result = await reproduceAll(studies, { signal: interrupt.signal });
    expect(result.interrupted).toBe(true);
    expect(result.studies?.map(({ study }) => study)).toEqual(["a"]);
    const alone = await reproduce(rejecting, { signal: interrupt.signal });
    expect(alone).toMatchObject({ interrupted: true, targets: [] });
    expect(reproductionText(alone, plain)).toContain("interrupted before 10 replications");
  });

  test("pass on what is a mistake", async () => {
    const broken = demo("b", { run: () => Promise.reject(new Error("broken")) });
    await expect(reproduceAll([broken])).rejects.toThrow("broken");
  });
});

test("the studies have names of their own, and something to say", () => {
  expect(new Set(STUDIES.map(({ name }) => name)).size).toBe(STUDIES.length);
  for (const { name, question, replications, runs } of STUDIES) {
    expect(name).toMatch(/^[a-z0-9]+$/);
    expect(question).not.toContain("\n");
    expect(runs(replications)).toBeGreaterThan(0);
  }
});
