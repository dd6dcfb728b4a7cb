// The address of a queue: redis://[USER:PASSWORD@]HOST[:PORT][/NUMBER], rediss:// over TLS, or postgres://…/DATABASE.
import { QueueError } from "./errors.ts";

export interface QueueAddress {
  readonly url: string;
  readonly database: "redis" | "postgres";
  /** As it may be printed: without a password. */
  readonly shown: string;
}

const DATABASES: Readonly<Record<string, QueueAddress["database"]>> = {
  "redis:": "redis",
  "rediss:": "redis",
  "postgres:": "postgres",
  "postgresql:": "postgres",
};
const NUMBER = /^\/?$|^\/\d{1,5}$/;
const NAME = /^\/[^/]+$/;

/** @throws QueueError */
export function queueAddress(text: string): QueueAddress {
  const url = parsed(text);
  if (url === undefined)
    throw new QueueError("usage", "the address of the queue is no URL", EXAMPLE);
  const { protocol, host, hostname, pathname } = url;
  const shown = `${protocol}//${host}${pathname === "/" ? "" : pathname}`;
  const database = DATABASES[protocol];
  if (database === undefined)
    throw new QueueError("usage", `${protocol}// is no scheme of a queue`, EXAMPLE);
  if (hostname === "") throw new QueueError("usage", `${shown} names no host`, EXAMPLE);
  if (database === "redis" && !NUMBER.test(pathname))
    throw new QueueError("usage", `${shown}: a database of Redis is a number`, EXAMPLE);
  if (database === "postgres" && !NAME.test(pathname))
    throw new QueueError("usage", `${shown} names no database`, EXAMPLE);
  return { url: text, database, shown };
}

const EXAMPLE = "For example redis://localhost:6379, or postgres://localhost/faultline.";

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
