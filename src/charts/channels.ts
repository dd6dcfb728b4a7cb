// Channels: the parts of Vega-Lite specifications that several charts have in common.
import { SIZE, type Theme } from "./theme.ts";

/** A legend above the view, without a title. */
export const legendAbove = (symbolType: "circle" | "square" | "stroke") =>
  ({ title: null, orient: "top", symbolType, symbolOpacity: 1 }) as const;

/** An axis of names, as strong as text. */
export const nameAxis = (theme: Theme) =>
  ({ title: null, labelColor: theme.text, labelFontSize: SIZE.text }) as const;

/** A tooltip of nominal fields, each with its title. */
export const tooltipOf = (titles: Readonly<Record<string, string>>) =>
  Object.entries(titles).map(([field, title]) => ({ field, type: "nominal", title }));

/** Panels by the fields `panel` and `order`, side by side. */
export const panelsBeside = (columns: number) =>
  ({
    facet: {
      field: "panel",
      type: "nominal",
      sort: { field: "order", op: "min" },
      title: null,
      header: { labelAnchor: "start", labelPadding: 6 },
    },
    columns,
    spacing: { row: 24, column: 24 },
  }) as const;
