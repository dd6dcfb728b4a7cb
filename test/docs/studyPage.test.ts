// The pages of studies: every place of their prose is filled, and every number comes from a result.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { fill } from "../../scripts/docs/places.ts";
import {
  BACKGROUND_PAGES,
  backgroundPage,
  backgroundProse,
} from "../../scripts/docs/studies/backgroundPages.ts";
import { ensembleChart } from "../../scripts/docs/studies/ensemblePicture.ts";
import { type EnsembleSummary, ensemblePlaces } from "../../scripts/docs/studies/ensemblePlaces.ts";
import { kim2025Places } from "../../scripts/docs/studies/kim2025Places.ts";
import {
  pageOf,
  placesOf,
  placesOfStudies,
  proseOf,
  studiesPage,
  studyPage,
} from "../../scripts/docs/studies/studyPage.ts";
import { KIM2025 } from "../../src/literature/kim2025/study.ts";
import { MAKER } from "../../src/literature/maker/study.ts";
import { type Reproduction, reproduce } from "../../src/literature/reproduce.ts";
import { STUDIES } from "../../src/literature/studies.ts";
import { toSvg } from "../../src/render/render.ts";
import { skillSentence } from "../../src/wording/predictions.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const GOLDEN = join(ROOT, "scenarios", "kim2025", "golden");
const kept = (name: string) => JSON.parse(readFileSync(join(GOLDEN, `${name}.json`), "utf8"));
const [calibration, predictions] = [kept("calibration"), kept("predictions")];
const ensemble: EnsembleSummary = kept("ensemble");

const isRow = (line: string) =>
  /\| (calibrated|predicted|derived|identity|structural) \|$/.test(line);
const rowsOf = (page: string) => page.split("\n").filter(isRow);

describe("places", () => {
  const places = { "table a": "A", "value b": "2", notes: "" };

  test("are filled, within a sentence too, and leave no gap where there is nothing", () => {
    const prose = "{{table a}}\n\n{{notes}}\n\nIt is {{value b}}, and {{value b}} again.\n";
    expect(fill(prose, places)).toBe("A\n\nIt is 2, and 2 again.\n");
  });

  test("that nothing is known of, and tables without a place, are all told at once", () => {
    expect(() => fill("{{table b}} {{value c}}", places)).toThrow(
      "{{table b}}: nothing has this name\n{{value c}}: nothing has this name\n{{table a}}: must have a place",
    );
  });
});

test("a page has a place for all that the study finds", async () => {
  const result = await reproduce(MAKER, { replications: 16 });
  const page = studyPage(MAKER, result, proseOf(MAKER));
  expect(rowsOf(page)).toHaveLength(result.targets.length);
  for (const { title } of result.tables ?? []) expect(page).toContain(`\n### ${title}\n`);
  for (const { name } of result.figures ?? [])
    expect(page).toContain(`(../../pictures/studies/maker-${name}.svg)`);
  expect(page).not.toContain("{{");
  const identities = result.targets.filter(({ kind }) => kind === "identity").length;
  expect(page).toContain(`Not counted: ${identities} identities.`);
});

test("a page ends with what drives the study, where that is given", async () => {
  const [result, ablations] = await Promise.all([
    reproduce(MAKER, { replications: 16 }),
    reproduce(MAKER.ablations as NonNullable<typeof MAKER.ablations>, { replications: 16 }),
  ]);
  const page = studyPage(MAKER, result, proseOf(MAKER), {}, ablations);
  expect(page).toContain(studyPage(MAKER, result, proseOf(MAKER)).trimEnd());
  const [, end] = page.split("\n## What drives it\n");
  expect(end).toContain("npx faultline reproduce maker --ablations");
  for (const { title } of ablations.tables ?? []) expect(end).toContain(`### ${title}`);
  expect(page.endsWith(".\n")).toBe(true);
});

test.each(STUDIES)("the page of $name has the prose of its study.md", (study) => {
  const page = readFileSync(join(ROOT, "docs", pageOf(study)), "utf8");
  for (const part of proseOf(study).split("\n\n"))
    if (!part.includes("{{")) expect(page).toContain(part.trim());
});

describe("the answer of each study", () => {
  const answerOf = (prose: string) => prose.split("## The answer\n\n")[1].split("\n\n")[0];

  test.each(STUDIES)("$name: stands first, in three sentences at most", (study) => {
    const prose = proseOf(study);
    expect(prose.startsWith("## The answer\n")).toBe(true);
    expect(answerOf(prose).split(/[.?!]\)? (?=[A-Z{])/).length).toBeLessThanOrEqual(3);
  });

  test.each(STUDIES)("$name: types no figure that a run gives", (study) => {
    expect(answerOf(proseOf(study)).replaceAll(/\{\{.*?\}\}/g, "")).not.toMatch(/\d?\.\d/);
  });
});

