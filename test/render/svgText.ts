// The texts of an SVG that Vega wrote, with the boxes that they take, measured with the shipped font.
import { textWidth } from "../../src/render/font.ts";

export interface TextBox {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const attribute = (tag: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];

/** Numbers of a function in a transform, such as translate(3,4). */
function numbers(tag: string, name: string): number[] {
  const inside = new RegExp(`${name}\\(([^)]*)\\)`).exec(attribute(tag, "transform") ?? "")?.[1];
  return inside?.split(/[ ,]+/).map(Number) ?? [];
}

const unescaped = (text: string) =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

/** Width and height of the picture. */
export function sizeOf(svg: string): { width: number; height: number } {
  const tag = /<svg[^>]*>/.exec(svg)?.[0] ?? "";
  return { width: Number(attribute(tag, "width")), height: Number(attribute(tag, "height")) };
}

/** Every line of text that is seen. Turned ones are turned by a quarter to the left. */
export function textBoxes(svg: string): TextBox[] {
  const boxes: TextBox[] = [];
  const stack = [{ x: 0, y: 0 }];
  for (const [part, name, content] of svg.matchAll(
    /<\/g>|<(g|text)\b[^>]*>(?:((?:(?!<\/?text|<g\b).)*)<\/text>)?/gs,
  )) {
    const here = stack[stack.length - 1];
    if (part === "</g>") stack.pop();
    const tag = /^<[^>]*>/.exec(part)?.[0] ?? "";
    const [dx = 0, dy = 0] = numbers(tag, "translate");
    if (name === "g") {
      if (!tag.endsWith("/>")) stack.push({ x: here.x + dx, y: here.y + dy });
    } else if (name === "text" && attribute(tag, "opacity") !== "0") {
      boxes.push(...linesOf(tag, content ?? "", here.x + dx, here.y + dy));
    }
  }
  return boxes;
}

function linesOf(tag: string, content: string, x: number, y: number): TextBox[] {
  const size = Number.parseFloat(attribute(tag, "font-size") ?? "11");
  const isBold = Number(attribute(tag, "font-weight") ?? 400) >= 600;
  const align = attribute(tag, "text-anchor") ?? "start";
  const isTurned = numbers(tag, "rotate").length > 0;
  const spans = [...content.matchAll(/<tspan([^>]*)>([^<]*)<\/tspan>/g)];
  const lines =
    spans.length > 0
      ? spans.map(([, rest, text]) => ({ rest, text }))
      : [{ rest: "", text: content }];
  let below = 0;
  return lines
    .filter(({ text }) => text.trim() !== "")
    .map(({ rest, text }) => {
      below += Number(attribute(rest, "dy") ?? 0);
      const width = textWidth(unescaped(text), size, isBold);
      const start = { start: 0, middle: -width / 2, end: -width }[align] ?? 0;
      // Capitals and descenders of the font.
      const [up, down] = [0.72 * size, 0.2 * size];
      if (isTurned)
        return { text, left: x - up, right: x + down, top: y - start - width, bottom: y - start };
      const base = y + below;
      return {
        text,
        left: x + start,
        right: x + start + width,
        top: base - up,
        bottom: base + down,
      };
    });
}

/** Pairs of texts of which one covers part of the other. */
export function overlaps(boxes: readonly TextBox[]): string[] {
  const found: string[] = [];
  for (const [i, a] of boxes.entries())
    for (const b of boxes.slice(i + 1))
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        found.push(`${a.text} | ${b.text}`);
  return found;
}
