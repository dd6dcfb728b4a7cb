// What a chart is: the specification with its words, and the entry in the table of charts that makes it.
import type { TopLevelSpec } from "vega-lite";
import type { Documents, Schema } from "../results/results.ts";
import type { Theme } from "./theme.ts";

/** A picture as a Vega-Lite specification that needs nothing else: its data and its look are in it. */
export interface Chart {
  readonly name: string;
  readonly title: string;
  /** Replications, seed, interval, and what is left out or undefined. */
  readonly subtitle: string;
  /** What the picture shows, in words. */
  readonly alt: string;
  readonly spec: TopLevelSpec;
}

export interface ChartOptions {
  /** Default: light. */
  readonly theme?: "light" | "dark" | undefined;
}

/** What a chart draws, without what all charts have. */
export interface Drawing {
  readonly title: string;
  /** Sentences for the subtitle, the most important first; empty ones are dropped. */
  readonly notes: readonly string[];
  readonly alt: string;
  /** A Vega-Lite view, or views, with their data. */
  readonly view: object;
  /** Width in pixels that the title may take. */
  readonly width: number;
}

/** That a result has nothing to draw, and why. */
export interface Nothing {
  readonly title: string;
  readonly why: string;
}

/** An entry in the table of charts. */
export interface ChartDefinition<S extends Schema = Schema> {
  readonly name: string;
  /** What it shows, in half a sentence. */
  readonly shows: string;
  /** Schemas of the documents that can feed it. */
  readonly from: readonly S[];
  draw(result: Documents[S], theme: Theme): Drawing | Nothing;
}