/** The study of Kim et al., with few replications. */
let reproduction: Reproduction;
beforeAll(async () => {
  reproduction = await reproduce(KIM2025, { replications: 160 });
});

describe("the page of kim2025", () => {
  const pageWith = (changed: Reproduction) =>
    studyPage(
      KIM2025,
      changed,
      proseOf(KIM2025),
      kim2025Places({ reproduction: changed, calibration, predictions }),
    );

  test("has a row for every figure, and none without a value", () => {
    expect(rowsOf(pageWith(reproduction))).toHaveLength(reproduction.targets.length);
    expect(pageWith(reproduction)).not.toMatch(/NaN|undefined|\[object/);
  });

  test("names what is off, and says so where nothing is", () => {
    const missed = reproduction.targets.filter(({ pass }) => pass === false);
    const list = pageWith(reproduction).split("## What it cannot say")[1];
    for (const { id, kind } of missed) expect(list).toContain(`- \`${id}\` (${kind}): published`);

    const targets = reproduction.targets.map((target) => ({ ...target, pass: true }));
    const all = pageWith({ ...reproduction, targets });
    expect(all).toContain("No figure with a tolerance is out of range.");
  });

  test("tells of every fitted parameter and how well it is pinned down", () => {
    const page = pageWith(reproduction);
    for (const { path, in: file } of calibration.parameters)
      expect(page).toContain(`| \`${path}\` | ${file} |`);
  });

  test("says whether predictions of unseen models show skill, and where they are held against others", () => {
    const page = pageWith(reproduction);
    expect(page).toContain(skillSentence(predictions));
    expect(page).toContain("(../advice.md)");
  });
});

describe("places of cells", () => {
  const columns = ["team", "load", "cost"].map((name) => ({ name, unit: "" }));
  const withRows = (rows: (string | number)[][]): Reproduction => ({
    ...reproduction,
    tables: [{ name: "load", title: "Load", columns, rows }],
  });

  test("name a row by the first columns that tell rows apart", () => {
    const rows = [
      ["pair", 0.3, 1],
      ["pair", 0.8, 2],
      ["single", 0.3, 3],
    ];
    expect(placesOf(withRows(rows), "background")["cell load/pair, 0.8/cost"]).toBe("2");
    expect(placesOf(withRows(rows.slice(1)), "background")["cell load/pair/cost"]).toBe("2");
  });

  test("are named with their study on a page about several", () => {
    const places = placesOfStudies([withRows([["pair", 0.3, 1]])], "background");
    expect(places["cell kim2025/load/pair/cost"]).toBe("1");
    expect(places["table kim2025/load"]).toContain("### Load");
    expect(places).toHaveProperty("predicted kim2025");
    expect(places).not.toHaveProperty("predicted");
  });
});

describe("the background pages", () => {
  const shownAt = (path: string) => readFileSync(join(ROOT, "docs", path), "utf8");

  test.each(BACKGROUND_PAGES)("%s has its prose and no empty place", (name) => {
    const page = shownAt(`background/${name}.md`);
    for (const part of backgroundProse(name).split("\n\n"))
      if (!part.includes("{{")) expect(page).toContain(part.trim());
    expect(page).not.toContain("{{");
  });

  test("have the figures of a result in their sentences", () => {
    const own = {
      ...kim2025Places({ reproduction, calibration, predictions }),
      ...ensemblePlaces(ensemble, calibration),
    };
    const found = [{ study: KIM2025, result: reproduction }];
    const [amplification, validity] = (["error-amplification", "validity"] as const).map((name) =>
      backgroundPage(backgroundProse(name), found, own),
    );
    expect(amplification).toContain("| independent | 17.2 | 1.296 |");
    expect(amplification + validity).not.toMatch(/NaN|\{\{/);
  });

  test("say of the article's claims what the pages of the studies say", () => {
    const shown = shownAt("background/article.md").split("\n");
    const figures = backgroundProse("article")
      .split("\n")
      .flatMap((line, i) => figuresOf(line, shown[i]));
    expect(figures.length).toBeGreaterThan(50);
    for (const { study, place, text } of figures)
      expect(shownAt(`background/studies/${study}.md`), place).toContain(text);
  });

  /** Figures that a line shows at places of single figures and cells, and the studies that they are of. */
  function figuresOf(prose: string, shown: string) {
    const places = [...prose.matchAll(/\{\{(.*?)\}\}/g)].map(([, place]) => place);
    const pattern = prose.split(/\{\{.*?\}\}/).map((text) => text.replaceAll(/[^\w\s]/gu, "\\$&"));
    const [, ...texts] = new RegExp(`^${pattern.join("(.+?)")}$`).exec(shown) ?? [];
    expect(texts, prose).toHaveLength(places.length);
    return places.flatMap((place, i) => {
      const [, study] = /^(?:published|simulated|to reach|cell) (\w+)/.exec(place) ?? [];
      return study === undefined ? [] : [{ study, place, text: texts[i] }];
    });
  }

  test("link each claim of the article to its verdict", () => {
    const page = shownAt("background/article.md");
    const sections = page.split("\n## ").slice(2, -1);
    const links = [...page.matchAll(/^\| \[.*?\]\(#(.*?)\)/gm)].map(([, anchor]) => anchor);
    expect(links).toEqual(
      sections.map((section) => section.split("\n")[0].toLowerCase().replaceAll(" ", "-")),
    );
    for (const section of sections)
      for (const part of [
        "> ",
        "**Verdict.** ",
        "*Source:* ",
        "*Shown by* `faultline ",
        "- **What ",
      ])
        expect(section, part).toContain(part);
  });
});

describe("what is told of the ensemble", () => {
  const settled: EnsembleSummary = { ...ensemble, warnings: [] };
  const places = ensemblePlaces(ensemble, calibration);

  test("has a row for each free number and for each figure, in the order of the calibration", () => {
    const pathsIn = (table: string) =>
      [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, first]) => first);
    expect(pathsIn(places["table ensemble parameters"])).toEqual(
      calibration.parameters.map(({ path }: { path: string }) => path),
    );
    expect(pathsIn(places["table ensemble targets"])).toEqual(
      calibration.targets.map(({ id }: { id: string }) => id),
    );
  });

  test("names what is pinned down and what is open, by file where two have the same path", () => {
    const [first] = ensemble.parameters;
    const told = (narrowed: readonly [path: string, file: string, share: number][]) => {
      const parameters = narrowed.map(([path, file, share]) => {
        return { ...first, path, in: file, narrowed: share };
      });
      return ensemblePlaces({ ...settled, parameters }, calibration)["value ensemble parameters"];
    };
    expect(
      told([
        ["pace", "agents.yaml", 0.25],
        ["size", "tasks/a.yaml", 0.2],
        ["size", "tasks/b.yaml", 0.75],
        ["spread", "instances.yaml", 0.26],
      ]),
    ).toBe(
      "The figures pin down `pace` and `size of a`: at most a quarter of the range's deviation is left. They say next to nothing about `size of b`: three quarters or more are left. One of the 4 lies between.",
    );
    expect(told([["pace", "agents.yaml", 0.5]])).toContain("pin down none of the parameters:");
  });

  test("names the published values that the ensemble does not come to", () => {
    const at = (places: readonly number[]) => {
      const asked = places.map((miss, i) => {
        return { ...calibration.targets[0], id: `t${i}`, published: 1, scale: 0.1, miss };
      });
      const targets = places.map((miss, i) => {
        return { ...ensemble.targets[0], id: `t${i}`, mean: 1 + 0.1 * miss };
      });
      return ensemblePlaces({ ...settled, targets }, { ...calibration, targets: asked })[
        "value ensemble targets"
      ];
    };
    expect(at([0.9, -0.9])).toBe(
      "The mean over the ensemble lies within two standard errors of 2 of the 2 published values.",
    );
    expect(at([0.9, -1.1])).toContain("It does not with `t1`:");
  });

  test("claims nothing of an ensemble that is not settled", () => {
    const warnings = ["the ensemble is not settled: few sets differ"];
    const said = ensemblePlaces({ ...settled, warnings }, calibration);
    expect(said["value ensemble warning"]).toContain(`Faultline warns: ${warnings[0]}. So`);
    expect(said["value ensemble parameters"] + said["value ensemble targets"]).toBe("");
  });

  test("is drawn with a row for each free number", async () => {
    const picture = await toSvg(ensembleChart(ensemble, calibration));
    for (const { path } of ensemble.parameters) expect(picture).toContain(path);
    expect(picture).not.toContain("NaN");
  });
});

test("the list of studies links every page", () => {
  const list = studiesPage(STUDIES);
  for (const { name } of STUDIES) expect(list).toContain(`| [${name}](`);
  expect(list).toContain("[kim2025](kim2025.md)");
});
