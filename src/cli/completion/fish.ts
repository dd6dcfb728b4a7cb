// The completion script of fish.
import type { Choices, CompletedCommand, CompletedOption } from "./vocabulary.ts";
import { FIRST_OPTIONS } from "./vocabulary.ts";

export function fishScript(commands: readonly CompletedCommand[]): string {
  const first = "__fish_use_subcommand";
  return [
    "# Completion of faultline for fish; made by: faultline completion fish",
    "",
    "complete -c faultline -f",
    ...FIRST_OPTIONS.map((option) => optionLine(first, option)),
    ...commands.map(({ name, brief }) => line(first, `-a ${name}`, brief)),
    line(first, "-a help", "Print the help"),
    ...commands.flatMap(commandLines),
    "",
  ].join("\n");
}

function commandLines({ name, options, operands }: CompletedCommand): string[] {
  const here = `__fish_seen_subcommand_from ${name}`;
  return [
    "",
    ...(operands === undefined ? [] : [line(here, choicesText(operands))]),
    ...options.map((option) => optionLine(here, option)),
  ];
}

function optionLine(when: string, { name, letter, brief, value }: CompletedOption): string {
  const names = `${letter === undefined ? "" : `-s ${letter} `}-l ${name}`;
  const rest = value === undefined ? "" : ` -r ${choicesText(value.choices)}`;
  return line(when, `${names}${rest}`, brief);
}

function choicesText(choices: Choices): string {
  if (choices === "files") return "-F";
  return choices.length === 0 ? "-f" : `-f -a ${quoted(choices.join(" "))}`;
}

function line(when: string, what: string, brief?: string): string {
  const about = brief === undefined ? "" : ` -d ${quoted(brief)}`;
  return `complete -c faultline -n ${quoted(when)} ${what}${about}`;
}

const quoted = (text: string) => `'${text.replace(/[\\']/g, "\\$&")}'`;
