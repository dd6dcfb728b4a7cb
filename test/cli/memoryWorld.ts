// A world in memory, for tests that run whole commands.
import { main } from "../../src/cli/program.ts";
import type { Draft, FileStore, World } from "../../src/cli/world.ts";
import { FileError, memoryFiles } from "../../src/documents/reading/files.ts";
import type { Disk } from "../../src/store/disk.ts";
import { memoryDisk } from "./memoryDisk.ts";

export interface Setting {
  /** Files that exist, by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether both streams are terminals. */
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** Whether somebody presses Ctrl-C soon after the program begins to listen. */
  readonly interrupt?: boolean;
  /** Writes after which nobody reads the result any more. */
  readonly readsUpTo?: number;
  /** Where stores are; by default a disk that is gone after the command. */
  readonly disk?: Disk;
  /** Why nothing can be written. */
  readonly diskError?: string;
  /** What of writing files fails, and with which code of the system. */
  readonly failure?: {
    readonly on: "draft" | "append" | "finish" | "commit";
    readonly code: string;
  };
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Files that the command wrote, by path. */
  readonly written: Readonly<Record<string, string>>;
  /** Drafts that were begun and neither got a place nor were taken away. */
  readonly left: number;
}

/** Runs `faultline ARGS` and returns all that it did. */
export async function faultline(args: readonly string[], setting: Setting = {}): Promise<Outcome> {
  const { files = {}, env = {}, isTTY = false, columns, interrupt = false } = setting;
  const { readsUpTo = Number.POSITIVE_INFINITY } = setting;
  let writes = 0;
  const written: Record<string, string> = {};
  const drafts = new Set<Draft>();
  const text = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof text) => ({
    write: (more: string) => {
      text[name] += more;
    },
    isTTY,
    columns,
  });
  let time = 0;
  const world: World = {
    args,
    env,
    stdout: {
      ...stream("stdout"),
      write: (more) => {
        if (writes++ < readsUpTo) text.stdout += more;
      },
      get isClosed() {
        return writes > readsUpTo;
      },
    },
    stderr: stream("stderr"),
    sources: () => ({
      ...memoryFiles(files),
      size(path) {
        if (!Object.hasOwn(files, path)) throw new FileError("missing", path);
        return files[path].length;
      },
    }),
    files: memoryStore(setting, written, drafts),
    disk: setting.disk ?? memoryDisk(),
    clock: () => (time += 60),
    leaveSoon: () => {},
    onInterrupt(handler) {
      // Long enough for some replications to be complete, even on a busy machine.
      if (interrupt) setTimeout(handler, 400);
      return () => {};
    },
  };
  const code = await main(world);
  return { code, ...text, written, left: drafts.size };
}

function memoryStore(
  { files = {}, diskError, failure, disk }: Setting,
  written: Record<string, string>,
  drafts: Set<Draft>,
): FileStore {
  const attempt = (on: NonNullable<Setting["failure"]>["on"]) => {
    if (failure?.on === on)
      throw Object.assign(new Error(`${failure.code}: it fails`), { code: failure.code });
  };
  return {
    exists: (path) => Object.hasOwn(files, path) || Object.hasOwn(written, path),
    match: () => [],
    draft() {
      if (diskError !== undefined) throw new Error(diskError);
      attempt("draft");
      let text = "";
      const draft: Draft = {
        append: (more) => {
          attempt("append");
          // Bytes as characters of their own.
          text += typeof more === "string" ? more : Buffer.from(more).toString("latin1");
        },
        finish: (path) => {
          attempt("finish");
          if (disk !== undefined && isFolder(disk, path))
            throw Object.assign(new Error("it is a folder"), { code: "EISDIR" });
        },
        commit: (path) => {
          attempt("commit");
          written[path] = text;
          drafts.delete(draft);
        },
        discard: () => void drafts.delete(draft),
      };
      drafts.add(draft);
      return draft;
    },
  };
}

function isFolder(disk: Disk, path: string): boolean {
  try {
    disk.list(path);
    return true;
  } catch {
    return false;
  }
}

// ---------------------------------------------------------------- scenarios

/** One agent that gets a fifth of its claims wrong. */
export const SINGLE = `
task: { graph: { shape: chain, size: 2 } }
models: { base: { errorRate: 0.2, latency: { distribution: constant, mean: 1 } } }
agents: { worker: {} }
protocol:
  - work: { who: worker }
  - aggregate: { how: first, from: worker }
`;

/** Three such agents that vote. */
export const VOTE = SINGLE.replace("worker: {}", "worker: { count: 3 }").replace(
  "first",
  "majority",
);

/** A worker and an editor who checks what it gets and sends it back. */
export const EDITED = `
task: { graph: { shape: chain, size: 2 } }
models: { base: { errorRate: 0.2, latency: { distribution: constant, mean: 1 } } }
agents:
  editor: { role: orchestrator, checks: { orchestrator: { recall: 0.7 } } }
  worker: { count: 2 }
topology: { preset: star, hub: editor }
protocol:
  - repeat:
      rounds: 3
      until: complete
      phases:
        - assign: { by: editor, to: worker, mode: partition }
        - send: { from: editor, to: worker, what: accepted }
        - work: { who: worker }
        - send: { from: worker, to: editor }
        - check: { by: editor }
  - aggregate: { how: synthesize, by: editor }
`;

export const FILES = {
  "demo-single.yaml": SINGLE,
  "demo-vote.yaml": VOTE,
  "demo-edited.yaml": EDITED,
};

/** Few replications: the commands are tested here, not the numbers. */
export const FEW = ["--replications", "40"];

export const ESCAPE = "\u001b";
