// Saving: the one way in which commands write files. Files that belong together are written as drafts, and get their places
// when all of them are on the disk. Where one cannot be written, no draft is left behind.
import { basename, dirname, join } from "node:path";
import type { Sink } from "../export/tableWriter.ts";
import { systemTrouble } from "../store/errors.ts";
import { CommandError, UsageError } from "./errors.ts";
import { EXIT } from "./exitCodes.ts";
import type { Draft, FileStore } from "./world.ts";

/** The system refused to write what a command made. */
export class NotSavedError extends CommandError {
  constructor(path: string, cause: unknown, { what, hint }: SavingWords) {
    const prefix = what === undefined ? "" : `${what}: `;
    super(`${prefix}cannot write ${path}: ${systemTrouble(cause)}`, EXIT.notSaved, hint);
  }
}

/** How people are told that something is not saved. */
export interface SavingWords {
  /** What that means for them, such as `the result is not saved`. */
  readonly what?: string;
  /** What to do about it. */
  readonly hint: string;
}

/** A result that commands write to the folder of --out. */
export const RESULT_WORDS: SavingWords = {
  what: "the result is not saved",
  hint: "Choose another folder with --out DIR.",
};

export class Saving {
  private readonly files: FileStore;
  private readonly folder: string;
  private readonly words: SavingWords;
  /** By the name of the file. */
  private readonly drafts = new Map<string, Draft>();

  /** @param folder where the drafts lie until they are committed */
  constructor(files: FileStore, folder: string, words: SavingWords) {
    this.files = files;
    this.folder = folder;
    this.words = words;
  }

  /** Begins a file. It and what is appended to it throw NotSavedError, as all of the following do. */
  begin(name: string): Sink {
    const path = join(this.folder, name);
    const draft = this.attempt(path, () => this.files.draft(this.folder));
    this.drafts.set(name, draft);
    return { append: (part) => this.attempt(path, () => draft.append(part)) };
  }

  /** A whole file. */
  add(name: string, content: string | Uint8Array): void {
    this.begin(name).append(content);
  }

  /** Gives all files their places in a folder, which is that of the drafts or lies below. */
  commit(folder = this.folder): void {
    const drafts = [...this.drafts].map(([name, draft]) => ({ path: join(folder, name), draft }));
    for (const { path, draft } of drafts) this.attempt(path, () => draft.finish(path));
    for (const { path, draft } of drafts) this.attempt(path, () => draft.commit(path));
    this.drafts.clear();
  }

  /** Takes away all drafts. */
  discard(): void {
    for (const draft of this.drafts.values()) draft.discard();
    this.drafts.clear();
  }

  private attempt<T>(path: string, act: () => T): T {
    try {
      return act();
    } catch (error) {
      this.discard();
      throw new NotSavedError(path, error, this.words);
    }
  }
}

/** Writes one file. @throws NotSavedError */
export function saveFile(
  files: FileStore,
  path: string,
  content: string | Uint8Array,
  words: SavingWords = { hint: "Name another file with --out." },
): void {
  const saving = new Saving(files, dirname(path), words);
  saving.add(basename(path), content);
  saving.commit();
}

/**
 * The format that was asked for, or that the name of the file says.
 * @throws UsageError where it is none of those that the command writes
 */
export function formatOf<F extends string>(
  {
    format: asked,
    out,
  }: { readonly format?: string | undefined; readonly out?: string | undefined },
  formats: readonly F[],
  otherwise: F,
): F {
  if (asked === undefined)
    return formats.find((format) => out?.toLowerCase().endsWith(`.${format}`)) ?? otherwise;
  const format = formats.find((one) => one === asked);
  if (format !== undefined) return format;
  throw new UsageError(`--format: ${JSON.stringify(asked)} is none of ${formats.join(", ")}`);
}
