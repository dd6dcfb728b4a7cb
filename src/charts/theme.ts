// The one theme of all pictures: font, sizes and colours, as plain values for pages and as a configuration for Vega-Lite.
//
// Colours of series are those of Okabe and Ito, "Color Universal Design" (2008), which people with any common kind of
// color blindness can tell apart. An architecture has the same colour in every picture.
import type { Config } from "vega-lite";

/** The font that ships with Faultline; pages fall back on what a reader's machine has. */
export const FONT = "IBM Plex Sans";
export const FONT_STACK = `"${FONT}", system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif`;

/** The same without quotes, as Vega hands it on to SVG. */
const VEGA_FONT = `${FONT}, system-ui, sans-serif`;

/** Sizes of text in pixels. */
export const SIZE = { title: 16, text: 12, label: 11 } as const;

export interface Theme {
  readonly name: "light" | "dark";
  readonly background: string;
  readonly text: string;
  /** Text of less weight, axes. */
  readonly muted: string;
  readonly grid: string;
  /** Colours of architectures, by name. */
  readonly architectures: Readonly<Record<string, string>>;
  /** Colours of all other series, in the order in which they are given away. */
  readonly others: readonly string[];
  /** Errors and what carries them. */
  readonly error: string;
  /** Work without errors. */
  readonly neutral: string;
  /** Colours of changes for the better and for the worse. */
  readonly better: string;
  readonly worse: string;
  /** From little to much. */
  readonly ramp: readonly string[];
  /** The share of the ramp from which on text in the colour of the ground reads better. */
  readonly rampTurn: number;
}

export const LIGHT: Theme = {
  name: "light",
  background: "#ffffff",
  text: "#1f2328",
  muted: "#59636e",
  grid: "#e7e9ec",
  architectures: {
    single: "#6e7781",
    independent: "#d55e00",
    centralized: "#0072b2",
    decentralized: "#009e73",
    hybrid: "#cc79a7",
  },
  others: ["#e69f00", "#56b4e9", "#8a6d00", "#1f2328", "#7b4173", "#8c564b"],
  error: "#b3261e",
  neutral: "#8c959f",
  better: "#1f7a8c",
  worse: "#b3261e",
  ramp: ["#f3f6f9", "#c6dcec", "#7fb3d5", "#2f84ba", "#0b4f7d"],
  rampTurn: 0.7,
};

export const DARK: Theme = {
  name: "dark",
  background: "#16191d",
  text: "#e6e8eb",
  muted: "#a2abb5",
  grid: "#2b3036",
  architectures: {
    single: "#a0a8b1",
    independent: "#ee7a2e",
    centralized: "#4aa3df",
    decentralized: "#22b88c",
    hybrid: "#dc93bb",
  },
  others: ["#e9ad2b", "#7cc6f0", "#c9ad3c", "#e6e8eb", "#b98bb2", "#bd8d83"],
  error: "#ff7b6e",
  neutral: "#7b848e",
  better: "#5cc2d4",
  worse: "#ff7b6e",
  ramp: ["#1d2733", "#1f4666", "#2a6f9f", "#59a5d3", "#bfe0f4"],
  rampTurn: 0.57,
};

export const THEMES = { light: LIGHT, dark: DARK } as const;

/** Names of the architectures that have a colour of their own, in the order in which they are shown. */
export const ARCHITECTURES: readonly string[] = Object.keys(LIGHT.architectures);

/** The colours of series, in the order of the names: architectures have theirs, the others get the next free one. */
export function seriesColors(names: readonly string[], theme: Theme): string[] {
  let given = 0;
  return names.map(
    (name) => theme.architectures[name] ?? theme.others[given++ % theme.others.length],
  );
}

/** What every specification has, so that any program that reads Vega-Lite draws it as Faultline does. */
export function vegaConfig({ background, text, muted, grid }: Theme): Config {
  const labels = { labelColor: muted, labelFontSize: SIZE.label, labelFontWeight: 400 } as const;
  const titles = { titleColor: text, titleFontSize: SIZE.text, titleFontWeight: 400 } as const;
  return {
    font: VEGA_FONT,
    background,
    view: { stroke: null },
    title: {
      anchor: "start",
      frame: "bounds",
      color: text,
      fontSize: SIZE.title,
      fontWeight: 600,
      offset: 14,
      lineHeight: 21,
      subtitleColor: muted,
      subtitleFontSize: SIZE.text,
      subtitleFontWeight: 400,
      subtitleLineHeight: 16,
      subtitlePadding: 5,
    },
    axis: {
      ...labels,
      ...titles,
      domainColor: muted,
      gridColor: grid,
      tickColor: muted,
      labelFlush: false,
      labelPadding: 5,
      titlePadding: 9,
      tickSize: 4,
    },
    axisY: { domain: false, ticks: false, labelLimit: 260 },
    header: {
      ...labels,
      ...titles,
      labelColor: text,
      labelFontSize: SIZE.text,
      labelFontWeight: 600,
    },
    legend: { ...labels, ...titles, labelColor: text, symbolStrokeWidth: 2, labelLimit: 260 },
    text: { color: text, fontSize: SIZE.label },
  };
}
