// A slot: the place for one claim in a ledger or in the deliverable. Colour, sign and shape say what is in it.
import { svg } from "./dom.ts";
import type { News } from "./news.ts";
import type { Look } from "./state.ts";

/** A sign in a slot of side 1. */
const SIGNS: Readonly<Record<string, string>> = {
  wrong: "M.28 .28L.72 .72M.72 .28L.28 .72",
  flagged: "M.5 .2L.5 .58M.5 .78L.5 .8",
  accepted: "M.26 .53L.44 .7L.75 .33",
};

export interface Slot {
  readonly group: SVGElement;
  readonly box: SVGElement;
  readonly sign: SVGElement;
  readonly side: number;
  /** What it shows. */
  shown: string;
}

/** What a slot is to show. */
export interface SlotLook {
  /** lost: missing in a deliverable that is complete otherwise. */
  readonly look: Look | "lost";
  readonly isAccepted?: boolean;
  readonly isCopy?: boolean;
  /** Whether it is of the lineage that is brought out. */
  readonly isKin?: boolean;
  /** Another version that came in and has not been decided on. */
  readonly rival?: "right" | "wrong" | undefined;
  /** Kind of the news about it. */
  readonly news?: News["kind"] | undefined;
}

/** An empty slot whose upper left corner is at x, y. `agent`: whose ledger it is in; -1: in the deliverable. */
export function drawSlot(
  parent: Element,
  [x, y]: readonly [number, number],
  side: number,
  agent: number,
  claim: number,
): Slot {
  const place = { transform: `translate(${x} ${y})`, "data-agent": agent, "data-claim": claim };
  const group = svg("g", { class: "slot missing", ...place }, parent);
  const ring = { x: -2.5, y: -2.5, width: side + 5, height: side + 5, rx: 5 };
  svg("rect", { class: "ring", ...ring }, group);
  const box = svg("rect", { class: "box", width: side, height: side, rx: side / 6 }, group);
  const sign = svg("path", { class: "sign", transform: `scale(${side})` }, group);
  const corner = `M${side} ${side}V${side * 0.4}L${side * 0.4} ${side}Z`;
  svg("path", { class: "rival", d: corner }, group);
  return { group, box, sign, side, shown: "" };
}

export function showSlot(slot: Slot, of: SlotLook): void {
  const { look, isAccepted = false, isCopy = false, isKin = false, rival, news } = of;
  const names = [
    "slot",
    look,
    isAccepted && "accepted",
    isCopy && "copy",
    isKin && "kin",
    rival && `rival-${rival}`,
    news && `news-${news}`,
  ];
  const shown = names.filter(Boolean).join(" ");
  if (slot.shown === shown) return;
  slot.shown = shown;
  slot.group.setAttribute("class", shown);
  slot.box.setAttribute("rx", `${isCopy ? slot.side / 2 : slot.side / 6}`);
  slot.sign.setAttribute("d", SIGNS[look] ?? (isAccepted ? SIGNS.accepted : ""));
}
