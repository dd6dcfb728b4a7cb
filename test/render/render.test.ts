import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { chartsFor, makeChart } from "../../src/charts/chart.ts";
import { toHtml, toPng, toSvg, toVega } from "../../src/render/render.ts";
import { scriptText } from "../../src/render/script.ts";
import type { ResultDocument } from "../../src/results/results.ts";
import {
  comparison,
  crossing,
  line,
  map,
  renamed,
  reproduction,
  runs,
  traces,
} from "../charts/support.ts";
import { overlaps, sizeOf, textBoxes } from "./svgText.ts";

let results: Record<string, ResultDocument>;

beforeAll(async () => {
  const compare = await comparison();
  results = {
    compare,
    run: await runs(),
    reproduce: await reproduction(),
    crossing: crossing(),
    line: line(),
    map: map(),
    trace: (await traces()).log,
    lineage: (await traces()).lineage,
    long: renamed(
      compare,
      /finance-agent-hybrid/g,
      "a-rather-long-name-of-a-team-that-checks-everything-twice",
    ),
  };
});

const KINDS = [
  "long",
  "compare",
  "run",
  "reproduce",
  "crossing",
  "line",
  "map",
  "trace",
  "lineage",
];

/** Every chart of a result. */
async function eachSvg(result: ResultDocument, look: (svg: string, name: string) => void) {
  const names = chartsFor(result);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) look(await toSvg(makeChart(name, result)), name);
}

describe("text of an SVG", () => {
  test.each(KINDS)("of %s lies within the picture and does not meet other text", async (kind) => {
    await eachSvg(results[kind], (svg, name) => {
      const { width, height } = sizeOf(svg);
      const boxes = textBoxes(svg);
      expect(boxes.length).toBeGreaterThan(5);
      const outside = boxes.filter(
        ({ left, right, top, bottom }) => left < 0 || top < 0 || right > width || bottom > height,
      );
      expect({ name, outside }).toEqual({ name, outside: [] });
      expect({ name, overlaps: overlaps(boxes) }).toEqual({ name, overlaps: [] });
    });
  });

  test("the check finds what lies one upon the other", () => {
    const svg =
      '<svg width="9" height="9"><g transform="translate(1,1)"><text transform="translate(2,8)" font-size="11px">ab</text><text transform="translate(5,9)" font-size="11px">cd</text></g></svg>';
    expect(overlaps(textBoxes(svg))).toEqual(["ab | cd"]);
  });

  test("is that of the shipped font", async () => {
    await eachSvg(results.map, (svg) => {
      const fonts = new Set(
        [...svg.matchAll(/font-family="([^"]*)"/g)].map(([, family]) => family),
      );
      expect([...fonts].every((family) => family.includes("IBM Plex Sans"))).toBe(true);
    });
  });
});

test("the same result gives the same bytes", async () => {
  for (const name of ["amplification", "cost"]) {
    const [first, second] = [0, 1].map(() => makeChart(name, structuredClone(results.compare)));
    expect(await toSvg(second)).toBe(await toSvg(first));
    const [png, again] = [await toPng(first), await toPng(second)];
    expect(Buffer.compare(Buffer.from(png), Buffer.from(again))).toBe(0);
  }
});

test("a PNG is as large as the SVG, times the scale", async () => {
  const chart = makeChart("sweep-map", results.map);
  const { width } = sizeOf(await toSvg(chart));
  const png = Buffer.from(await toPng(chart, { scale: 3 }));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(Math.abs(png.readUInt32BE(16) - 3 * width)).toBeLessThanOrEqual(3);
});

describe("names that are meant to do harm", () => {
  const EVIL = `</script><script>alert("x")</script><!-- ' \\ \u0000 \ud800 ]]> team-hybrid`;
  const evil = () => renamed(crossing(), /t-hybrid/g, EVIL);

  test("are escaped in SVG and can be drawn", async () => {
    for (const name of chartsFor(evil())) {
      const svg = await toSvg(makeChart(name, evil()));
      expect(svg).not.toContain("<script");
      expect(svg).not.toContain("\u0000");
      expect((await toPng(makeChart(name, evil()), { scale: 1 })).length).toBeGreaterThan(1000);
    }
  });

  test("are escaped in HTML: its scripts are those that it has with a harmless name", async () => {
    const count = (html: string) => html.split(/<script/i).length;
    const harmless = await toHtml(makeChart("sweep-line", crossing()));
    const html = await toHtml(makeChart("sweep-line", evil()));
    expect(count(html)).toBe(count(harmless));
    expect(html).not.toContain('alert("x")</script>');
  });
});

describe("a page", () => {
  test("asks no network for anything", async () => {
    const html = await toHtml(makeChart("sweep-line", results.line));
    const own = html.replace(scriptText("charts"), "");
    expect(html.length - own.length).toBeGreaterThan(100_000);
    expect(/(?:src|href)="(?!data:,")|url\((?!data:)|@import|fetch/.exec(own)?.[0]).toBeUndefined();
    expect(html).toContain("default-src &#39;none&#39;");
  });

  test("runs its own scripts and no other, and makes none of text", async () => {
    const html = await toHtml(makeChart("sweep-line", results.line));
    const [, policy] = /script-src ([^;]*);/.exec(html.replaceAll("&#39;", "'")) ?? [];
    const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, code]) => code);
    const hashes = scripts.map((code) => createHash("sha256").update(code).digest("base64"));
    expect(policy).toBe(hashes.map((h) => `'sha256-${h}'`).join(" "));
  });

  test("carries the font that its picture is set in", async () => {
    const html = await toHtml(makeChart("sweep-line", results.line));
    expect(html.match(/@font-face \{ font-family: "IBM Plex Sans"/g)).toHaveLength(2);
  });
});

test("a Vega specification has its data in it", () => {
  const { data } = toVega(makeChart("sweep-line", results.line));
  expect(JSON.stringify(data)).not.toContain('"url"');
});
