// A chart as a page: one file with the runtime of Vega and the font in it, which asks no network for anything.
import type { Chart } from "../charts/chart.ts";
import { DARK, FONT_STACK, LIGHT } from "../charts/theme.ts";
import { documentText } from "./document.ts";
import { fontFaces } from "./fontFaces.ts";
import { groundOf, lightAndDark } from "./ground.ts";
import { LIVE_STYLE, liveFigure, type Specs } from "./liveFigure.ts";

const STYLE = `
${lightAndDark(groundOf(LIGHT), groundOf(DARK))}html { background: var(--paper); color: var(--ink); }
body { margin: 2rem auto; width: max-content; max-width: 95vw; font-family: ${FONT_STACK}; }
figure { margin: 0; }
${LIVE_STYLE}`;

/** The page. Without scripts it shows the static picture. */
export function chartPage({ title, alt }: Chart, specs: Specs, svg: string): string {
  return documentText({
    title,
    description: alt,
    style: fontFaces() + STYLE,
    body: liveFigure(alt, specs, svg),
    scripts: ["charts"],
  });
}
