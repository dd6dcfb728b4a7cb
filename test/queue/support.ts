// A Redis of one's own, and faultline as separate processes.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");

/** Whether this machine has a redis-server. CI installs one. */
export const hasRedis = (() => {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { readonly port: number };
  server.close();
  await once(server, "close");
  return port;
}

export class RedisServer {
  readonly port: number;
  private process: ChildProcess | undefined;
  private readonly settings: readonly string[];

  private constructor(port: number, settings: readonly string[]) {
    this.port = port;
    this.settings = settings;
  }

  static async start(...settings: string[]): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), settings);
    await server.begin();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Without persistence: whatever it held is gone after `end`. */
  async begin(): Promise<void> {
    const fixed = [
      "--port",
      `${this.port}`,
      "--bind",
      "127.0.0.1",
      "--save",
      "",
      "--dir",
      tmpdir(),
    ];
    this.process = spawn("redis-server", [...fixed, ...this.settings]);
    for await (const text of this.process.stdout ?? [])
      if (String(text).includes("Ready to accept connections")) break;
  }

  async end(): Promise<void> {
    this.process?.kill("SIGKILL");
    if (this.process?.exitCode === null) await once(this.process, "exit");
  }
}

/** A process of the command, with what it prints. */
export class Faultline {
  readonly process: ChildProcess;
  stdout = "";
  stderr = "";

  constructor(args: readonly string[], cwd: string) {
    const register = join(ROOT, "scripts", "typescript", "register.mjs");
    const main = join(ROOT, "src", "cli", "main.ts");
    this.process = spawn(process.execPath, ["--import", register, main, ...args], { cwd });
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

export function newFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "faultline-queue-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
