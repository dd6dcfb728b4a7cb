// Command lines to type again: what a shell needs quoted is quoted.
import { escapedInQuotes, isHarmful } from "../documents/checking/visible.ts";
import type { World } from "./world.ts";

/** A command line as one would type it. */
export function commandLine(words: readonly string[]): string {
  return words.map(quoted).join(" ");
}

/** A command of Faultline as it is typed here: with npx, where that is how this one was called. */
export const asTyped = ({ env }: Pick<World, "env">, command: string): string =>
  env.npm_command === "exec" ? `npx ${command}` : command;

function quoted(word: string): string {
  if (word.includes("\n") || isHarmful(word)) {
    const escaped = escapedInQuotes(word.replace(/[\\']/g, "\\$&")).replaceAll("\n", "\\n");
    return `$'${escaped}'`;
  }
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
