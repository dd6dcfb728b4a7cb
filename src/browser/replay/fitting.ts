// How large the picture of a team is, in its own units, and which of its layouts fits a window best.
import type { Card } from "../../pages/replay/card.ts";
import type { PageLayout, PageTeam } from "../../pages/replay/pageData.ts";
import type { Point } from "./ways.ts";

/** Around the picture. */
export const MARGIN = 26;
/** Small teams are not drawn larger than these make them. */
const NARROWEST = 330;
const LOWEST = 300;
/** Room above the deliverable, and for its heading. */
export const TRAY_GAP = 62;
export const TRAY_HEAD = 26;
/** Names are written where they are drawn at least this large, in shares of their own size. */
const LEGIBLE = 0.66;

/** Slots in rows. */
export type Grid = Pick<Card, "side" | "columns" | "pitchX" | "pitch">;

/** The deliverable. */
export interface Tray extends Grid {
  readonly width: number;
  readonly height: number;
}

/** @param size claims of the task */
export function trayOf({ drawnClaims }: PageTeam, { card, width }: PageLayout, size: number): Tray {
  const isNamed = card.letters > 0;
  const side = isNamed ? card.side : size <= 40 ? 20 : size <= 120 ? 14 : 8;
  const pitch = isNamed ? card.pitch : side + Math.round(side / 5);
  const pitchX = isNamed ? card.pitchX : pitch;
  const fitting = Math.floor((Math.max(width, card.width, NARROWEST) - 24) / pitchX);
  const drawn = Math.min(size, drawnClaims);
  const rows = Math.ceil(drawn / Math.max(isNamed ? 1 : 8, fitting));
  // As many in every row as far as may be.
  const columns = Math.ceil(drawn / rows);
  const height = TRAY_HEAD + rows * pitch + 14;
  return { side, pitchX, pitch, columns, width: Math.max(250, columns * pitchX + 24), height };
}

/** The width of what is drawn, and the width and height with the margin. */
export function sizeOf(layout: PageLayout, tray: Tray) {
  const width = Math.max(layout.width, tray.width, NARROWEST);
  const height = layout.height + TRAY_GAP + tray.height;
  return { width, whole: { x: width + 2 * MARGIN, y: Math.max(height, LOWEST) + 1.4 * MARGIN } };
}

/** A layout in the middle of a picture. */
export function centred(layout: PageLayout, width: number): PageLayout {
  const shift = (width - layout.width) / 2;
  const moved = <T extends Point>(at: T): T => ({ ...at, x: at.x + shift });
  const { places, bends } = layout;
  return { ...layout, places: places.map(moved), ...(bends && { bends: bends.map(moved) }) };
}

/** The layout that is drawn largest in a room of this width and height, one with names where they can be read there. */
export function bestLayout(team: PageTeam, size: number, room: Point): PageLayout {
  const scaleOf = (layout: PageLayout) => {
    const { whole } = sizeOf(layout, trayOf(team, layout, size));
    return Math.min(room.x / whole.x, room.y / whole.y);
  };
  const sorted = [...team.layouts].sort((a, b) => scaleOf(b) - scaleOf(a));
  const named = sorted.find((layout) => layout.card.letters > 0 && scaleOf(layout) >= LEGIBLE);
  return named ?? (sorted.find((layout) => layout.card.letters === 0) as PageLayout);
}
