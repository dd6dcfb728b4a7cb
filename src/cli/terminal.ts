// What the terminal is like: colors, width.
import type { Colors } from "../terminal/style.ts";
import { markedColors } from "./screen.ts";
import type { Output, World } from "./world.ts";

/**
 * Colors for a stream: on in a terminal, unless --no-color or NO_COLOR (no-color.org) says no; FORCE_COLOR says yes
 * where there is no terminal.
 */
export function colorsOf(world: World, output: Output): Colors {
  const { NO_COLOR, FORCE_COLOR, TERM } = world.env;
  if (world.args.includes("--no-color") || NO_COLOR) return markedColors(false);
  if (FORCE_COLOR) return markedColors(FORCE_COLOR !== "0");
  return markedColors(output.isTTY && TERM !== "dumb");
}

/** Width of tables where no terminal says how wide it is. */
const DEFAULT_WIDTH = 120;

export function widthOf(world: World): number {
  const set = Number(world.env.COLUMNS);
  return world.stdout.columns ?? (set > 0 ? set : DEFAULT_WIDTH);
}

/** Tells a person something that is not the result. */
export function note(world: World, quiet: boolean, text: string): void {
  if (!quiet) world.stderr.write(`${text}\n`);
}
