// A chart that Vega draws in the page, from the specifications that stand in its figure.
import { Error as ERRORS, parse, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import type { Specs } from "../../render/liveFigure.ts";
import { showTip } from "./tip.ts";
import { Zoom } from "./zoom.ts";

export class LiveChart {
  readonly figure: HTMLElement;
  /** The element that Vega draws in. */
  readonly drawing: HTMLElement;
  /** Undefined while the chart is not drawn, and where it has no axis of numbers. */
  zoom: Zoom | undefined;
  private specs: Specs | undefined;
  private view: View | undefined;

  constructor(figure: HTMLElement) {
    this.figure = figure;
    this.drawing = figure.querySelector(".drawing") as HTMLElement;
  }

  /** Whether drawing has begun. */
  get isBegun(): boolean {
    return this.view !== undefined;
  }

  /** Draws the whole chart. If Vega fails, the still picture stands in for it. */
  async draw(isDark: boolean): Promise<void> {
    this.specs ??= JSON.parse(this.figure.querySelector("script")?.textContent as string) as Specs;
    const spec = isDark ? this.specs.dark : this.specs.light;
    this.view?.finalize();
    this.zoom = undefined;
    try {
      // The interpreter makes no functions of text: the page forbids that.
      this.view = new View(parse(spec, undefined, { ast: true }), {
        expr: expressionInterpreter,
        renderer: "svg",
        container: this.drawing,
        hover: true,
        tooltip: showTip,
        logLevel: ERRORS,
      });
      this.drawing.classList.remove("zoomed");
      await this.view.runAsync();
      const zoom = new Zoom(this.drawing, this.view, spec);
      if (zoom.axes.length > 0) this.zoom = zoom;
      this.drawing.querySelector("svg")?.setAttribute("aria-hidden", "true");
      this.figure.classList.add("drawn");
    } catch (error) {
      this.figure.classList.add("still-only");
      console.error(error);
    }
  }
}
