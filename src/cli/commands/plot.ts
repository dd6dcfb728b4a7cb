// faultline plot: a result as a picture.
import { type Chart, ChartError, chartsFor, chartsOf, makeChart } from "../../charts/chart.ts";
import type { ResultDocument } from "../../results/results.ts";
import type { Handler } from "../command.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { readResult } from "../results.ts";
import { saveFile } from "../saving.ts";
import type { World } from "../world.ts";

const FORMATS = ["vl.json", "svg", "png", "html"] as const;

type Format = (typeof FORMATS)[number];

export const handle: Handler = async (world, { operands, options }) => {
  const { out, chart: name } = options;
  const format = formatOf(options.format, out);
  if (format === "png" && out === undefined && name !== "list")
    throw new UsageError("a PNG goes to a file: name it with --out");
  const { result, path } = readResult(world, operands[0], "plot");
  if (out === path)
    throw new UsageError(`${out} is the result itself`, "Name another file with --out.");
  const fitting = chartsFor(result);
  if (name === "list") {
    world.stdout.write(listOf(result, fitting));
    return EXIT.ok;
  }
  const picture = await render(chartOf(result, name ?? fitting[0]), format);
  if (out === undefined) world.stdout.write(picture as string, "bytes");
  else save(world, out, picture);
  return EXIT.ok;
};

/** What was asked for, or what the name of the file says. */
function formatOf(asked: string | undefined, out: string | undefined): Format {
  if (asked === undefined)
    return FORMATS.find((format) => out?.toLowerCase().endsWith(`.${format}`)) ?? "svg";
  const format = FORMATS.find((one) => one === asked);
  if (format !== undefined) return format;
  throw new UsageError(`--format: ${JSON.stringify(asked)} is none of ${FORMATS.join(", ")}`);
}

/** The charts that the result has something for, each with what it shows. */
function listOf(result: ResultDocument, names: readonly string[]): string {
  const width = Math.max(0, ...names.map((name) => name.length)) + 2;
  const charts = chartsOf(result);
  return names
    .map((name) => `${name.padEnd(width)}${charts.find((one) => one.name === name)?.shows}\n`)
    .join("");
}

/**
 * @param name chart; undefined where the result has something for none: then the first that it could feed says why
 * @throws UsageError when there is no such chart for the result
 */
function chartOf(result: ResultDocument, name: string | undefined): Chart {
  try {
    return makeChart(name ?? possible(result), result);
  } catch (error) {
    if (error instanceof ChartError) throw new UsageError(`--chart: ${error.message}`);
    throw error;
  }
}

const possible = (result: ResultDocument): string => chartsOf(result)[0]?.name ?? "";

/** The drawing libraries are loaded here, when there is something to draw. */
async function render(chart: Chart, format: Format): Promise<string | Uint8Array> {
  if (format === "vl.json") return jsonText(chart.spec);
  const { toHtml, toPng, toSvg } = await import("../../render/render.ts");
  if (format === "png") return toPng(chart);
  return format === "html" ? toHtml(chart) : `${await toSvg(chart)}\n`;
}

function save(world: World, out: string, picture: string | Uint8Array): void {
  saveFile(world.files, out, picture);
  world.stdout.write(`${out}\n`);
}
