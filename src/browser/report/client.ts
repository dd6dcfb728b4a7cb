// The script of a report: draws its charts, anew when the reader changes between light and dark, shows what the pointer
// is on, and enlarges charts. Runs in the browser after Vega's
// own; `vega` and `expressionInterpreter` are globals there.

import { ZOOM_CLIENT } from "./zoomClient.ts";

/** JavaScript as text; it asks nothing of any network. */
export const CLIENT = `"use strict";
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);

  /** Vega asks to show a value beside the pointer, or nothing. */
  const showTip = (_handler, event, _item, value) => {
    const isEmpty = value === null || value === undefined || value === "";
    tip.classList.toggle("shown", !isEmpty);
    if (isEmpty) return;
    tip.replaceChildren(...linesOf(value));
    const { clientX: x, clientY: y } = event;
    const { offsetWidth: width, offsetHeight: height } = tip;
    const left = x + 16 + width > innerWidth ? x - 12 - width : x + 16;
    const top = y + 16 + height > innerHeight ? y - 12 - height : y + 16;
    tip.style.transform = "translate(" + Math.max(4, left) + "px, " + Math.max(4, top) + "px)";
  };

  /** A value as lines of text: never as HTML, since names may be anything. */
  const linesOf = (value) => {
    const pairs = typeof value === "object" ? Object.entries(value) : [["", value]];
    return pairs.map(([name, text]) => {
      const line = document.createElement("div");
      const key = document.createElement("span");
      key.textContent = name;
      line.append(...(name === "" ? [] : [key]), String(text));
      return line;
    });
  };

${ZOOM_CLIENT}
  const specs = new Map();
  const specOf = (figure) => {
    if (!specs.has(figure))
      specs.set(figure, JSON.parse(figure.querySelector("script").textContent));
    return specs.get(figure)[dark.matches ? "dark" : "light"];
  };

  const views = new Map();
  const zooms = new Map();
  const draw = async (figure) => {
    views.get(figure)?.finalize();
    const place = figure.querySelector(".drawing");
    try {
      const view = new vega.View(vega.parse(specOf(figure), undefined, { ast: true }), {
        expr: expressionInterpreter,
        renderer: "svg",
        container: place,
        hover: true,
        tooltip: showTip,
        logLevel: vega.Error,
      });
      views.set(figure, view);
      zooms.delete(figure);
      place.classList.remove("zoomed");
      await view.runAsync();
      zooms.set(figure, zoomOf(place, view, specOf(figure)));
      const svg = place.querySelector("svg");
      svg?.setAttribute("aria-hidden", "true");
      figure.classList.add("drawn");
    } catch (error) {
      // The still picture stands in for it.
      figure.classList.add("still-only");
      console.error(error);
    }
  };

  // Vega measures text, so its font must be there.
  const fonts = ["12px", "600 16px"].map((font) => document.fonts.load(font + ' "IBM Plex Sans"'));
  const ready = Promise.allSettled(fonts);

  /** Draws a chart when it is about to come into view: a page opens before all its charts are drawn. */
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        watcher.unobserve(target);
        ready.then(() => draw(target));
      }
    },
    { rootMargin: "400px" },
  );
  for (const figure of document.querySelectorAll("figure.chart")) {
    watcher.observe(figure);
    listenForZoom(figure.querySelector(".drawing"), () => zooms.get(figure));
  }
  dark.addEventListener("change", () => {
    for (const figure of views.keys()) draw(figure);
  });

  /** One chart as large as the window, or larger; what it was drawn in goes there and comes back. */
  const large = document.querySelector("dialog.large");
  let home;
  let zoom = 0;
  const zoomTo = (level) => {
    zoom = Math.min(6, Math.max(0, level));
    large.style.setProperty("--zoom", String(1.4 ** zoom));
  };
  const enlarge = (figure) => {
    if (!figure.classList.contains("drawn")) return;
    home = figure;
    large.setAttribute("aria-label", figure.querySelector(".drawing").getAttribute("aria-label"));
    large.append(figure.querySelector(".drawing"), tip);
    zoomTo(0);
    large.showModal();
  };
  large.addEventListener("close", () => {
    home.prepend(large.querySelector(".drawing"));
    document.body.append(tip);
    tip.classList.remove("shown");
  });
  large.addEventListener("click", (event) => {
    if (event.target === large) large.close();
  });
  for (const button of large.querySelectorAll("button.zoom"))
    button.addEventListener("click", () => zoomTo(zoom + Number(button.value)));
  large.addEventListener("keydown", ({ key }) => {
    if (key === "+" || key === "=") zoomTo(zoom + 1);
    if (key === "-") zoomTo(zoom - 1);
  });
  for (const button of document.querySelectorAll("button.enlarge"))
    button.addEventListener("click", () => enlarge(button.closest("figure")));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") tip.classList.remove("shown");
  });
})();
`;
