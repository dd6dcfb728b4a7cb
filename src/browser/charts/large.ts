// One chart as large as the window, or larger: in a dialog of the page, if it has one.
import type { LiveChart } from "./liveChart.ts";
import { hideTip, tip } from "./tip.ts";

/** One step makes a chart larger by this factor, up to so many times the size of the window. */
const STEP = 1.4;
const MOST = 7.53;

/** Lets the reader enlarge the charts whose figures have a button for that. */
export function listenForLarge(charts: Iterable<LiveChart>): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog.large");
  if (dialog === null) return;
  /** The chart in the dialog, whose drawing comes back when the dialog closes. */
  let shown: LiveChart | undefined;
  let zoom = 1;

  const zoomTo = (times: number) => {
    zoom = Math.min(MOST, Math.max(1, times));
    dialog.style.setProperty("--zoom", `${zoom}`);
  };
  const enlarge = (chart: LiveChart) => {
    shown = chart;
    dialog.setAttribute("aria-label", chart.drawing.getAttribute("aria-label") as string);
    dialog.append(chart.drawing, tip);
    zoomTo(1);
    dialog.showModal();
  };

  for (const chart of charts)
    chart.figure.querySelector("button.enlarge")?.addEventListener("click", () => enlarge(chart));
  dialog.addEventListener("close", () => {
    shown?.figure.prepend(shown.drawing);
    document.body.append(tip);
    hideTip();
  });
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });
  for (const button of dialog.querySelectorAll<HTMLButtonElement>("button.zoom"))
    button.addEventListener("click", () =>
      zoomTo(button.value === "1" ? zoom * STEP : zoom / STEP),
    );
  dialog.addEventListener("keydown", ({ key }) => {
    if (key === "+" || key === "=") zoomTo(zoom * STEP);
    if (key === "-") zoomTo(zoom / STEP);
  });
}
