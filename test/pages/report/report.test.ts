// What a report contains, as HTML and as Markdown.
import { describe, expect, test } from "vitest";
import { chartsFor } from "../../../src/charts/chart.ts";
import { ENGINE } from "../../../src/experiment/result.ts";
import { METRICS } from "../../../src/metrics/definitions.ts";
import { originOf, ReportError, reportOf } from "../../../src/pages/report/report.ts";
import { sectionOf } from "../../../src/pages/report/sections.ts";
import { escapeHtml } from "../../../src/render/html.ts";
import type { ResultDocument } from "../../../src/results/results.ts";
import { about, comparison, EVIL, FULL, run, sweep } from "./support.ts";

const page = (...results: readonly ResultDocument[]) =>
  reportOf(
    results.map((result) => ({ result })),
    { format: "html" },
  );
const markdown = (...results: readonly ResultDocument[]) =>
  reportOf(
    results.map((result) => ({ result })),
    { format: "md" },
  );

/** Made once, since most tests look at it. */
const FULL_PAGE = page(FULL);

const ORIGIN = originOf({
  schema: "faultline/manifest@1",
  command: "faultline compare a.yaml b.yaml",
  scenarios: [{ name: "demo-single", task: { graph: { shape: "chain" } } }],
});

/** Text of a page without its scripts and styles. */
const visible = (text: string) => text.replace(/<(script|style)[^>]*>.*?<\/\1>/gs, "");

