// Reads the arguments of a command by the tables of commands and options. Whatever cannot be understood is an error
// that says what was probably meant.
import yargs from "yargs";
import { suggest } from "../documents/checking/suggest.ts";
import type { Command, Invocation } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { UsageError } from "./errors.ts";
import {
  type Flag,
  OPTIONS,
  type OptionName,
  type OptionValues,
  type Valued,
  wordOf,
} from "./options.ts";

/** @throws UsageError when there is no such command or option, or a value is not as it should be */
export function parse(given: readonly string[]): Invocation {
  const args = inFull(given);
  checkOptions(args);
  const { _: words, $0, ...values } = tokenize(args);
  const command = findCommand(words[0]);
  const operands = words.slice(1);
  checkOperands(command, operands, asksForList(command, values));
  checkOptionsOf(command, Object.keys(values));
  return { command, commands: COMMANDS, operands, options: readOptions(command, values) };
}

/** With the names of options in place of their letters, up to `--`. */
function inFull(args: readonly string[]): string[] {
  const end = args.indexOf("--");
  return args.map((arg, i) => {
    const [, letter, rest] = /^-([a-z])(=.*)?$/s.exec(arg) ?? [];
    const name = NAMES.get(letter);
    return name === undefined || (end >= 0 && i > end) ? arg : `--${name}${rest ?? ""}`;
  });
}

/** Names of options by their letters. */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries<Flag | Valued<unknown>>(OPTIONS).flatMap(([name, { short }]) =>
    short === undefined ? [] : [[short, name]],
  ),
);

/** What can be typed for options. */
const WORDS: ReadonlySet<string> = new Set(Object.keys(OPTIONS).map(wordOf));

/** Refuses options that no command has, before the parser makes something of them. */
function checkOptions(args: readonly string[]): void {
  const end = args.indexOf("--");
  for (const arg of end < 0 ? args : args.slice(0, end)) {
    const option = /^--?(?!\d)([^=]+)/.exec(arg);
    if (option === null) continue;
    if (option[0].startsWith("--") && WORDS.has(option[1])) continue;
    const meant = suggest(option[1], [...WORDS, "help", "version"]);
    throw new UsageError(`there is no option ${option[0]}${question(meant && `--${meant}`)}`);
  }
}

type Tokens = Record<string, unknown> & { _: string[] };

function tokenize(args: readonly string[]): Tokens {
  const names = Object.keys(OPTIONS) as OptionName[];
  const parsed = yargs([...args])
    .help(false)
    .version(false)
    .locale("en")
    .exitProcess(false)
    .fail(false)
    .parserConfiguration({
      "boolean-negation": false,
      "camel-case-expansion": false,
      "dot-notation": false,
      "greedy-arrays": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
    })
    .boolean(names.filter((name) => OPTIONS[name].kind === "flag").map(wordOf))
    .string(names.filter((name) => OPTIONS[name].kind !== "flag").map(wordOf))
    .parseSync();
  return parsed as unknown as Tokens;
}

function findCommand(name: string | undefined): Command {
  if (name === undefined) throw new UsageError("no command is given");
  const command = COMMANDS.find((c) => c.name === name);
  if (command !== undefined) return command;
  const renamed = COMMANDS.find(({ formerly }) => formerly === name);
  if (renamed !== undefined)
    throw new UsageError(`the command ${name} is called ${renamed.name} now`);
  const meant = suggest(
    name,
    COMMANDS.map((c) => c.name),
  );
  throw new UsageError(`there is no command ${name}${question(meant)}`);
}

/** Whether a command is only to list what there is. */
function asksForList({ lists }: Command, values: Record<string, unknown>): boolean {
  return lists !== undefined && [values[lists]].flat().at(-1) === "list";
}

function checkOperands(command: Command, operands: readonly string[], isList: boolean): void {
  const { name, operands: wanted } = command;
  if (wanted === "" && operands.length > 0)
    throw new UsageError(`${name} takes no arguments: ${operands[0]} is one`);
  const isOptional = isList || wanted === "" || wanted.startsWith("[");
  if (!isOptional && operands.length === 0) throw new UsageError(`${name} needs ${wanted}`);
  if (operands.includes("")) throw new UsageError(`${name} cannot use an empty ${wanted}`);
  if (!wanted.endsWith("...") && operands.length > 1)
    throw new UsageError(`${name} takes one ${wanted}: ${operands[1]} is one too many`);
}

function checkOptionsOf(command: Command, given: readonly string[]): void {
  const known = command.options.map(wordOf);
  const stranger = given.find((name) => !known.includes(name));
  if (stranger !== undefined) throw new UsageError(`${command.name} has no option --${stranger}`);
}

const question = (meant: string | undefined) => (meant ? `; did you mean ${meant}?` : "");

function readOptions(command: Command, given: Record<string, unknown>): OptionValues {
  const known: readonly string[] = command.options;
  const values = Object.entries(OPTIONS).map(([name, option]) => {
    const typed = known.includes(name) ? given[wordOf(name)] : undefined;
    const texts = [typed ?? []].flat() as string[];
    if (option.kind === "flag") return [name, typed === true];
    const read = texts.map((text) => readValue(name as OptionName, text));
    return [name, option.kind === "list" ? read : read.at(-1)];
  });
  return Object.fromEntries(values) as OptionValues;
}

function readValue(name: OptionName, text: string): unknown {
  const option = OPTIONS[name];
  if (option.kind === "flag") return undefined;
  const word = wordOf(name);
  if (text === "") throw new UsageError(`--${word} needs a value: --${word} ${option.placeholder}`);
  try {
    return option.parse(text);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`--${word}: ${error.message}`);
    throw error;
  }
}
