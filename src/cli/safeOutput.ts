// Output for people passes here: control characters from files, arguments and names are shown and cannot act on the
// terminal. Our own colors carry marks, which tell them from such characters.

import { visibleLines } from "../documents/checking/visible.ts";
import { type Colors, colorsIf } from "../terminal/style.ts";
import type { Output } from "./world.ts";

const ESCAPE = "\u001b";
/** Stands for the escape of a color until it is written: no character that a text has, and shown where one has it. */
const MARK = "\ufdd0";
const MARKED_COLOR = new RegExp(`${MARK}(\\[\\d{1,3}m)`, "g");

/** The stream with everything made harmless but bytes that are meant for programs. */
export function safeOutput(output: Output): Output {
  return {
    write: (text, as) => output.write(as === "bytes" ? text : onScreen(text)),
    isTTY: output.isTTY,
    get isClosed() {
      return output.isClosed ?? false;
    },
    get columns() {
      return output.columns;
    },
  };
}

function onScreen(text: string): string {
  const parts = text.split(MARKED_COLOR);
  // Every second part is a color.
  return parts.map((part, i) => (i % 2 === 1 ? ESCAPE + part : visibleLines(part))).join("");
}

/** Colors for texts that are written to a screen. */
export function markedColors(wanted: boolean): Colors {
  const colors = colorsIf(wanted);
  if (!wanted) return colors;
  const marked = Object.entries(colors).map(([name, paint]) => [
    name,
    typeof paint === "function" ? markedBy(paint as Colors["bold"]) : paint,
  ]);
  return Object.fromEntries(marked) as Colors;
}

/** A color inside of another is a mark already, which the outer one has to find again. */
function markedBy(paint: Colors["bold"]): Colors["bold"] {
  return (text) => paint(onScreen(String(text))).replaceAll(ESCAPE, MARK);
}
