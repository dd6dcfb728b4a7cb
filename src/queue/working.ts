// A worker of a queue: takes tasks, does them on threads, so that it goes on renewing its locks, and puts down what came of them.
import { setTimeout as pause } from "node:timers/promises";
import { canonicalJson } from "../documents/canonicalJson.ts";
import type { OnProgress } from "../experiment/progress.ts";
import { InputsText } from "../store/record.ts";
import type { Store } from "../store/store.ts";
import type { Board } from "./board.ts";
import type { CellJobResult } from "./cellWorker.ts";
import type { Job } from "./database.ts";
import { kindOf } from "./kinds.ts";
import type { Outcome, Task, TaskKind } from "./task.ts";
import { Threads } from "./threads.ts";

export interface WorkOptions {
  /** Threads, an integer >= 1. */
  readonly jobs: number;
  /** Open to write: where outcomes of cells go. Default: into the queue's database. */
  readonly store?: Store | undefined;
  /** When aborted, tasks under way are brought to their end, and no other is begun. */
  readonly signal: AbortSignal;
  /** Seconds for that. */
  readonly grace: number;
  /** Told after every task. */
  readonly onTask?: ((state: WorkState) => void) | undefined;
}

export interface WorkState {
  readonly done: number;
  readonly failed: number;
}

/** Works until the signal is aborted. */
export async function work(board: Board, options: WorkOptions): Promise<WorkState> {
  const { jobs, signal, grace } = options;
  const workshop = new Workshop(board, options);
  const worker = board.worker((job) => workshop.carryOut(job), jobs + 1);
  try {
    if (!signal.aborted)
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    const closed = worker.close();
    await Promise.race([closed, pause(1000 * grace, undefined, { ref: false })]);
    // Without a connection a task that is not done cannot be called failed: its lock runs out, and another worker is given it.
    board.cutWorkers();
    await workshop.close();
    await Promise.race([closed.catch(() => {}), pause(LINGER, undefined, { ref: false })]);
    return workshop.state;
  } finally {
    await workshop.close();
  }
}

/** Milliseconds for a connection that was cut to be missed. */
const LINGER = 2000;
/** Texts that are kept, of which one is read once. */
const MOST_LOADED = 16;
/** Looks for a text, one per second, before its tasks are given up. */
const LOOKS = 30;
/** Attempts to reach a database, and milliseconds between two. */
const ATTEMPTS = 600;
const BETWEEN = 1000;
/** Milliseconds for which outcomes of small tasks are gathered. */
const GATHERED = 100;

/** Does one task of a text, and answers as threads do. */
type Carrier = (item: unknown, key: string, onProgress: OnProgress) => Promise<unknown>;

class Workshop {
  private readonly board: Board;
  private readonly options: WorkOptions;
  private readonly threads: Threads;
  private readonly loaded = new Map<string, Promise<Carrier>>();
  private readonly told = { done: 0, failed: 0 };
  private isEnding = false;

  constructor(board: Board, options: WorkOptions) {
    this.board = board;
    this.options = options;
    this.threads = new Threads(options.jobs);
  }

  get state(): WorkState {
    return { ...this.told };
  }

  /** Does what is not done yet: at once, or one by one where somebody may have died of one. */
  async carryOut({ batch, isRepeated, report }: Job): Promise<void> {
    const { kind, of, tasks } = batch;
    const known = await persistently(() => this.board.outcomes(tasks.map(({ key }) => key)));
    const open = tasks.filter((_, i) => known[i] === undefined);
    const tell = open.length === 1 ? report : async () => {};
    const outcomes = new Outcomes(this.board);
    const carry = async (task: Pick<Task, "item" | "key">) => {
      const text = await this.outcome({ kind, of, ...task }, tell);
      if (text === undefined) throw new Error("the worker ended before the task did");
      await outcomes.add(task.key, text);
      if (text.startsWith(FAILED)) this.told.failed++;
      else this.told.done++;
      this.options.onTask?.(this.state);
    };
    if (isRepeated) for (const task of open) await carry(task).then(() => outcomes.put());
    else await Promise.all(open.map(carry));
    await outcomes.put();
  }

  async close(): Promise<void> {
    this.isEnding = true;
    await this.threads.close();
  }

  /** The outcome's text; undefined where the worker ends before the task does. */
  private async outcome(
    { kind, of, item, key }: Task,
    report: (share: number) => Promise<void>,
  ): Promise<string | undefined> {
    try {
      const carry = await this.load(kind, of);
      // A report that does not arrive is made up for by the next one.
      const result = await carry(item, key, (share) => void report(share).catch(() => {}));
      if (kind === "cell") return this.kept(result as CellJobResult);
      return canonicalJson({ result: result ?? null } satisfies Outcome);
    } catch (error) {
      if (this.isEnding) return undefined;
      return failure([error instanceof Error ? error.message : String(error)]);
    }
  }

  /** Puts a cell into the folder that is shared, if there is one. */
  private kept(result: CellJobResult): string {
    if ("messages" in result) return failure(result.messages);
    const { store } = this.options;
    if (store === undefined) return `{"result":${result.outcome}}`;
    store.append(InputsText.from(result.inputs), JSON.parse(result.outcome));
    return canonicalJson({ storedSince: store.since } satisfies Outcome);
  }

  private load(kind: TaskKind, of: string): Promise<Carrier> {
    const id = `${kind} ${of}`;
    const known = this.loaded.get(id);
    const made = known ?? this.read(kind, of);
    // The one used last stands last.
    this.loaded.delete(id);
    this.loaded.set(id, made);
    made.catch(() => this.loaded.delete(id));
    const [oldest] = this.loaded.keys();
    if (this.loaded.size > MOST_LOADED) this.loaded.delete(oldest);
    return made;
  }

  /** Waits for a text that the database has lost: the submitter puts it in again. */
  private async read(name: TaskKind, of: string): Promise<Carrier> {
    const kind = kindOf(name);
    for (let look = 0; look < LOOKS && !this.isEnding; look++) {
      const text = await persistently(() => this.board.text(of));
      if (text === undefined) {
        await pause(1000);
        continue;
      }
      const { data, id, jobOf } = await kind.load(text, {
        isStored: this.options.store !== undefined,
      });
      const run = this.threads.of(kind, data, `${name} ${id}`);
      return (item, key, onProgress) => run(jobOf(item, key), onProgress);
    }
    throw new Error("what the task is of is gone, and nobody waits for it: submit it again");
  }
}

/** Tries again until it succeeds: a database that is away or full is so for a while. */
async function persistently<T>(act: () => Promise<T>): Promise<T> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++)
    try {
      return await act();
    } catch {
      await pause(BETWEEN, undefined, { ref: false });
    }
  return act();
}

/** Outcomes of a batch, put down some at a time. */
class Outcomes {
  private readonly board: Board;
  private gathered: { key: string; text: string }[] = [];
  private putAt = performance.now();

  constructor(board: Board) {
    this.board = board;
  }

  async add(key: string, text: string): Promise<void> {
    this.gathered.push({ key, text });
    if (performance.now() - this.putAt > GATHERED) await this.put();
  }

  async put(): Promise<void> {
    const outcomes = this.gathered;
    this.gathered = [];
    this.putAt = performance.now();
    if (outcomes.length > 0) await persistently(() => this.board.putOutcomes(outcomes));
  }
}

const failure = (messages: readonly string[]): string =>
  canonicalJson({ messages } satisfies Outcome);
const FAILED = '{"messages":';
