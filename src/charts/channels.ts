// Channels: the parts of Vega-Lite specifications that several charts have in common.
import { formatOf, type Measure } from "./measure.ts";
import { type Scale, scaleSpec } from "./scales.ts";
import { SIZE, type Theme } from "./theme.ts";

/** A field of numbers on a scale, with an axis in a measure. */
export const measured = (
  field: string,
  unit: Measure,
  scale: Scale,
  title: string | null = unit.title,
) => ({
  field,
  type: "quantitative",
  scale: scaleSpec(scale),
  axis: { title, ...formatOf(unit, scale), tickCount: 6 },
});

/** Steps that stand side by side, in the order given. */
export const sideBySide = (domain: readonly unknown[] | undefined, padding: number) => ({
  type: "ordinal",
  sort: null,
  scale: { domain, type: "point", padding },
});

/** A field that holds pixels. */
export const pixels = (field: string) =>
  ({ field, type: "quantitative", scale: null, axis: null }) as const;

/** A legend above the view, without a title. */
export const legendAbove = (symbolType: "circle" | "square" | "stroke") =>
  ({ title: null, orient: "top", symbolType, symbolOpacity: 1 }) as const;

/** An axis of names, as strong as text. */
export const nameAxis = (theme: Theme) =>
  ({ title: null, labelColor: theme.text, labelFontSize: SIZE.text }) as const;

/** A tooltip of nominal fields, each with its title. */
export const tooltipOf = (titles: Readonly<Record<string, string>>) =>
  Object.entries(titles).map(([field, title]) => ({ field, type: "nominal", title }));

/** A tooltip of nominal fields that are their own titles. */
export const tips = (...fields: readonly string[]) =>
  fields.map((field) => ({ field, type: "nominal", title: field }));

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
