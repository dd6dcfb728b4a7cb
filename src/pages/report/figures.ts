// Charts as a report holds them: live figures that can be zoomed and enlarged, with the data behind them.
import { type Html, html } from "../../render/html.ts";
import { liveFigure } from "../../render/liveFigure.ts";
import { toSvg, toVega } from "../../render/render.ts";
import { count } from "../../wording/text.ts";
import type { ChartPair } from "./section.ts";
import { zoomable } from "./zoomable.ts";

/** @param id begins the ids of the still picture; no other figure of the page may have it */
export async function figureHtml({ light, dark }: ChartPair, id: string): Promise<Html> {
  const { title, alt } = light;
  const specs = { light: zoomable(toVega(light)), dark: zoomable(toVega(dark)) };
  const under = html`<div class="under"><button type="button" class="enlarge no-print">Enlarge<span class="unseen"> ${title}</span></button>
<details><summary>Data<span class="unseen"> of ${title}</span></summary>
${dataHtml(light.spec)}
</details></div>
`;
  return liveFigure(alt, specs, withIds(await toSvg(light), id), under);
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
function dataHtml(spec: object): Html {
  const [values = []] = dataLists(spec).sort((a, b) => b.length - a.length);
  const shown = values.slice(0, SHOWN);
  const columns = [...new Set(shown.flatMap((datum) => Object.keys(datum)))];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Data of this chart"><table>
<thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${shown.map((datum) => html`<tr>${columns.map((name) => html`<td>${valueText(datum[name])}</td>`)}</tr>\n`)}</tbody></table></div>
${values.length > SHOWN && html`<p class="note">${count(values.length - SHOWN, "more row")} in result.json.</p>`}`;
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
