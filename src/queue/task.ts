// What workers are asked for. A task is an address: a text that many tasks have in common, and an item of what it says. It never
// holds a result.
import { createHash } from "node:crypto";

export type TaskKind = "cell" | "trial" | "evaluation";

export interface Task {
  readonly kind: TaskKind;
  /** Of the text: its SHA-256. */
  readonly of: string;
  /** Small and plain. */
  readonly item: unknown;
  /** SHA-256 of all that decides the outcome. */
  readonly key: string;
}

/** What came of a task. */
export type Outcome =
  | { readonly result: unknown }
  /** It failed: what went wrong, each in a line. */
  | { readonly messages: readonly string[] }
  /** It is in the store of a folder that submitter and worker share: the one that became a store at this second. */
  | { readonly storedSince: number };

/** Tasks of one text that a worker takes together: to hand over a small one costs as much as to do it. */
export interface Batch extends Pick<Task, "kind" | "of"> {
  readonly tasks: readonly Pick<Task, "item" | "key">[];
}

/** @param size tasks of a batch, an integer >= 1 */
export function batchesOf(tasks: readonly Task[], size: number): Batch[] {
  const batches: { kind: TaskKind; of: string; tasks: Pick<Task, "item" | "key">[] }[] = [];
  for (const { kind, of, item, key } of tasks) {
    const last = batches.at(-1);
    const hasRoom = last !== undefined && last.of === of && last.kind === kind;
    if (hasRoom && last.tasks.length < size) last.tasks.push({ item, key });
    else batches.push({ kind, of, tasks: [{ item, key }] });
  }
  return batches;
}

/** The id of its job: no colon, and not digits alone, as BullMQ asks. */
export function jobId({ of, tasks }: Batch): string {
  const keys = hashOf(tasks.map(({ key }) => key).join());
  return `${of.slice(0, 16)}-${keys.slice(0, 32)}`;
}

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
