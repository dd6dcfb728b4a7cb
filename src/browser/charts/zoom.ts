// How the reader zooms in on a chart: with the wheel while Ctrl or the command key is down, so that scrolling stays
// scrolling; by dragging; and with keys.
import type { Spec, View } from "vega";
import { ZOOM } from "../../pages/report/zoomable.ts";

/** How much closer one step goes, and the share of what is shown by which a key moves it. */
const STEP = 1.5;
const SHIFT = 0.2;
const CLOSEST = 200;

/** A number for each axis. */
type Pair = Readonly<Record<keyof typeof ZOOM, number>>;
type Range = readonly [low: number, high: number];

/** An axis that can be zoomed. Ranges are logarithms on a logarithmic scale. */
interface Axis {
  readonly name: keyof typeof ZOOM;
  readonly isLog: boolean;
  readonly whole: Range;
  shown: Range;
}

/** What is shown of a chart that was just drawn. */
export class Zoom {
  private readonly drawing: Element;
  private readonly view: View;
  /** Those with numbers; there may be none. */
  readonly axes: readonly Axis[];

  constructor(drawing: Element, view: View, { scales = [] }: Spec) {
    this.drawing = drawing;
    this.view = view;
    const names = (["x", "y"] as const).filter((name) =>
      scales.some((scale) => scale.name === name && "domainRaw" in scale),
    );
    this.axes = names.map((name) => {
      const scale = view.scale(name);
      const isLog = scale.type === "log";
      const whole = isLog ? scale.domain().map(Math.log) : scale.domain().map(Number);
      return { name, isLog, whole, shown: whole };
    });
  }

  /** @param at where the centre is: shares of the width and height, from the lower left */
  by(factor: number, at: Pair = { x: 0.5, y: 0.5 }): void {
    for (const axis of this.axes) {
      const { shown, whole, name } = axis;
      const [low, high] = shown;
      const center = low + at[name] * (high - low);
      const closest = (whole[1] - whole[0]) / CLOSEST;
      const scale = Math.max(1 / factor, closest / (high - low));
      axis.shown = within(whole, center + (low - center) * scale, center + (high - center) * scale);
    }
    this.show();
  }

  /** Moves what is shown by shares of itself. */
  move(shares: Pair): void {
    for (const axis of this.axes) {
      const [low, high] = axis.shown;
      const shift = shares[axis.name] * (high - low);
      if (axis.shown !== axis.whole) axis.shown = within(axis.whole, low + shift, high + shift);
    }
    this.show();
  }

  reset(): void {
    for (const axis of this.axes) axis.shown = axis.whole;
    this.show();
  }

  private show(): void {
    const isZoomed = this.axes.some(({ whole, shown }) => shown !== whole);
    this.drawing.classList.toggle("zoomed", isZoomed);
    for (const { name, isLog, whole, shown } of this.axes)
      this.view.signal(ZOOM[name], shown === whole ? null : isLog ? shown.map(Math.exp) : shown);
    this.view.runAsync();
  }
}

/** A part of an axis, moved so that it lies within the whole. */
function within(whole: Range, low: number, high: number): Range {
  const [first, last] = whole;
  const span = high - low;
  if (span >= (last - first) * (1 - 1e-9)) return whole;
  if (low < first) return [first, first + span];
  return high > last ? [last - span, last] : [low, high];
}

/** The panel under the pointer; undefined beside all panels. */
function panelAt(drawing: Element, { clientX, clientY }: MouseEvent): DOMRect | undefined {
  return [...drawing.querySelectorAll("path.background")]
    .map((element) => element.getBoundingClientRect())
    .filter(
      ({ left, right, top, bottom }) =>
        clientX >= left && clientX <= right && clientY >= top && clientY <= bottom,
    )
    .sort((a, b) => a.width - b.width)[0];
}

const KEYS: Readonly<Record<string, (zoom: Zoom) => void>> = {
  "+": (zoom) => zoom.by(STEP),
  "=": (zoom) => zoom.by(STEP),
  "-": (zoom) => zoom.by(1 / STEP),
  0: (zoom) => zoom.reset(),
  ArrowLeft: (zoom) => zoom.move({ x: -SHIFT, y: 0 }),
  ArrowRight: (zoom) => zoom.move({ x: SHIFT, y: 0 }),
  ArrowUp: (zoom) => zoom.move({ x: 0, y: SHIFT }),
  ArrowDown: (zoom) => zoom.move({ x: 0, y: -SHIFT }),
};

/**
 * Lets the reader zoom in on a chart.
 * @param possible what is shown at the moment; undefined while there is nothing to zoom in on
 */
export function listenForZoom(drawing: HTMLElement, possible: () => Zoom | undefined): void {
  drawing.addEventListener(
    "wheel",
    (event) => {
      const panel = panelAt(drawing, event);
      const zoom = possible();
      if (!(event.ctrlKey || event.metaKey) || zoom === undefined || panel === undefined) return;
      event.preventDefault();
      const at = {
        x: (event.clientX - panel.left) / panel.width,
        y: (panel.bottom - event.clientY) / panel.height,
      };
      zoom.by(event.deltaY < 0 ? STEP : 1 / STEP, at);
    },
    { passive: false },
  );

  let held: { readonly x: number; readonly y: number; readonly panel: DOMRect } | undefined;
  drawing.addEventListener("pointerdown", (event) => {
    const panel = panelAt(drawing, event);
    // A finger scrolls.
    if (event.pointerType === "touch" || event.button !== 0 || !possible()) return;
    if (panel) held = { x: event.clientX, y: event.clientY, panel };
  });
  addEventListener("pointermove", ({ clientX: x, clientY: y }) => {
    if (held === undefined) return;
    const { panel } = held;
    possible()?.move({ x: (held.x - x) / panel.width, y: (y - held.y) / panel.height });
    held = { x, y, panel };
  });
  addEventListener("pointerup", () => {
    held = undefined;
  });
  drawing.addEventListener("dblclick", () => possible()?.reset());

  drawing.addEventListener("keydown", (event) => {
    const act = KEYS[event.key];
    const zoom = possible();
    const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
    if (act === undefined || hasModifier || zoom === undefined) return;
    // Arrows scroll where there is nothing to move.
    if (event.key.startsWith("Arrow") && !drawing.classList.contains("zoomed")) return;
    event.preventDefault();
    event.stopPropagation();
    act(zoom);
  });
}
