/**
 * Results as pictures: Vega-Lite specifications, SVG, PNG or pages.
 *
 * @module faultline/charts
 */
import * as charts from "../charts/chart.ts";
import type { ResultDocument } from "../results/results.ts";
import { formatOf, writeFile } from "./files.ts";

export type { Chart } from "../charts/chart.ts";
/**
 * There is no such chart, or results of that kind do not feed it.
 *
 * @example
 * import { loadScenario, run } from "faultline";
 * import { ChartError, makeChart } from "faultline/charts";
 *
 * const result = await run(await loadScenario("team.yaml"), { replications: 400 });
 * try {
 *   makeChart(result, { chart: "pie" });
 * } catch (error) {
 *   if (error instanceof ChartError) console.log(error.message);
 * }
 */
export { ChartError } from "../charts/chart.ts";

/** Which chart to draw, and in which colours. */
export interface ChartOptions {
  /** Name of the chart, one of {@link chartsFor}; default: the first of them. */
  readonly chart?: string;
  /** Default: light. */
  readonly theme?: "light" | "dark";
}

/**
 * Names of the charts that a result has something for, the one that shows it best first.
 * @param result of `run`, `compare`, `sweep`, `trace` or `reproduce`, or the JSON document of one
 *
 * @example
 * import { loadScenario, run } from "faultline";
 * import { chartsFor } from "faultline/charts";
 *
 * const result = await run(await loadScenario("team.yaml"), { replications: 400 });
 * console.log(chartsFor(result).includes("reliability")); // true
 */
export function chartsFor(result: ResultDocument): readonly string[] {
  return charts.chartsFor(result);
}

/**
 * Makes a chart of a result. `spec` is a Vega-Lite specification that needs nothing else; `alt` says in words what the
 * picture shows.
 * @throws ChartError if there is no such chart, or results of this kind do not feed it
 *
 * @example
 * import { loadScenario, run } from "faultline";
 * import { makeChart } from "faultline/charts";
 *
 * const result = await run(await loadScenario("team.yaml"), { replications: 400 });
 * const { title, alt, spec } = makeChart(result, { chart: "reliability" });
 * console.log(title, alt, spec.$schema);
 */
export function makeChart(
  result: ResultDocument,
  { chart, theme }: ChartOptions = {},
): charts.Chart {
  const name = chart ?? charts.chartsFor(result)[0] ?? charts.offersFor(result)[0]?.name ?? "";
  return charts.makeChart(name, result, { theme });
}

/**
 * The chart as an SVG document. The same result gives the same bytes on every machine.
 *
 * @example
 * import { loadScenario, run } from "faultline";
 * import { makeChart, toSvg } from "faultline/charts";
 *
 * const result = await run(await loadScenario("team.yaml"), { replications: 400 });
 * const svg = await toSvg(makeChart(result));
 * console.log(svg.startsWith("<svg")); // true
 */
export async function toSvg(chart: charts.Chart): Promise<string> {
  return (await import("../render/render.ts")).toSvg(chart);
}

/**
 * The chart as the bytes of a PNG file.
 * @param options.scale pixels of the picture per pixel of the SVG; default: 2
 *
 * @example
 * import { loadScenario, run } from "faultline";
 * import { makeChart, toPng } from "faultline/charts";
 *
 * const result = await run(await loadScenario("team.yaml"), { replications: 400 });
 * const png = await toPng(makeChart(result), { scale: 1 });
 * console.log(png.length > 1000); // true
 */
export async function toPng(
  chart: charts.Chart,
  options: { readonly scale?: number } = {},
): Promise<Uint8Array> {
  return (await import("../render/render.ts")).toPng(chart, options);
}

/**
 * Writes a chart of a result to a file, and the folders above it where they are missing.
 * @param file ends with `.svg`, `.png`, `.html` (a page that tells values where one points) or `.json` (Vega-Lite)
 * @throws ChartError if there is no such chart; RangeError if the file ends otherwise
 *
 * @example
 * import { loadScenario, run } from "faultline";
 * import { writeChart } from "faultline/charts";
 *
 * const result = await run(await loadScenario("team.yaml"), { replications: 400 });
 * await writeChart(result, "charts/reliability.svg", { chart: "reliability" });
 */
export async function writeChart(
  result: ResultDocument,
  file: string,
  options: ChartOptions = {},
): Promise<void> {
  const format = formatOf(file, ["svg", "png", "html", "json"]);
  const chart = makeChart(result, options);
  writeFile(file, await drawn(chart, format, result, options));
}

async function drawn(
  chart: charts.Chart,
  format: "svg" | "png" | "html" | "json",
  result: ResultDocument,
  { theme }: ChartOptions,
): Promise<string | Uint8Array> {
  if (format === "json") return `${JSON.stringify(chart.spec, null, 2)}\n`;
  if (format === "png") return toPng(chart);
  if (format === "svg") return `${await toSvg(chart)}\n`;
  const dark = theme ? chart : makeChart(result, { chart: chart.name, theme: "dark" });
  return (await import("../render/render.ts")).toHtml(chart, dark);
}
