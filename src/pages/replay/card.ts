// What an agent looks like: a card with its name and its ledger, a cell for every claim, or a bar where there are many.
import type { Size } from "./layout.ts";

export interface Card extends Size {
  /** Cells beside each other; 0: the ledger is a bar. */
  readonly columns: number;
  /** Side of a cell, and distance from one to the next. */
  readonly cell: number;
  readonly pitch: number;
  /** Where the ledger begins, below the name. */
  readonly padding: number;
  readonly head: number;
}

/** From this number of claims on a ledger is drawn as a bar. */
export const MOST_CELLS = 240;

const PADDING = 10;
/** Room for the name above the ledger and for the progress of the turn below it. */
const HEAD = 27;
const FOOT = 12;
const NARROWEST = 124;
const BAR_HEIGHT = 16;

/** Cells of so many claims are so large. */
const SIDES = [
  { upTo: 8, cell: 20 },
  { upTo: 24, cell: 17 },
  { upTo: 60, cell: 12 },
  { upTo: MOST_CELLS, cell: 8 },
] as const;

/** The card of a ledger for `claims` claims. @throws RangeError where there is no claim */
export function cardOf(claims: number): Card {
  if (!Number.isInteger(claims) || claims < 1)
    throw new RangeError(`claims ${claims}: must be a whole number from 1`);
  const side = SIDES.find(({ upTo }) => claims <= upTo);
  const inside = { padding: PADDING, head: HEAD };
  if (side === undefined) {
    const height = HEAD + BAR_HEIGHT + FOOT;
    return { ...inside, width: 150, height, columns: 0, cell: BAR_HEIGHT, pitch: 0 };
  }
  const pitch = side.cell + Math.max(2, Math.round(side.cell / 5));
  const fitting = Math.floor((NARROWEST - 2 * PADDING + pitch - side.cell) / pitch);
  const columns = Math.min(claims, Math.max(fitting, Math.ceil(Math.sqrt(2.5 * claims))));
  const rows = Math.ceil(claims / columns);
  return {
    ...inside,
    width: Math.max(NARROWEST, columns * pitch - (pitch - side.cell) + 2 * PADDING),
    height: HEAD + rows * pitch + FOOT,
    columns,
    cell: side.cell,
    pitch,
  };
}
