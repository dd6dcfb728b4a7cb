// Pictures without a browser: Vega-Lite is compiled to Vega, which draws an SVG; resvg makes a PNG of that. Text is
// measured and drawn with the font that ships with Faultline, so every machine makes the same bytes.
import { Resvg } from "@resvg/resvg-js";
import * as vega from "vega";
import { compile } from "vega-lite";
import type { Chart } from "../charts/chart.ts";
import { FONT, SIZE } from "../charts/theme.ts";
import { chartPage } from "./chartPage.ts";
import { FONT_FILES, textWidth } from "./font.ts";

/** What Vega measures text with; its types do not tell of it. */
const { textMetrics } = vega as unknown as { readonly textMetrics: TextMetrics };

interface TextMetrics {
  width(item: TextItem, text: unknown): number;
}

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
  /** Greatest width in pixels, above which text is cut; 0 for none. */
  readonly limit?: number;
}

const quiet = () => vega.logger(vega.Error);

/** The chart as a Vega specification, which the runtime of Vega alone can draw. */
export function toVega({ spec }: Chart): vega.Spec {
  return compile(spec, { logger: quiet() }).spec;
}

/** The chart as an SVG document. */
export async function toSvg(chart: Chart): Promise<string> {
  measureWithShippedFont();
  const view = new vega.View(vega.parse(toVega(chart)), { renderer: "none", logger: quiet() });
  try {
    return asXml(await view.toSVG());
  } finally {
    view.finalize();
  }
}

/** Vega's own measure depends on whether the machine has a canvas and which fonts. */
function measureWithShippedFont(): void {
  textMetrics.width = (item, text) => {
    const line = text == null ? "" : `${text}`.trim();
    const { fontSize = SIZE.label, fontWeight, limit = 0 } = item;
    const isBold = fontWeight === "bold" || Number(fontWeight) >= 600;
    const width = textWidth(line, fontSize, isBold);
    return limit > 0 ? Math.min(width, limit) : width;
  };
}

/** Without what no XML document can hold, whatever is in a name. */
function asXml(svg: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that have to go
  return svg.replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\p{Surrogate}]/gu, "\ufffd");
}

export interface PngOptions {
  /** Pixels of the picture for every pixel of the SVG (default: 2). */
  readonly scale?: number | undefined;
}

/** The chart as a PNG file. */
export async function toPng(chart: Chart, { scale = 2 }: PngOptions = {}): Promise<Uint8Array> {
  const picture = new Resvg(await toSvg(chart), {
    font: { fontFiles: [...FONT_FILES], loadSystemFonts: false, defaultFontFamily: FONT },
    fitTo: { mode: "zoom", value: scale },
  });
  return picture.render().asPng();
}

/**
 * The chart as one HTML file that tells values where one points.
 * @param dark the same chart for dark ground; without it the chart looks alike on both
 */
export async function toHtml(chart: Chart, dark: Chart = chart): Promise<string> {
  return chartPage(chart, { light: toVega(chart), dark: toVega(dark) }, await toSvg(chart));
}
