/// <reference lib="dom" />
// A cell: the place for one claim in a ledger or in the deliverable. Colour, sign and shape say what is in it.
import type { Look } from "./state.ts";

const SVG = "http://www.w3.org/2000/svg";

/** A new element of a picture, put into `parent`. */
export function svg(
  tag: string,
  attributes: Readonly<Record<string, string | number>> = {},
  parent?: Element,
): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, `${value}`);
  parent?.append(element);
  return element;
}

/** A sign in a cell of side 1. */
const SIGNS: Readonly<Record<string, string>> = {
  wrong: "M.28 .28L.72 .72M.72 .28L.28 .72",
  flagged: "M.5 .2L.5 .58M.5 .78L.5 .8",
  accepted: "M.26 .53L.44 .7L.75 .33",
};

export interface Cell {
  readonly group: SVGElement;
  readonly box: SVGElement;
  readonly sign: SVGElement;
  readonly side: number;
  /** What it shows. */
  shown: string;
}

/** What a cell is to show. */
export interface CellLook {
  /** lost: missing in a deliverable that is complete otherwise. */
  readonly look: Look | "lost";
  readonly isAccepted?: boolean;
  readonly isCopy?: boolean;
  /** Whether it is of the lineage that is brought out. */
  readonly isKin?: boolean;
  /** Another version that came in and has not been decided on. */
  readonly rival?: "right" | "wrong" | undefined;
  /** Kind of the news about it. */
  readonly news?: string | undefined;
}

/** An empty cell whose upper left corner is at x, y. `agent`: whose ledger it is in; -1: in the deliverable. */
export function drawCell(
  parent: Element,
  [x, y]: readonly [number, number],
  side: number,
  agent: number,
  claim: number,
): Cell {
  const place = { transform: `translate(${x} ${y})`, "data-agent": agent, "data-claim": claim };
  const group = svg("g", { class: "cell missing", ...place }, parent);
  const ring = { x: -2.5, y: -2.5, width: side + 5, height: side + 5, rx: 5 };
  svg("rect", { class: "ring", ...ring }, group);
  const box = svg("rect", { class: "box", width: side, height: side, rx: side / 6 }, group);
  const sign = svg("path", { class: "sign", transform: `scale(${side})` }, group);
  const corner = `M${side} ${side}V${side * 0.4}L${side * 0.4} ${side}Z`;
  svg("path", { class: "rival", d: corner }, group);
  return { group, box, sign, side, shown: "" };
}

export function showCell(cell: Cell, of: CellLook): void {
  const { look, isAccepted = false, isCopy = false, isKin = false, rival, news } = of;
  const names = [
    "cell",
    look,
    isAccepted && "accepted",
    isCopy && "copy",
    isKin && "kin",
    rival && `rival-${rival}`,
    news && `news-${news}`,
  ];
  const shown = names.filter(Boolean).join(" ");
  if (cell.shown === shown) return;
  cell.shown = shown;
  cell.group.setAttribute("class", shown);
  cell.box.setAttribute("rx", `${isCopy ? cell.side / 2 : cell.side / 6}`);
  cell.sign.setAttribute("d", SIGNS[look] ?? (isAccepted ? SIGNS.accepted : ""));
}
