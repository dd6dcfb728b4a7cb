// A chart as a page: one file with the runtime of Vega and the font in it, which asks no network for anything.
import type { Spec } from "vega";
import type { Chart } from "../charts/chart.ts";
import { DARK, FONT_STACK, LIGHT } from "../charts/theme.ts";
import { documentText } from "./document.ts";
import { fontFaces } from "./fontFaces.ts";
import { groundOf, lightAndDark } from "./ground.ts";
import { html, raw, scriptJson } from "./html.ts";
import { vegaRuntime } from "./vegaRuntime.ts";

const STYLE = `
${lightAndDark(groundOf(LIGHT), groundOf(DARK))}html { background: var(--paper); color: var(--ink); }
body { margin: 2rem auto; width: max-content; max-width: 95vw; font-family: ${FONT_STACK}; }
figure { margin: 0; overflow-x: auto; }
`;

/** Draws the chart, anew when the reader changes between light and dark. Vega measures text, so its font must be there. */
const CLIENT = `"use strict";
(async () => {
  const figure = document.getElementById("chart");
  const specs = JSON.parse(document.getElementById("spec").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const fonts = ["12px", "600 16px"].map((font) => document.fonts.load(font + ' "IBM Plex Sans"'));
  await Promise.allSettled(fonts);
  const still = [...figure.childNodes];
  let view;
  const draw = async () => {
    view?.finalize();
    figure.replaceChildren();
    try {
      const runtime = vega.parse(dark.matches ? specs.dark : specs.light, undefined, { ast: true });
      const settings = { expr: expressionInterpreter, renderer: "svg", container: figure, hover: true };
      view = new vega.View(runtime, settings);
      await view.runAsync();
    } catch (error) {
      figure.replaceChildren(...still);
      console.error(error);
    }
  };
  dark.addEventListener("change", draw);
  await draw();
})();
`;

/** Specifications of one chart, for light and for dark ground. */
export interface Specs {
  readonly light: Spec;
  readonly dark: Spec;
}

/** The page. Without scripts it shows the static picture. */
export function chartPage({ title, alt }: Chart, specs: Specs, svg: string): string {
  return documentText({
    title,
    description: alt,
    style: fontFaces() + STYLE,
    body: html`<figure id="chart" role="img" tabindex="0" aria-label="${alt}">${raw(svg)}</figure>
<script type="application/json" id="spec">${scriptJson(specs)}</script>`,
    scripts: [vegaRuntime(), CLIENT],
  });
}
