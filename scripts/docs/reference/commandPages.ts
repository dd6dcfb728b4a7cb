// The pages docs/reference/commands.md and exit-codes.md, from the tables of commands, options and exit codes.
import type { Command } from "../../../src/cli/command.ts";
import { COMMANDS } from "../../../src/cli/commands.ts";
import { EXIT, EXIT_MEANINGS } from "../../../src/cli/exitCodes.ts";
import {
  type Flag,
  OPTIONS,
  type OptionName,
  type Valued,
  wordOf,
} from "../../../src/cli/options.ts";
import { wordTable } from "../places.ts";
import { pageFrom } from "./page.ts";

export function commandsPage(): string {
  return pageFrom("src/cli/commands.md", {
    "table commands": wordTable(
      ["Command", "What it does"],
      COMMANDS.map(({ name, summary }) => [`[\`${name}\`](#${name})`, `${summary}.`]),
    ),
    commands: COMMANDS.map(commandSection).join("\n\n"),
  });
}

export function exitCodesPage(): string {
  const codes = Object.entries(EXIT_MEANINGS).map(([name, meaning]) => [
    `code ${name}`,
    `\`${EXIT[name as keyof typeof EXIT]}\` | ${meaning}.`,
  ]);
  return pageFrom("src/cli/exitCodes.md", Object.fromEntries(codes));
}

function commandSection(command: Command): string {
  const { name, operands, description, options, examples, formerly } = command;
  const usage = ["faultline", name, operands, options.length > 0 && "[OPTIONS]"]
    .filter(Boolean)
    .join(" ");
  return [
    `## ${name}`,
    `\`\`\`text\n${usage}\n\`\`\``,
    description,
    ...(formerly === undefined ? [] : [`It was called \`${formerly}\` in earlier versions.`]),
    ...(options.length === 0 ? [] : [wordTable(["Option", "Meaning"], options.map(optionRow))]),
    wordTable(
      ["Example", "What it does"],
      Object.entries(examples).map(([typed, does]) => [`\`${typed}\``, `${does}.`]),
    ),
  ].join("\n\n");
}

function optionRow(name: OptionName): [string, string] {
  const option: Flag | Valued<unknown> = OPTIONS[name];
  const value = option.kind === "flag" ? "" : ` ${option.placeholder}`;
  const short = option.short === undefined ? "" : `, \`-${option.short}${value}\``;
  return [`\`--${wordOf(name)}${value}\`${short}`, option.description];
}
