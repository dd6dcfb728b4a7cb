// The address of a queue: redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE], or rediss:// over TLS.
import { QueueError } from "./errors.ts";

export interface QueueAddress {
  readonly url: string;
  /** As it may be printed: without a password. */
  readonly shown: string;
}

const SCHEMES = ["redis:", "rediss:"];
const DATABASE = /^\/?$|^\/\d{1,5}$/;

/** @throws QueueError */
export function queueAddress(text: string): QueueAddress {
  const url = parsed(text);
  if (url === undefined)
    throw new QueueError("usage", "the address of the queue is no URL", EXAMPLE);
  const shown = `${url.protocol}//${url.host}${url.pathname === "/" ? "" : url.pathname}`;
  if (!SCHEMES.includes(url.protocol))
    throw new QueueError("usage", `${url.protocol}// is no scheme of a queue`, EXAMPLE);
  if (url.hostname === "") throw new QueueError("usage", `${shown} names no host`, EXAMPLE);
  if (!DATABASE.test(url.pathname))
    throw new QueueError("usage", `${shown}: a database is a number`, EXAMPLE);
  return { url: text, shown };
}

const EXAMPLE = "For example redis://localhost:6379.";

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
