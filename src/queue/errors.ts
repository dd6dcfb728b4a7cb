// What goes wrong with queues, in words for people.

export type QueueTrouble =
  /** It was asked for in a way that cannot be. */
  | "usage"
  /** It cannot be reached, or refuses us. */
  | "unreachable"
  /** It is of another engine. */
  | "engine";

export class QueueError extends Error {
  readonly trouble: QueueTrouble;
  /** What to do about it. */
  readonly hint: string | undefined;

  constructor(trouble: QueueTrouble, message: string, hint?: string) {
    super(message);
    this.trouble = trouble;
    this.hint = hint;
  }
}

/** What a database says when we first speak to it, in our words. */
export function connectionError(shown: string, error: unknown): QueueError {
  const { code = "", message = "" } = error as NodeJS.ErrnoException;
  if (/NOAUTH|WRONGPASS|invalid username-password|AUTH/i.test(message))
    return new QueueError(
      "unreachable",
      `${shown} refuses the password, or wants one`,
      "Write redis://USER:PASSWORD@HOST:PORT; special characters in percent notation.",
    );
  const why = code === "" ? message : `${code}`;
  return new QueueError(
    "unreachable",
    `${shown} cannot be reached (${why})`,
    "Start it there, for example with redis-server, or look at host, port and firewall.",
  );
}
