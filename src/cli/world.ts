// The world: everything outside the program that a command can touch. Tests give it another one and so run whole
// commands in memory.

import type { SourceFiles } from "../documents/reading/files.ts";
import type { Disk } from "../store/disk.ts";

export interface World {
  /** Arguments after the name of the program. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results: data that another program could read. */
  readonly stdout: Output;
  /** Everything else: problems, notes, progress. */
  readonly stderr: Output;
  /** Access to a scenario file and to what it extends. */
  sources(scenario: string): SourceFiles;
  readonly files: FileStore;
  /** Where stores are. */
  readonly disk: Disk;
  /** Milliseconds from some fixed moment; only for telling people how long something takes. */
  clock(): number;
  /** Calls the handler at the first Ctrl-C (or SIGTERM); a second one ends the program. Returns how to stop listening. */
  onInterrupt(handler: () => void): () => void;
  /** Ends the program soon after the command, even if a library still waits for something. */
  leaveSoon(): void;
}

export interface Output {
  /**
   * Text for people, which is made harmless on its way (`screen.ts`); `bytes` go as they are: data for another program,
   * and what moves the cursor.
   */
  write(text: string, as?: "bytes"): void;
  readonly isTTY: boolean;
  /** Whether nobody reads it any more, so that what is written goes nowhere. */
  readonly isClosed?: boolean;
  /** Width in characters, where it is a terminal. */
  readonly columns?: number | undefined;
}

/** Files that commands write. Paths are relative to the folder that the program was started in. */
export interface FileStore {
  exists(path: string): boolean;
  /**
   * Paths that a pattern with `*` matches, in order; a pattern that begins with `scenarios/` and matches nothing here is
   * one of scenarios that ship with Faultline.
   */
  match(pattern: string): readonly string[];
  /** Begins a file somewhere in `folder`; it is nowhere to be seen until it is committed. */
  draft(folder: string): Draft;
}

/** A file in the making; see `Saving`. Every operation may throw what the system says, with its `code`. */
export interface Draft {
  append(part: string | Uint8Array): void;
  /** Puts all that was appended on the disk, and makes sure that a file can be where it is to be. */
  finish(path: string): void;
  /** Gives a finished draft its place; what was there is replaced. */
  commit(path: string): void;
  /** Takes the draft away, whatever became of it so far. */
  discard(): void;
}
