// What an agent looks like: a card with its name and its ledger, a slot for every claim, with the claim's name beside it where
// there is room; or a bar where there are many.
import type { Size } from "../../charts/layout.ts";

export interface Card extends Size {
  /** Slots beside each other; 0: the ledger is a bar. */
  readonly columns: number;
  /** Side of a slot, and distance from one to the next beside it and below it. */
  readonly side: number;
  readonly pitchX: number;
  readonly pitch: number;
  /** Characters of a claim's name that fit beside its slot; 0: names are not written. */
  readonly letters: number;
  /** Where the ledger begins, below the name. */
  readonly padding: number;
  readonly head: number;
}

/** From this number of claims on a ledger is drawn as a bar. */
export const MOST_SLOTS = 240;

const PADDING = 10;
/** Room for the name above the ledger and for the progress of the turn below it. */
const HEAD = 27;
const FOOT = 12;
const NARROWEST = 124;
const BAR_HEIGHT = 16;

/** Slots with names: their side, the distance between rows, room for a character, and from a name to the next slot. */
const NAMED = { side: 14, pitch: 19, letter: 6.3, gap: 14 };
/** More claims than these have no names on cards, nor have those of more agents; longer names are cut. */
const MOST_NAMED = 16;
const MOST_NAMED_CARDS = 12;
const MOST_LETTERS = 16;

/** Slots of so many claims are so large. */
const SIDES = [
  { upTo: 8, side: 20 },
  { upTo: 24, side: 17 },
  { upTo: 60, side: 12 },
  { upTo: MOST_SLOTS, side: 8 },
] as const;

/** The card of a ledger for `claims` claims. @throws RangeError where there is no claim */
export function cardOf(claims: number): Card {
  if (!Number.isInteger(claims) || claims < 1)
    throw new RangeError(`claims ${claims}: must be a whole number from 1`);
  const slot = SIDES.find(({ upTo }) => claims <= upTo);
  const inside = { padding: PADDING, head: HEAD, letters: 0 };
  if (slot === undefined) {
    const height = HEAD + BAR_HEIGHT + FOOT;
    return { ...inside, width: 150, height, columns: 0, side: BAR_HEIGHT, pitchX: 0, pitch: 0 };
  }
  const pitch = slot.side + Math.max(2, Math.round(slot.side / 5));
  const fitting = Math.floor((NARROWEST - 2 * PADDING + pitch - slot.side) / pitch);
  const columns = Math.min(claims, Math.max(fitting, Math.ceil(Math.sqrt(2.5 * claims))));
  const rows = Math.ceil(claims / columns);
  return {
    ...inside,
    width: Math.max(NARROWEST, columns * pitch - (pitch - slot.side) + 2 * PADDING),
    height: HEAD + rows * pitch + FOOT,
    columns,
    side: slot.side,
    pitchX: pitch,
    pitch,
  };
}

/** Room for a second line below the name, and for a character of it; cards are not made wider for it than this. */
const SECOND_LINE = 14;
const SMALL_LETTER = 5.6;
const WIDEST = 190;

/** The card with room for a line below the name. @param lines of all agents: the longest should fit */
export function withSecondLine(card: Card, lines: readonly string[]): Card {
  const letters = Math.max(...lines.map((line) => line.length));
  const wanted = Math.min(WIDEST, Math.ceil(SMALL_LETTER * letters) + 2 * card.padding);
  return {
    ...card,
    head: card.head + SECOND_LINE,
    height: card.height + SECOND_LINE,
    width: Math.max(card.width, wanted),
  };
}

/** Cards that write out the names of claims, wide and slim; none where names are numbers, too many, or of too many agents. */
export function namedCards(names: readonly string[], agents: number): Card[] {
  const isNumbered = names.every((name, i) => name === `c${i + 1}`);
  if (isNumbered || names.length > MOST_NAMED || agents > MOST_NAMED_CARDS) return [];
  const { side, pitch, letter, gap } = NAMED;
  const letters = Math.min(MOST_LETTERS, Math.max(...names.map((name) => name.length)));
  const pitchX = Math.ceil(side + 5 + letters * letter + gap);
  return [2, 1].map((columns) => ({
    padding: PADDING,
    head: HEAD,
    width: Math.max(NARROWEST, columns * pitchX - gap + 2 * PADDING),
    height: HEAD + Math.ceil(names.length / columns) * pitch + FOOT,
    columns,
    side,
    pitchX,
    pitch,
    letters,
  }));
}
