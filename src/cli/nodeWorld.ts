// The real world: this process, its streams and its disk.
import { closeSync, existsSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { nodeFiles } from "../documents/reading/nodeFiles.ts";
import { makeFolders, nodeDisk } from "../store/disk.ts";
import { EXIT } from "./exitCodes.ts";
import { matchingPaths } from "./matchingPaths.ts";
import type { Draft, FileStore, Output, World } from "./world.ts";

/** Milliseconds for what is left to end by itself. */
const PATIENCE = 1000;

/** What asks a process to end: Ctrl-C, or a supervisor. */
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

export function nodeWorld(): World {
  return {
    args: process.argv.slice(2),
    env: process.env,
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    sources: (scenario) => nodeFiles(scenario),
    files: diskStore,
    disk: nodeDisk,
    clock: () => performance.now(),
    leaveSoon: () => void setTimeout(() => process.exit(), PATIENCE).unref(),
    onInterrupt(handler) {
      const stopListening = () => {
        for (const signal of SIGNALS) process.off(signal, onFirst);
      };
      // Once only: the second signal finds no listener, and the system ends the process.
      const onFirst = () => {
        stopListening();
        handler();
      };
      for (const signal of SIGNALS) process.on(signal, onFirst);
      return stopListening;
    },
  };
}

/** A stream whose reader may leave early, as `head` does: what is written after that goes nowhere. */
export function output(stream: NodeJS.WriteStream): Output {
  let hasReader = true;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    hasReader = false;
    if (error.code === "EPIPE") return;
    process.stderr.write(`faultline: cannot write: ${error.message}\n`);
    process.exit(EXIT.notSaved);
  });
  return {
    write: (text) => {
      if (hasReader) stream.write(text);
    },
    isTTY: stream.isTTY === true,
    get isClosed() {
      return !hasReader;
    },
    get columns() {
      // Some terminals say 0 for unknown.
      return stream.columns || undefined;
    },
  };
}

const diskStore: FileStore = {
  exists: existsSync,
  match: matchingPaths,
  draft(folder) {
    makeFolders(folder);
    return new DiskDraft(folder);
  },
};

/** Characters that are gathered before they go to the disk. */
const BUFFER = 1 << 16;

class DiskDraft implements Draft {
  private static drafts = 0;
  private readonly path: string;
  /** Undefined once the file is closed. */
  private descriptor: number | undefined;
  private pending = "";

  constructor(folder: string) {
    this.path = join(folder, `.faultline-${process.pid}-${DiskDraft.drafts++}.tmp`);
    this.descriptor = openSync(this.path, "w");
  }

  append(part: string | Uint8Array): void {
    if (typeof part === "string") {
      this.pending += part;
      if (this.pending.length >= BUFFER) this.flush();
    } else {
      this.flush();
      this.write(part);
    }
  }

  finish(path: string): void {
    this.flush();
    this.close();
    makeFolders(dirname(path));
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
      throw Object.assign(new Error(`${path} is a folder`), { code: "EISDIR" });
  }

  commit(path: string): void {
    renameSync(this.path, path);
  }

  discard(): void {
    this.close();
    rmSync(this.path, { force: true });
  }

  private close(): void {
    if (this.descriptor === undefined) return;
    const { descriptor } = this;
    this.descriptor = undefined;
    closeSync(descriptor);
  }

  private flush(): void {
    this.write(Buffer.from(this.pending));
    this.pending = "";
  }

  private write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; )
      done += writeSync(this.descriptor as number, bytes, done);
  }
}
