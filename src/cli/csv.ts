// The outcome of every replication as CSV, written while the experiment runs.
import { OUTCOME_FIELDS } from "../model/outcome.ts";
import type { Draft, FileStore } from "./world.ts";

export class CsvWriter {
  private readonly files: FileStore;
  private readonly folder: string;
  private draft: Draft | undefined;

  /** @param folder where the draft lies until it is committed */
  constructor(files: FileStore, folder: string) {
    this.files = files;
    this.folder = folder;
  }

  /** Adds a replication. `instance`: number of the task instance that it shares with its repeats. */
  append(scenario: string, replication: number, instance: number, outcome: Float64Array): void {
    this.draft ??= this.begin();
    this.draft.append(`${scenario},${replication},${instance},${outcome.join(",")}\n`);
  }

  commit(path: string): void {
    this.draft ??= this.begin();
    this.draft.commit(path);
  }

  discard(): void {
    this.draft?.discard();
  }

  private begin(): Draft {
    const draft = this.files.draft(this.folder);
    draft.append(`${["scenario", "replication", "instance", ...OUTCOME_FIELDS].join(",")}\n`);
    return draft;
  }
}
