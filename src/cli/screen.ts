// What the screen is like that texts are made for, and notes beside the result.
import type { Colors, Screen } from "../terminal/style.ts";
import { markedColors } from "./safeOutput.ts";
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

/** The screen that the result goes to. */
export function screenOf(world: World): Screen {
  const set = Number(world.env.COLUMNS);
  const width = world.stdout.columns ?? (set > 0 ? set : DEFAULT_WIDTH);
  return { colors: colorsOf(world, world.stdout), width };
}

/** Whether small figures stand beside numbers there. */
export const showsGraphics = ({ stdout, env }: World) => stdout.isTTY && env.TERM !== "dumb";

/** Tells a person something that is not the result. */
export function note(world: World, quiet: boolean, text: string): void {
  if (!quiet) world.stderr.write(`${text}\n`);
}

/** Tells where a result lies. */
export function noteSaved(world: World, quiet: boolean, folder: string): void {
  note(world, quiet, `${colorsOf(world, world.stderr).dim("saved")}   ${folder}/`);
}
