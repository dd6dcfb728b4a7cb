// What an agent looks like: a card with its name and its ledger, a cell for every claim, with the claim's name beside it where
// there is room; or a bar where there are many.
import type { Size } from "./layout.ts";

export interface Card extends Size {
  /** Cells beside each other; 0: the ledger is a bar. */
  readonly columns: number;
  /** Side of a cell, and distance from one to the next beside it and below it. */
  readonly cell: number;
  readonly pitchX: number;
  readonly pitch: number;
  /** Characters of a claim's name that fit beside its cell; 0: names are not written. */
  readonly letters: number;
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

/** Cells with names: their side, the distance between rows, room for a character, and from a name to the next cell. */
const NAMED = { cell: 14, pitch: 19, letter: 6.3, gap: 14 };
/** More claims than these have no names on cards, nor have those of more agents; longer names are cut. */
const MOST_NAMED = 16;
const MOST_NAMED_CARDS = 12;
const MOST_LETTERS = 16;

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
  const inside = { padding: PADDING, head: HEAD, letters: 0 };
  if (side === undefined) {
    const height = HEAD + BAR_HEIGHT + FOOT;
    return { ...inside, width: 150, height, columns: 0, cell: BAR_HEIGHT, pitchX: 0, pitch: 0 };
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
    pitchX: pitch,
    pitch,
  };
}

/** Cards that write out the names of claims, wide and slim; none where names are numbers, too many, or of too many agents. */
export function namedCards(names: readonly string[], agents: number): Card[] {
  const isNumbered = names.every((name, i) => name === `c${i + 1}`);
  if (isNumbered || names.length > MOST_NAMED || agents > MOST_NAMED_CARDS) return [];
  const { cell, pitch, letter, gap } = NAMED;
  const letters = Math.min(MOST_LETTERS, Math.max(...names.map((name) => name.length)));
  const pitchX = Math.ceil(cell + 5 + letters * letter + gap);
  return [2, 1].map((columns) => ({
    padding: PADDING,
    head: HEAD,
    width: Math.max(NARROWEST, columns * pitchX - gap + 2 * PADDING),
    height: HEAD + Math.ceil(names.length / columns) * pitch + FOOT,
    columns,
    cell,
    pitchX,
    pitch,
    letters,
  }));
}
