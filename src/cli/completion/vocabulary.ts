// What a shell can complete, made from the tables of commands and options. The scripts hold all of it, so that completion
// starts no program.
import type { Command } from "../command.ts";
import {
  type Flag,
  OPTIONS,
  type OptionName,
  type Valued,
  type Words,
  wordOf,
} from "../options.ts";

/** What may stand at a place: names of files, or some words. */
export type Choices = "files" | readonly string[];

export interface CompletedOption {
  /** Without its dashes. */
  readonly name: string;
  readonly letter: string | undefined;
  /** In a few words. */
  readonly brief: string;
  /** Undefined for an option without a value. */
  readonly value: { readonly placeholder: string; readonly choices: Choices } | undefined;
  readonly isRepeatable: boolean;
}

export interface CompletedCommand {
  readonly name: string;
  readonly brief: string;
  readonly options: readonly CompletedOption[];
  /** Undefined for a command without operands. */
  readonly operands: Choices | undefined;
  readonly operandName: string;
}

/** What there is to complete of commands and of their options. */
export function vocabulary(commands: readonly Command[]): Promise<readonly CompletedCommand[]> {
  return Promise.all(
    commands.map(async (command) => {
      const { name, summary, operands, operandWords = "files", optionWords = {} } = command;
      const options = await Promise.all(
        command.options.map((option) => completed(option, optionWords[option])),
      );
      return {
        name,
        brief: summary,
        options: [...options, HELP],
        operands: operands === "" ? undefined : await found(operandWords),
        operandName: operands.replace(/[^A-Z]/g, ""),
      };
    }),
  );
}

const HELP: CompletedOption = {
  name: "help",
  letter: undefined,
  brief: "Print the help",
  value: undefined,
  isRepeatable: false,
};

/** What stands where no command stands yet. */
export const FIRST_OPTIONS: readonly CompletedOption[] = [
  HELP,
  { ...HELP, name: "version", brief: "Print the version" },
];

async function completed(name: OptionName, words?: Words): Promise<CompletedOption> {
  const option: Flag | Valued<unknown> = OPTIONS[name];
  const { kind, short: letter, description } = option;
  const isRepeatable = kind === "list";
  const common = { name: wordOf(name), letter, brief: briefly(description), isRepeatable };
  if (option.kind === "flag") return { ...common, value: undefined };
  const choices = await found(words ?? option.words ?? []);
  return { ...common, value: { placeholder: option.placeholder, choices } };
}

const found = async (words: Words): Promise<Choices> =>
  typeof words === "function" ? words() : words;

const LONGEST = 70;

/** The first sentence of a description, without what it has in parentheses. */
function briefly(description: string): string {
  const [sentence] = description.replace(/ \([^)]*\)/g, "").split(/[.;:](?= |$)/);
  if (sentence.length <= LONGEST) return sentence;
  return `${sentence.slice(0, LONGEST).replace(/[ ,]+\S*$/, "")} …`;
}
