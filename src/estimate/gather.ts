// Which of the runs that are read are kept to estimate from, in bounded memory: a random sample of tasks, each with its runs, the same
// in whatever order the runs come, and exact totals of all.
import type { LoggedRun } from "../logs/run.ts";
import { hash32 } from "../numerics/draws.ts";

/** Turns that are kept unless somebody says otherwise: some 20 MB. Estimates rest on fewer judged steps than that. */
const MOST_TURNS = 40_000;
/** So many tasks find room at least, so that their spread is seen: of one that is larger than its share, a random sample of its runs. */
const FEWEST_TASKS = 16;
/** Turns that a share has at least, if there is room for so many. */
const SMALLEST_SHARE = 64;
/** How much more is kept for a while, so that runs are dropped rarely and many at a time. */
const SLACK = 1.25;

/** Sums over all runs that were read, kept or not. */
export interface Totals {
  readonly runs: number;
  readonly turns: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly dollars: number;
  /** Turns whose call failed in the end. */
  readonly failures: number;
  readonly toolCalls: number;
  /** Calls of tools that failed. */
  readonly toolErrors: number;
}

/** What has a name, and by its hash a place in a random order that does not depend on when it came. */
interface Keyed {
  readonly key: number;
  readonly name: string;
}

interface KeptRun extends Keyed {
  readonly run: LoggedRun;
}

interface Task extends Keyed {
  runs: KeptRun[];
  /** What its runs take, those that were dropped as well. */
  turns: number;
  /** If the task is larger than its share: runs from here on find no room. */
  end?: Keyed;
}

const NONE: Totals = {
  runs: 0,
  turns: 0,
  inputTokens: 0,
  outputTokens: 0,
  dollars: 0,
  failures: 0,
  toolCalls: 0,
  toolErrors: 0,
};

export class Gatherer {
  /** Of all runs so far. */
  totals: Totals = NONE;
  private readonly mostTurns: number;
  private readonly fewestTasks: number;
  private readonly tasks = new Map<string, Task>();
  private keptTurns = 0;
  private allTurns = 0;
  /** Tasks from here on find no room. */
  private end: Keyed | undefined;

  /** @param mostTurns turns of the runs that are kept, at least 1; a run without turns counts as one */
  constructor(mostTurns = MOST_TURNS) {
    if (!(mostTurns >= 1)) throw new RangeError(`Most turns ${mostTurns}: must be at least 1`);
    this.mostTurns = mostTurns;
    this.fewestTasks = Math.max(1, Math.min(FEWEST_TASKS, Math.floor(mostTurns / SMALLEST_SHARE)));
  }

  take(run: LoggedRun): void {
    this.totals = withRun(this.totals, run);
    this.allTurns += sizeOf(run);
    const name = taskOf(run);
    const task = this.tasks.get(name) ?? { ...keyed(name), runs: [], turns: 0 };
    if (!isBefore(task, this.end)) return;
    this.tasks.set(name, task);
    task.turns += sizeOf(run);
    const kept = { ...keyed(run.id), run };
    if (!isBefore(kept, task.end)) return;
    task.runs.push(kept);
    this.keptTurns += sizeOf(run);
    if (this.keptTurns > SLACK * this.mostTurns) this.drop();
  }

  /** The runs that are kept, in an order of their own. */
  runs(): LoggedRun[] {
    this.drop();
    return [...this.tasks.values()].flatMap(({ runs }) => runs.map(({ run }) => run)).sort(byTask);
  }

  /**
   * Keeps the tasks with the smallest keys, as far as there is room for them or for their shares. Up to `fewestTasks` all find room;
   * beyond, shares stay as they are and tasks only grow, so what is dropped once would not find room later either.
   */
  private drop(): void {
    if (this.allTurns <= this.mostTurns) return;
    const share = this.mostTurns / Math.min(this.fewestTasks, this.tasks.size);
    let turns = 0;
    for (const task of [...this.tasks.values()].sort(byKey)) {
      turns += Math.min(task.turns, share);
      if (turns > this.mostTurns + ROUNDING) {
        this.tasks.delete(task.name);
        if (isBefore(task, this.end)) this.end = task;
      } else if (task.turns > share) dropWithin(task, share);
    }
    const kept = [...this.tasks.values()].flatMap(({ runs }) => runs);
    this.keptTurns = kept.reduce((sum, { run }) => sum + sizeOf(run), 0);
  }
}

/** Turns that sums of shares may be off by. */
const ROUNDING = 1e-3;

/** Keeps the runs with the smallest keys of a task, and at least one. */
function dropWithin(task: Task, share: number): void {
  task.runs.sort(byKey);
  let turns = 0;
  const kept = task.runs.findIndex(({ run }, i) => {
    turns += sizeOf(run);
    return i > 0 && turns > share;
  });
  if (kept < 0) return;
  task.end = task.runs[kept];
  task.runs = task.runs.slice(0, kept);
}

/** Name of the task of a run, which is its own task where the log names none. */
export const taskOf = ({ id, task }: LoggedRun): string =>
  task === undefined ? `run ${id}` : `task ${task}`;

/** The order in which all estimates go through runs: by task and id. */
export const byTask = (a: LoggedRun, b: LoggedRun): number =>
  inOrder(taskOf(a), taskOf(b)) || inOrder(a.id, b.id);

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const keyed = (name: string): Keyed => ({ key: hash32(name), name });

const byKey = (a: Keyed, b: Keyed): number => a.key - b.key || inOrder(a.name, b.name);

const isBefore = (one: Keyed, end: Keyed | undefined): boolean =>
  end === undefined || byKey(one, end) < 0;

const sizeOf = ({ turns }: LoggedRun): number => Math.max(1, turns.length);

function withRun(totals: Totals, { turns, dollars }: LoggedRun): Totals {
  const sum = (of: (turn: LoggedRun["turns"][number]) => number) =>
    turns.reduce((all, turn) => all + of(turn), 0);
  return {
    runs: totals.runs + 1,
    turns: totals.turns + turns.length,
    inputTokens: totals.inputTokens + sum(({ inputTokens = 0 }) => inputTokens),
    outputTokens: totals.outputTokens + sum(({ outputTokens = 0 }) => outputTokens),
    dollars: totals.dollars + (dollars ?? sum(({ dollars: own = 0 }) => own)),
    failures: totals.failures + sum(({ failure }) => (failure === undefined ? 0 : 1)),
    toolCalls: totals.toolCalls + sum(({ tools }) => tools.length),
    toolErrors:
      totals.toolErrors + sum(({ tools }) => tools.filter(({ hasFailed }) => hasFailed).length),
  };
}
