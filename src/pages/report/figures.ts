// Charts as a page holds them: a Vega specification for light and one for dark ground, which the page draws; a still
// picture for paper and for readers without scripts; and the data behind it.
import type { Specs } from "../../render/liveFigure.ts";
import { toSvg, toVega } from "../../render/render.ts";
import type { ChartPair } from "./section.ts";
import { zoomable } from "./zoomable.ts";

export interface Figure {
  readonly title: string;
  readonly alt: string;
  readonly specs: Specs;
  /** An SVG element; its ids are its own within the page. */
  readonly still: string;
  readonly data: DataTable;
}

export interface DataTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Rows that are left out. */
  readonly left: number;
}

/** @param id begins the ids of the still picture; no other figure of the page may have it */
export async function figureOf({ light, dark }: ChartPair, id: string): Promise<Figure> {
  return {
    title: light.title,
    alt: light.alt,
    specs: { light: zoomable(toVega(light)), dark: zoomable(toVega(dark)) },
    still: withIds(await toSvg(light), id),
    data: dataOf(light.spec),
  };
}

/** The element without the declaration of its document, its ids with a prefix, since ids belong to the whole page. */
function withIds(svg: string, prefix: string): string {
  return svg
    .slice(svg.indexOf("<svg"))
    .replace(/\bid="([^"]+)"/g, `id="${prefix}-$1"`)
    .replace(/url\(#([^)]+)\)/g, `url(#${prefix}-$1)`)
    .replace(/\bxlink:href="#([^"]+)"/g, `xlink:href="#${prefix}-$1"`);
}

// ---------------------------------------------------------------- data

/** Rows that a table of data shows. */
const SHOWN = 200;

type Datum = Readonly<Record<string, unknown>>;

/** The longest list of data in a specification: what the chart is drawn from. */
function dataOf(spec: object): DataTable {
  const lists = dataLists(spec).sort((a, b) => b.length - a.length);
  const values = lists[0] ?? [];
  const columns = [...new Set(values.slice(0, SHOWN).flatMap((datum) => Object.keys(datum)))];
  return {
    columns,
    rows: values.slice(0, SHOWN).map((datum) => columns.map((column) => valueText(datum[column]))),
    left: Math.max(0, values.length - SHOWN),
  };
}

function dataLists(node: unknown): (readonly Datum[])[] {
  if (Array.isArray(node)) return node.flatMap(dataLists);
  if (typeof node !== "object" || node === null) return [];
  const values = (node as { data?: { values?: unknown } }).data?.values;
  const own = Array.isArray(values) ? [values.filter(isDatum)] : [];
  return [
    ...own,
    ...Object.entries(node).flatMap(([key, at]) => (key === "data" ? [] : dataLists(at))),
  ];
}

const isDatum = (value: unknown): value is Datum => typeof value === "object" && value !== null;

/** Digits that a number of the table has. */
const DIGITS = 4;

function valueText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(Number(value.toPrecision(DIGITS)));
  return typeof value === "string" ? value : JSON.stringify(value);
}
