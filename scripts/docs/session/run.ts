// Tries pages as a reader would, one after the other, in a process of their own: it changes its folder, which a process
// that does other things must not.
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { stepsOf } from "./page.ts";
import type { Tried } from "./process.ts";

export interface Session {
  run(markdown: string): Promise<Tried>;
  close(): void;
}

const url = (path: string) => new URL(path, import.meta.url);

export function openSession(): Session {
  const hook = url("../../../test/support/packageFromSources.mjs").href;
  const child = fork(fileURLToPath(url("process.ts")), { execArgv: ["--import", hook] });
  const ended = once(child, "exit").then(() => {
    throw new Error("the process in which pages are tried has ended");
  });
  // It ends in the end; that is an error while a page waits for it.
  ended.catch(() => {});
  return {
    async run(markdown) {
      child.send(stepsOf(markdown));
      const [tried] = await Promise.race([once(child, "message"), ended]);
      return tried as Tried;
    },
    close: () => void child.disconnect(),
  };
}
