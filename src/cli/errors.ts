// Errors that a user can mend: each has a message, a hint what to do, and an exit code.
import { suggest } from "../documents/checking/suggest.ts";
import { EXIT, type ExitCode } from "./exitCodes.ts";

export class CommandError extends Error {
  readonly exitCode: ExitCode;
  /** What to do about it. */
  readonly hint: string | undefined;

  constructor(message: string, exitCode: ExitCode, hint?: string) {
    super(message);
    this.exitCode = exitCode;
    this.hint = hint;
  }
}

/** The command was called in a way that it does not understand. */
export class UsageError extends CommandError {
  constructor(message: string, hint?: string) {
    super(message, EXIT.usage, hint);
  }
}

/** The work was ended by Ctrl-C before there was anything to tell. */
export class Interrupted extends CommandError {
  constructor() {
    super("interrupted", EXIT.interrupted);
  }
}

/** The files to be run have problems; the message tells all of them, ready to print. */
export class InvalidScenarioError extends CommandError {
  constructor(problems: string) {
    super(problems, EXIT.invalidScenario);
  }
}

/** What may be meant by a word that is none of the names, as the end of a message; empty where nothing is near. */
export function near(word: string, names: readonly string[]): string {
  const meant = suggest(word, names);
  return meant === undefined ? "" : `; did you mean ${meant}?`;
}