describe("a page", () => {
  test("is the same bytes every time", async () => {
    expect(await page(FULL)).toBe(await FULL_PAGE);
  });

  test("allows no request to any network", async () => {
    const text = await FULL_PAGE;
    expect(text).toContain(`content="${escapeHtml("default-src 'none'; script-src")}`);
    expect(visible(text)).not.toMatch(/\b(?:src|href)="(?!#|data:)/);
    expect(text).not.toMatch(/@import|url\((?!data:|#|"?#)[^)]*\/\//);
  });

  test("answers first, with thresholds, warnings and circumstances", async () => {
    const text = visible(await FULL_PAGE);
    expect(text).toMatch(
      /<p class="answer">Of every 100 tasks, 50 succeed with independent agents, 40 with a single agent\.</,
    );
    expect(text).toContain('<span class="badge pass">1 threshold: pass</span>');
    expect(text).toContain('<span class="badge fail">1 threshold: fail</span>');
    expect(text).toContain("<code>turns &lt;= 0.5</code></td><td>1.00 ±.10</td>");
    expect(text).toContain("demo-independent: 12 % of the tasks turned away by limits.inFlight");
    expect(text).toContain("<code>docs/reference/troubleshooting.md#tasks-turned-away</code>");
    expect(text).toContain("<dt>Seed</dt><dd>s</dd>");
  });

  test("marks paired differences as better or worse, and gives undefined values their reason", async () => {
    const text = visible(await FULL_PAGE);
    expect(text).toMatch(
      /<td class="good"><span class="mark" aria-hidden="true">▲<\/span><span class="unseen">better: <\/span>0.500/,
    );
    expect(text).toContain('<td class="faint">undefined');
    expect(text).toContain("Undefined: no instance has 8 repeats.");
  });

  test("has every chart that the result feeds, each with alternative text, a still picture and its data", async () => {
    const text = await FULL_PAGE;
    const charts = chartsFor(FULL);
    expect(charts.length).toBeGreaterThan(0);
    for (const part of [
      '<figure class="chart">',
      '<div class="still"',
      '<script type="application/json">',
      "<summary>Data",
    ])
      expect(text.split(part).length - 1, part).toBe(charts.length);
    for (const { light } of sectionOf({ result: FULL }).charts)
      expect(text).toContain(`aria-label="${escapeHtml(light.alt)}"`);
  });

  test("tells the command and the scenarios as run", async () => {
    const text = await reportOf([{ result: FULL, origin: ORIGIN }], { format: "html" });
    expect(text).toContain("<code>faultline compare a.yaml b.yaml</code>");
    expect(text).toContain("shape: chain");
  });

  test("has a section for each result and a table of contents", async () => {
    const text = visible(await page(FULL, run([{ name: "chain" }]), sweep(2, 2)));
    expect(text.match(/<section class="result"/g)).toHaveLength(3);
    for (const [, id] of text.matchAll(/<li><a href="#([^"]+)"/g))
      expect(text).toContain(`id="${id}"`);
    expect(text.match(/<li><a href="#/g)).toHaveLength(3);
    expect(text.match(/<h1>/g)).toHaveLength(1);
  });

  test("gives every id once", async () => {
    const ids = [...(await page(FULL, FULL)).matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("both formats", () => {
  test("define every metric that they give a figure of", async () => {
    for (const text of [visible(await FULL_PAGE), await markdown(FULL)])
      for (const { title, description } of METRICS) {
        expect(text).toContain(title);
        expect(text.replaceAll("&#39;", "'")).toContain(description);
      }
  });

  test("show names as text, whatever is in them", async () => {
    const result = {
      ...comparison([
        { name: `a-${EVIL}`, warnings: [EVIL] },
        { name: `b-${EVIL}`, thresholds: [{ threshold: EVIL, verdict: "not-evaluated" as const }] },
      ]),
      seed: EVIL,
    };
    const origin = { command: EVIL, scenarios: [{ name: EVIL, yaml: EVIL }] };
    const html = await reportOf([{ result, origin }], { format: "html", title: EVIL });
    const evilSweep = { ...sweep(2, 1), name: EVIL };
    for (const text of [html, await page(evilSweep)]) {
      expect(text).not.toContain("<img src=x");
      expect(text).not.toContain("<script>alert");
      expect(text).toContain("&lt;img src=x onerror=alert(2)&gt;");
    }
    const md = await reportOf([{ result, origin: { scenarios: [] } }], { format: "md" });
    expect(md).not.toContain("<img");
    expect(md).not.toContain("<script");
  });

  test("refuse what no report is made of", async () => {
    const log = {
      schema: "faultline/trace@1",
      scenario: "x",
      seed: "s",
      replication: 0,
      events: [],
    } as const;
    await expect(page(log)).rejects.toThrow(ReportError);
  });
});

describe("a sweep", () => {
  test("of few cells has a row for each", async () => {
    const [table] = sectionOf({ result: sweep(3, 2) }).tables;
    expect(table.groups.map(({ title, rows }) => [title, rows.length])).toEqual([
      ["solo", 6],
      ["team", 6],
    ]);
    expect(table.groups[0].rows[0].label).toBe("rate 0.1667, size 1");
  });

  test("of very many cells has means, and says so", async () => {
    const { tables, omissions } = sectionOf({ result: sweep(40, 25) });
    const [solo] = tables[0].groups;
    // All, eight parts of the forty rates, eight of the 25 sizes.
    expect(solo.rows).toHaveLength(17);
    expect(solo.rows[0]).toMatchObject({
      label: "all",
      cells: [{ text: "0.487" }, { text: "1.00" }],
    });
    expect(omissions[0]).toMatch(/^The sweep has 2,000 rows, more than a table can show/);
  });

  test("of 1,000 cells makes a page below 10 MB", async () => {
    expect((await page(sweep(40, 25))).length).toBeLessThan(10e6);
  });

  test("without cells is a page all the same", async () => {
    const empty = { ...sweep(1, 1), rows: [], cells: 0, points: 0 };
    expect(visible(await page(empty))).toContain("This sweep has no cells.");
    expect(await markdown(empty)).toContain("This sweep has no cells.");
  });
});

test("a reproduction says how many published figures it meets, by kind", async () => {
  const target = {
    id: "x",
    figure: "Turns",
    title: "single",
    unit: "per task",
    published: 7.2345,
    publishedCi: null,
    simulated: about(7.4, 0.1),
    tolerance: { kind: "relative", within: 0.1 },
    kind: "calibrated",
    pass: true,
    source: "a paper",
    definition: "mean",
  } as const;
  const counts = { passed: 0, missed: 0, open: 0 };
  const result = {
    schema: "faultline/reproduce@1",
    study: "demo",
    seed: "s",
    replications: 100,
    engine: ENGINE,
    interrupted: false,
    targets: [target],
    summary: {
      targets: 1,
      calibrated: { ...counts, passed: 1 },
      predicted: counts,
      success: {
        cells: 0,
        meanAbsoluteError: null,
        largestError: null,
        tolerance: 0.1,
        pass: null,
      },
    },
  } as const;
  const text = await markdown(result);
  expect(text).toContain(
    "The simulation meets the one published figure of demo, which parameters were fitted to.",
  );
  expect(text).toContain("| single, per task | 7.2 | 7.40 ±.10 | ±10 % | met | calibrated |");
  expect(text).toContain("faultline reproduce demo --replications 100 --seed s");

  const identity = { ...target, kind: "identity", tolerance: null, pass: null } as const;
  const uncounted = { derived: 0, identity: 1, structural: 0 };
  const summary = { targets: 1, calibrated: counts, predicted: counts, uncounted };
  const other = await markdown({ ...result, targets: [identity], summary });
  expect(other).toContain("No figure of demo that could fail could be judged.");
  expect(other).toContain("Beside them, not counted: 1 identity.");
});

test("Markdown names the page of its warnings", async () => {
  expect(await markdown(FULL)).toContain(
    "\n\nMore: `docs/reference/troubleshooting.md#tasks-turned-away`\n\n",
  );
});

test("Markdown has the sentence, the table and the command", async () => {
  const text = await reportOf([{ result: FULL, origin: ORIGIN }], {
    format: "md",
    title: "Demo",
  });
  expect(text).toMatch(
    /^# Demo\n\n\*\*Of every 100 tasks, 50 succeed with independent agents, 40 with a single agent\.\*\*\n\nSuccess: independent 50 % \(48 to 52\)/,
  );
  expect(text).toContain("| Success, share | 0.400 ±.020 | ▲ 0.500 ±.020 |");
  expect(text).toContain("```sh\nfaultline compare a.yaml b.yaml\n```");
  expect(text).toContain("| fail | demo-independent | turns &lt;= 0.5 | 1.00 ±.10 |");
});
