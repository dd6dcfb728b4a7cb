// The command as separate processes, for a file of tests.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, afterEach, beforeAll } from "vitest";
import { bundleExecutable } from "../../scripts/bundle.mjs";
import { newFolder } from "./support.ts";

export interface FaultlineOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The executable of these sources, which starts three times as fast as they do. */
const DIST = join(import.meta.dirname, "..", "artefacts", `queue-${process.pid}`);

/** A process of the command, with what it prints. */
export class Faultline {
  readonly process: ChildProcess;
  stdout = "";
  stderr = "";

  constructor(args: readonly string[], { cwd, env = {} }: FaultlineOptions) {
    this.process = spawn(process.execPath, [join(DIST, "command", "main.js"), ...args], {
      cwd,
      env: { ...process.env, ...env },
    });
    this.process.stdout?.on("data", (text) => (this.stdout += text));
    this.process.stderr?.on("data", (text) => (this.stderr += text));
  }

  /** Exit code; null where a signal ended it. */
  async code(): Promise<number | null> {
    const { exitCode, signalCode } = this.process;
    if (exitCode !== null || signalCode !== null) return exitCode;
    const [code] = await once(this.process, "exit");
    return code as number | null;
  }

  /** Waits until it has printed something. */
  async printed(text: string): Promise<void> {
    while (!this.stderr.includes(text)) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The command for a file of tests: built before them, and its processes ended after each. */
export function useFaultline() {
  const folder = newFolder();
  const running: Faultline[] = [];
  const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const one = new Faultline(args, { cwd: folder.path, env });
    running.push(one);
    return one;
  };

  beforeAll(() => bundleExecutable(relative(process.cwd(), DIST)));
  afterEach(async () => {
    for (const one of running.splice(0)) {
      one.process.kill("SIGKILL");
      await one.code();
    }
  });
  afterAll(() => {
    folder.remove();
    rmSync(DIST, { recursive: true, force: true });
  });

  return {
    start,
    /** Path of a file that they see. */
    path: (name: string) => join(folder.path, name),
    write: (name: string, text: string) => writeFileSync(join(folder.path, name), text),
    read: (name: string) => readFileSync(join(folder.path, name), "utf8"),
    list: (name: string) => readdirSync(join(folder.path, name)),
  };
}
