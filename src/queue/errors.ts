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

/** What the driver of a database needs to be found. */
export const notInstalled = (packages: string): QueueError =>
  new QueueError(
    "usage",
    "this queue needs two packages that are not installed",
    `Install them: npm install ${packages}`,
  );

export const refused = (shown: string, scheme: string): QueueError =>
  new QueueError(
    "unreachable",
    `${shown} refuses the password, or wants one`,
    `Write ${scheme}//USER:PASSWORD@HOST; special characters in percent notation.`,
  );

export const away = (shown: string, error: unknown, start: string): QueueError => {
  const { code = "", message = "" } = error as NodeJS.ErrnoException;
  return new QueueError(
    "unreachable",
    `${shown} cannot be reached (${code === "" ? message : code})`,
    `Start it there, for example with ${start}, or look at host, port and firewall.`,
  );
};

export const taken = (shown: string, what: string): QueueError =>
  new QueueError(
    "usage",
    `${shown} has ${what} of another project`,
    "Choose another database there.",
  );

export const full = (shown: string): QueueError =>
  new QueueError(
    "unreachable",
    `${shown} is out of memory`,
    "Give it more, or empty the queue: faultline queue drain.",
  );
