// faultline plot: a result as a picture.
import {
  CHARTS,
  type Chart,
  ChartError,
  makeChart,
  type Offer,
  offersFor,
} from "../../charts/chart.ts";
import type { ResultDocument } from "../../results/results.ts";
import type { Handler } from "../command.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { readResult } from "../readResult.ts";
import { formatOf, saveFile } from "../saving.ts";
import type { World } from "../world.ts";

const FORMATS = ["vl.json", "svg", "png", "html"] as const;

type Format = (typeof FORMATS)[number];

export const handle: Handler = async (world, { operands, options }) => {
  const { out, chart: name } = options;
  if (operands.length === 0) {
    world.stdout.write(allCharts());
    return EXIT.ok;
  }
  const format = formatOf(options, FORMATS, "svg");
  if (format === "png" && out === undefined && name !== "list")
    throw new UsageError("a PNG goes to a file: name it with --out");
  const { result, path } = readResult(world, operands[0], "plot");
  if (out === path)
    throw new UsageError(`${out} is the result itself`, "Name another file with --out.");
  const offers = offersFor(result);
  if (name === "list") {
    world.stdout.write(listOf(offers.filter(({ why }) => why === undefined)));
    for (const { name, why } of offers)
      if (why !== undefined) world.stderr.write(`left out: ${name}: ${why}\n`);
    return EXIT.ok;
  }
  const chart = chartOf(result, name, offers);
  const picture = await render(chart, format, () =>
    makeChart(chart.name, result, { theme: "dark" }),
  );
  if (out === undefined) world.stdout.write(picture as string, "bytes");
  else save(world, out, picture);
  return EXIT.ok;
};

/** Charts, each with what it shows. */
function listOf(offers: readonly Offer[]): string {
  const width = Math.max(0, ...offers.map(({ name }) => name.length)) + 2;
  return offers.map(({ name, shows }) => `${name.padEnd(width)}${shows}\n`).join("");
}

/** What prints a result of each kind, where that is not the command of its name. */
const MAKERS: Readonly<Record<string, string>> = { lineage: "trace --json" };

/** Every chart, with what it shows and what makes the results that it is drawn of. */
function allCharts(): string {
  const kindOf = (schema: string) => schema.replace(/^faultline\/(.*)@\d+$/, "$1");
  const charts = CHARTS.map(({ name, shows, from }) => {
    const makers = from.map(kindOf).map((kind) => MAKERS[kind] ?? kind);
    return { name, shows: `${shows} (${makers.join(", ")})` };
  });
  const figures = { name: "STUDY-FIGURE", shows: "a figure of a study (reproduce)" };
  return listOf([...charts, figures]);
}

/**
 * The chart of a name; without one the best that tells something. Where none does, the first says why.
 * @throws UsageError when there is no such chart for the result, or it would tell nothing
 */
function chartOf(
  result: ResultDocument,
  name: string | undefined,
  offers: readonly Offer[],
): Chart {
  const telling = offers.filter(({ why }) => why === undefined).map((offer) => offer.name);
  const why = offers.find((offer) => offer.name === name)?.why;
  if (why !== undefined)
    throw new UsageError(
      `--chart: ${name} would tell nothing of this result: ${why}`,
      telling.length === 0 ? undefined : `What it can be drawn as: ${telling.join(", ")}.`,
    );
  try {
    return makeChart(name ?? telling[0] ?? offers[0]?.name ?? "", result);
  } catch (error) {
    if (error instanceof ChartError) throw new UsageError(`--chart: ${error.message}`);
    throw error;
  }
}

/** The drawing libraries are loaded here, when there is something to draw. */
async function render(
  chart: Chart,
  format: Format,
  dark: () => Chart,
): Promise<string | Uint8Array> {
  if (format === "vl.json") return jsonText(chart.spec);
  const { toHtml, toPng, toSvg } = await import("../../render/render.ts");
  if (format === "png") return toPng(chart);
  return format === "html" ? toHtml(chart, dark()) : `${await toSvg(chart)}\n`;
}

function save(world: World, out: string, picture: string | Uint8Array): void {
  saveFile(world.files, out, picture);
  world.stdout.write(`${out}\n`);
}
