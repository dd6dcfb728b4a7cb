// Memory of an experiment as its replications grow: the largest resident set of a process with two workers.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Largest resident set of a process that runs so many replications, in MB. */
export function residentMegabytes(replications: number): number {
  const script = fileURLToPath(new URL("./longRun.js", import.meta.url));
  return Number(
    execFileSync(process.execPath, [script, String(replications)], { encoding: "utf8" }),
  );
}
