// The script by which the reader of a report zooms in on a chart: with the wheel while Ctrl or the command key is down, so
// that scrolling stays scrolling; by dragging; and with keys. Defines `zoomOf` and `listenForZoom`.

/** JavaScript as text. */
export const ZOOM_CLIENT = `
  /** How much closer one step goes, and the share of what is shown by which a key moves it. */
  const STEP = 1.5;
  const SHIFT = 0.2;
  const CLOSEST = 200;
  const SIGNALS = { x: "zoomX", y: "zoomY" };

  /** What can be zoomed in a view that was just drawn: its axes with their whole domains. */
  const zoomOf = (drawing, view, spec) => {
    const axes = Object.entries(SIGNALS)
      .filter(([name]) => spec.scales?.some((scale) => scale.name === name && scale.domainRaw))
      .map(([name, signal]) => {
        const isLog = view.scale(name).type === "log";
        const [into, out] = isLog ? [Math.log, Math.exp] : [Number, Number];
        const whole = view.scale(name).domain().map(into);
        return { name, signal, out, whole, shown: whole };
      });

    const show = async () => {
      const isZoomed = axes.some(({ whole, shown }) => shown !== whole);
      drawing.classList.toggle("zoomed", isZoomed);
      for (const { signal, out, whole, shown } of axes)
        view.signal(signal, shown === whole ? null : shown.map(out));
      await view.runAsync();
    };

    /** Shows a part of an axis, moved so that it lies within the whole. */
    const set = (axis, low, high) => {
      const [first, last] = axis.whole;
      const span = high - low;
      if (span >= (last - first) * (1 - 1e-9)) axis.shown = axis.whole;
      else if (low < first) axis.shown = [first, first + span];
      else axis.shown = high > last ? [last - span, last] : [low, high];
    };

    return {
      isPossible: axes.length > 0,
      /** @param at where the centre is: shares of the width and height, from the lower left */
      by(factor, at = { x: 0.5, y: 0.5 }) {
        for (const axis of axes) {
          const [low, high] = axis.shown;
          const center = low + at[axis.name] * (high - low);
          const closest = (axis.whole[1] - axis.whole[0]) / CLOSEST;
          const scale = Math.max(1 / factor, closest / (high - low));
          set(axis, center + (low - center) * scale, center + (high - center) * scale);
        }
        return show();
      },
      /** Moves what is shown by shares of itself. */
      move(shares) {
        for (const axis of axes) {
          const [low, high] = axis.shown;
          const shift = shares[axis.name] * (high - low);
          if (axis.shown !== axis.whole) set(axis, low + shift, high + shift);
        }
        return show();
      },
      reset() {
        for (const axis of axes) axis.shown = axis.whole;
        return show();
      },
    };
  };

  /** The panel under the pointer; undefined beside all panels. */
  const panelAt = (drawing, { clientX, clientY }) =>
    [...drawing.querySelectorAll("path.background")]
      .map((element) => element.getBoundingClientRect())
      .filter(({ left, right, top, bottom }) =>
        clientX >= left && clientX <= right && clientY >= top && clientY <= bottom)
      .sort((a, b) => a.width - b.width)[0];

  /** Lets the reader zoom in a drawing; \`zoomIn\` tells what can be zoomed at the moment. */
  const listenForZoom = (drawing, zoomIn) => {
    drawing.addEventListener("wheel", (event) => {
      const panel = panelAt(drawing, event);
      if (!(event.ctrlKey || event.metaKey) || !zoomIn()?.isPossible || !panel) return;
      event.preventDefault();
      const at = {
        x: (event.clientX - panel.left) / panel.width,
        y: (panel.bottom - event.clientY) / panel.height,
      };
      zoomIn().by(event.deltaY < 0 ? STEP : 1 / STEP, at);
    }, { passive: false });

    let held;
    drawing.addEventListener("pointerdown", (event) => {
      const panel = panelAt(drawing, event);
      // A finger scrolls.
      if (event.pointerType === "touch" || event.button !== 0 || !zoomIn()?.isPossible) return;
      if (panel) held = { x: event.clientX, y: event.clientY, panel };
    });
    addEventListener("pointermove", (event) => {
      if (!held) return;
      const { panel } = held;
      zoomIn().move({
        x: (held.x - event.clientX) / panel.width,
        y: (event.clientY - held.y) / panel.height,
      });
      held = { x: event.clientX, y: event.clientY, panel };
    });
    addEventListener("pointerup", () => {
      held = undefined;
    });
    drawing.addEventListener("dblclick", () => zoomIn()?.reset());

    const keys = {
      "+": (zoom) => zoom.by(STEP),
      "=": (zoom) => zoom.by(STEP),
      "-": (zoom) => zoom.by(1 / STEP),
      0: (zoom) => zoom.reset(),
      ArrowLeft: (zoom) => zoom.move({ x: -SHIFT, y: 0 }),
      ArrowRight: (zoom) => zoom.move({ x: SHIFT, y: 0 }),
      ArrowUp: (zoom) => zoom.move({ x: 0, y: SHIFT }),
      ArrowDown: (zoom) => zoom.move({ x: 0, y: -SHIFT }),
    };
    drawing.addEventListener("keydown", (event) => {
      const act = keys[event.key];
      const isZoomed = drawing.classList.contains("zoomed");
      const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
      if (!act || hasModifier || !zoomIn()?.isPossible) return;
      // Arrows scroll where there is nothing to move.
      if (event.key.startsWith("Arrow") && !isZoomed) return;
      event.preventDefault();
      event.stopPropagation();
      act(zoomIn());
    });
  };
`;
