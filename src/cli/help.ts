// The help, written from the tables of commands and options.
import type { Colors } from "../terminal/style.ts";
import { wrap } from "../wording/text.ts";
import type { Command } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { EXIT, EXIT_MEANINGS } from "./exitCodes.ts";
import { type Flag, OPTIONS, type OptionName, type Valued, wordOf } from "./options.ts";

/** Longest line that is easy to read. */
const MAX_WIDTH = 100;

/** Help of the program as a whole. */
export function programHelp(colors: Colors, columns = MAX_WIDTH): string {
  const width = Math.min(columns, MAX_WIDTH);
  const rows = COMMANDS.map((c): Row => [`${c.name} ${c.operands}`.trimEnd(), c.summary]);
  return page([
    ...wrap(
      "Faultline simulates how errors spread in teams of LLM agents, without calling a model.",
      width,
    ),
    "",
    usage(colors, "faultline COMMAND ..."),
    "",
    colors.bold("Commands"),
    ...table(rows, width, colors.cyan),
    "",
    colors.bold("Options"),
    ...table([HELP, ["--version", "Print the version."]], width, colors.cyan),
    "",
    colors.bold("Exit codes"),
    ...table(
      Object.entries(EXIT_MEANINGS).map(
        ([name, meaning]): Row => [String(EXIT[name as keyof typeof EXIT]), meaning],
      ),
      width,
    ),
    "",
    colors.bold("Examples"),
    ...table(
      [
        ["faultline init my-team", "Write a first scenario"],
        ["faultline run my-team.yaml", "Run it"],
        ["faultline compare --help", "Tell more about a command"],
      ],
      width,
    ),
  ]);
}

/** Help of one command. */
export function commandHelp(command: Command, colors: Colors, columns = MAX_WIDTH): string {
  const width = Math.min(columns, MAX_WIDTH);
  const options = command.options.map((name): Row => [optionText(name), OPTIONS[name].description]);
  const examples = Object.entries(command.examples);
  return page([
    usage(colors, `faultline ${command.name} ${command.operands}`.trimEnd()),
    "",
    ...wrap(command.description, width),
    "",
    colors.bold("Options"),
    ...table([...options, HELP], width, colors.cyan),
    "",
    colors.bold(examples.length > 1 ? "Examples" : "Example"),
    ...examples.flatMap(([typed, does]) => [colors.dim(`  # ${does}`), `  ${typed}`]),
  ]);
}

type Row = readonly [left: string, right: string];

const HELP: Row = ["--help", "Print this help."];

const page = (lines: readonly string[]) => `${lines.join("\n")}\n`;

const usage = (colors: Colors, text: string) => `${colors.bold("Usage:")} ${text}`;

function optionText(name: OptionName): string {
  const option: Flag | Valued<unknown> = OPTIONS[name];
  const [long, short] = [`--${wordOf(name)}`, option.short && `-${option.short}`].map(
    (text) => text && (option.kind === "flag" ? text : `${text} ${option.placeholder}`),
  );
  return short === undefined ? `${long}` : `${long}, ${short}`;
}

/** Two columns, the right one wrapped. */
function table(
  rows: readonly Row[],
  width: number,
  paint: (text: string) => string = (text) => text,
): string[] {
  const left = Math.max(...rows.map(([text]) => text.length));
  return rows.flatMap(([name, text]) =>
    wrap(text, width - left - 4).map(
      (line, i) => `  ${paint((i === 0 ? name : "").padEnd(left))}  ${line}`,
    ),
  );
}
