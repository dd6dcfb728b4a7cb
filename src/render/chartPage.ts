// A chart as a page: one file with the runtime of Vega and the font in it, which asks no network for anything.
import type { Spec } from "vega";
import type { Chart } from "../charts/chart.ts";
import { FONT_STACK, LIGHT } from "../charts/theme.ts";
import { documentText } from "./document.ts";
import { fontFaces } from "./fontFaces.ts";
import { html, raw, scriptJson } from "./html.ts";
import { vegaRuntime } from "./vegaRuntime.ts";

const STYLE = `
body { margin: 2rem auto; width: max-content; max-width: 95vw; background: ${LIGHT.background}; font-family: ${FONT_STACK}; }
figure { margin: 0; overflow-x: auto; }
`;

/** Vega measures text, so its font must be there. */
const CLIENT = `"use strict";
(async () => {
  const figure = document.getElementById("chart");
  const spec = JSON.parse(document.getElementById("spec").textContent);
  const fonts = ["12px", "600 16px"].map((font) => document.fonts.load(font + ' "IBM Plex Sans"'));
  await Promise.allSettled(fonts);
  const still = [...figure.childNodes];
  figure.replaceChildren();
  try {
    const runtime = vega.parse(spec, undefined, { ast: true });
    const settings = { expr: expressionInterpreter, renderer: "svg", container: figure, hover: true };
    await new vega.View(runtime, settings).runAsync();
  } catch (error) {
    figure.replaceChildren(...still);
    console.error(error);
  }
})();
`;

/** The page. Without scripts it shows the static picture. */
export function chartPage({ title, alt }: Chart, spec: Spec, svg: string): string {
  return documentText({
    title,
    description: alt,
    colorScheme: "light",
    style: fontFaces() + STYLE,
    body: html`<figure id="chart" role="img" tabindex="0" aria-label="${alt}">${raw(svg)}</figure>
<script type="application/json" id="spec">${scriptJson(spec)}</script>`,
    scripts: [vegaRuntime(), CLIENT],
  });
}
