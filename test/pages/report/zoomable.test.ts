// Charts that can be zoomed: drawn as they were until a page sets what they show.
import * as vega from "vega";
import { expect, test } from "vitest";
import { makeChart } from "../../../src/charts/chart.ts";
import { zoomable } from "../../../src/pages/report/zoomable.ts";
import { toSvg, toVega } from "../../../src/render/render.ts";
import { sweep } from "./support.ts";

const CHARTS = ["sweep-map", "sweep-line", "cost"];
const RESULT = sweep(10, 3);

async function draw(spec: vega.Spec, zoom: Readonly<Record<string, unknown>> = {}) {
  const view = new vega.View(vega.parse(spec), { renderer: "none" });
  for (const [name, domain] of Object.entries(zoom)) view.signal(name, domain);
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}

test.each(CHARTS)("%s is the same picture until it is zoomed", async (name) => {
  const chart = makeChart(name, RESULT);
  const spec = zoomable(toVega(chart));
  // Opacity 1 and clips at the edges are said where they were not.
  const withoutClips = (svg: string) =>
    svg
      .replace(/<defs>.*?<\/defs>/gs, "")
      .replace(/ clip-path="[^"]*"/g, "")
      .replace(/ opacity="1"/g, "");
  await toSvg(chart);
  expect(withoutClips(await draw(spec))).toBe(withoutClips(await draw(toVega(chart))));
  expect(await draw(spec, { zoomX: [0.2, 0.4] })).not.toBe(await draw(spec));
});

test("an axis without numbers stays as it is, and so does a chart without others", () => {
  const spec = { scales: [{ name: "x", type: "band" }], axes: [{ scale: "x" }], marks: [] };
  expect(zoomable(spec as unknown as vega.Spec)).toBe(spec);
});
