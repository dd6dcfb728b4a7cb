// A chart of a page that a script draws for light or for dark ground. On paper, without scripts, and if drawing fails, a
// still picture stands in for it.
import type { Spec } from "vega";
import { type Html, html, raw, scriptJson } from "./html.ts";

/** Vega specifications of one chart, for light and for dark ground. */
export interface Specs {
  readonly light: Spec;
  readonly dark: Spec;
}

/**
 * The figure, for a page with the script `charts` and LIVE_STYLE.
 * @param still an SVG element, on light ground
 * @param under what stands below the picture
 */
export function liveFigure(alt: string, specs: Specs, still: string, under?: Html): Html {
  const [, width, height] = /<svg[^>]*? width="([\d.]+)" height="([\d.]+)"/.exec(still) ?? [];
  return html`<figure class="chart">
<div class="drawing" role="img" tabindex="0" aria-label="${alt}" style="--width:${width}px;--ratio:${width}/${height}"></div>
<div class="still" role="img" aria-label="${alt}">${raw(still)}</div>
<script type="application/json">${scriptJson(specs)}</script>
${under}</figure>
`;
}

/** The look of live figures, and of what tells the value that the pointer is on. */
export const LIVE_STYLE = `
.chart svg { display: block; max-width: 100%; height: auto; margin-inline: auto; }
.drawing { overflow-x: auto; }
.chart:not(.drawn) .drawing { width: var(--width); max-width: 100%; aspect-ratio: var(--ratio); }
.still { display: none; }
html:not(.scripted) .still, .still-only .still { display: block; }
html:not(.scripted) .drawing, .still-only .drawing { display: none; }
.tip { position: fixed; left: 0; top: 0; z-index: 20; max-width: 26rem; padding: 0.45rem 0.7rem; border-radius: 6px; background: var(--ink); color: var(--paper); font-size: 0.8125rem; line-height: 1.45; pointer-events: none; opacity: 0; transition: opacity 0.1s; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.tip.shown { opacity: 1; }
.tip span { margin-right: 0.6em; opacity: 0.7; }
@media print {
  .chart .still { display: block; }
  .chart .drawing, .tip { display: none; }
}
`;
