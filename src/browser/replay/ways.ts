// The ways of messages: curves from the middle of one card to the middle of another.
import type { PageLayout } from "../../pages/replay/pageData.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A quadratic Bézier curve. */
export interface Way {
  readonly from: Point;
  readonly bend: Point;
  readonly to: Point;
}

/** The way from an agent to another: straight, or as the layout bends it. */
export function wayOf({ places, bends = [] }: PageLayout, sender: number, receiver: number): Way {
  const [from, to] = [places[sender], places[receiver]];
  const bent = bends.find((bend) => bend.from === sender && bend.to === receiver);
  const { x, y } = bent ?? { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  return { from, bend: { x, y }, to };
}

export const wayPath = ({ from, bend, to }: Way) =>
  `M${from.x} ${from.y}Q${bend.x} ${bend.y} ${to.x} ${to.y}`;

/** The point at a share t of a way. */
export function along({ from, bend, to }: Way, t: number): Point {
  const a = (1 - t) * (1 - t);
  const b = 2 * t * (1 - t);
  const c = t * t;
  return { x: a * from.x + b * bend.x + c * to.x, y: a * from.y + b * bend.y + c * to.y };
}

/** The part of a way that lies between the cards of its ends. */
export function gapOf(way: Way, card: { readonly width: number; readonly height: number }) {
  const isOn = (t: number, middle: Point) => {
    const { x, y } = along(way, t);
    return Math.abs(x - middle.x) < card.width / 2 && Math.abs(y - middle.y) < card.height / 2;
  };
  let begin = 0;
  while (begin < 0.45 && isOn(begin, way.from)) begin += 0.02;
  let end = 1;
  while (end > 0.55 && isOn(end, way.to)) end -= 0.02;
  return { begin, end };
}

/** Sets out and arrives gently. */
export const eased = (t: number) => t * t * (3 - 2 * t);
