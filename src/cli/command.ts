// What a command is: its entry in the table of commands, the way it is called, and what handles the call.
import type { ExitCode } from "./exitCodes.ts";
import type { OptionName, OptionValues, Words } from "./options.ts";
import type { World } from "./world.ts";

/** A command as it was called. */
export interface Invocation {
  readonly command: Command;
  /** All commands, for the one that tells of them. */
  readonly commands: readonly Command[];
  /** Arguments that are no options. */
  readonly operands: readonly string[];
  readonly options: OptionValues;
}

export type Handler = (world: World, invocation: Invocation) => ExitCode | Promise<ExitCode>;

export interface Command {
  readonly name: string;
  /** What it was called in earlier versions. */
  readonly formerly?: string;
  /** What its operands are called in the help; with `...` there may be many. */
  readonly operands: string;
  /** The words that an operand can be; by default files. */
  readonly operandWords?: Words;
  /** The words of an option where this command takes only some of them. */
  readonly optionWords?: Readonly<Partial<Record<OptionName, Words>>>;
  /** The option whose word `list` lists what there is; it needs no operand. */
  readonly lists?: OptionName;
  readonly summary: string;
  readonly description: string;
  readonly options: readonly OptionName[];
  /** What to type, and what that does. */
  readonly examples: Readonly<Record<string, string>>;
  load(): Promise<{ readonly handle: Handler }>;
}
