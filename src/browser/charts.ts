// What runs in a page with charts, a report or one chart alone: draws each chart before it comes into view, and again when
// the reader changes between light and dark.
import { FONT } from "../charts/theme.ts";
import { listenForLarge } from "./charts/large.ts";
import { LiveChart } from "./charts/liveChart.ts";
import { hideTip } from "./charts/tip.ts";
import { listenForZoom } from "./charts/zoom.ts";

// From here on the style hides still pictures: live ones take their place.
document.documentElement.classList.add("scripted");

const figures = [...document.querySelectorAll<HTMLElement>("figure.chart")];
const charts = new Map(figures.map((figure) => [figure as Element, new LiveChart(figure)]));
const dark = matchMedia("(prefers-color-scheme: dark)");

// Vega measures text, so its font must be there.
const fonts = ["12px", "600 16px"].map((font) => document.fonts.load(`${font} "${FONT}"`));
const ready = Promise.allSettled(fonts);

/** A page opens before all its charts are drawn. */
const watcher = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      ready.then(() => charts.get(target)?.draw(dark.matches));
    }
  },
  { rootMargin: "400px" },
);
for (const figure of figures) watcher.observe(figure);
dark.addEventListener("change", () => {
  for (const chart of charts.values()) if (chart.isBegun) chart.draw(dark.matches);
});

for (const chart of charts.values()) listenForZoom(chart.drawing, () => chart.zoom);
listenForLarge(charts.values());
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") hideTip();
});
