// JSON as it is written for programs and for the curious: characters that act on a terminal stand as escapes in it, so
// that it means the same to a program and does nothing to a terminal.
import { escapedInQuotes } from "../documents/checking/visible.ts";

export const jsonText = (value: unknown) => `${escapedInQuotes(JSON.stringify(value, null, 2))}\n`;

/** The same in one line, without its end. */
export const jsonLine = (value: unknown) => escapedInQuotes(JSON.stringify(value));
