// Tries pages as a reader would, one after the other, in a process of their own: it changes its folder, which a process
// that does other things must not.
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { stepsOf } from "./page.ts";
import type { Outcome } from "./process.ts";

export interface Session {
  /** What the commands of a page did, in the order of its steps; undefined for a step that is no command. */
  run(markdown: string): Promise<(Outcome | undefined)[]>;
  close(): void;
}

const url = (path: string) => new URL(path, import.meta.url);

export function openSession(): Session {
  const register = url("../../typescript/register.mjs").href;
  const child = fork(fileURLToPath(url("process.ts")), { execArgv: ["--import", register] });
  const ended = once(child, "exit").then(() => {
    throw new Error("the process in which pages are tried has ended");
  });
  // It ends in the end; that is an error while a page waits for it.
  ended.catch(() => {});
  return {
    async run(markdown) {
      child.send(stepsOf(markdown));
      const [outcomes] = await Promise.race([once(child, "message"), ended]);
      return (outcomes as (Outcome | null)[]).map((outcome) => outcome ?? undefined);
    },
    close: () => void child.disconnect(),
  };
}
