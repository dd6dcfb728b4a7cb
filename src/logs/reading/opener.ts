// What a kind of file is: how it is told from others, and how its records come.
import type { LogRecord, LogSink } from "../format.ts";
import type { Source } from "./source.ts";

export interface Opener {
  /** What people call the kind of file. */
  readonly title: string;
  /** Whether a file is of this kind, by its first bytes; its name may help where these do not tell. */
  opens(source: Source): boolean;
  /** What is in the file, in bounded memory. Never throws for what is wrong in a file: that is a trouble. */
  records(source: Source, trouble: LogSink["trouble"]): AsyncIterable<LogRecord>;
}
