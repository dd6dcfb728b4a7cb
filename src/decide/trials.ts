// Trials: the one way in which decisions ask the simulator. A trial is a scenario under a seed, on a number of task instances; it
// answers with one number per metric. Trials of the same seed share their random numbers, so that their differences are paired,
// whatever the scenarios are. A trial that a store has is not run again: so a decision that was interrupted goes on.
import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { canonicalJson } from "../documents/canonicalJson.ts";
import { moduleBeside } from "../experiment/moduleBeside.ts";
import { openPool, type Pool } from "../experiment/pool.ts";
import { isLarge } from "../scenario/checking/size.ts";
import { repeatsOf } from "../scenario/compiling/compile.ts";
import { decisive } from "../scenario/decisive.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { Store } from "../store/store.ts";
import type { TrialJob, TrialValues } from "./trialWorker.ts";

export type { TrialValues } from "./trialWorker.ts";

export interface Trial {
  /** Its uncertain numbers count by their values alone: draws of them are scenarios of their own. */
  readonly scenario: Scenario;
  readonly seed: string;
  /** Task instances, an integer >= 1; of a stream, replications. Multiples of 32 are whole nets. */
  readonly instances: number;
}

export type TrialPool = Pool<TrialJob, TrialValues>;

export interface TrialsOptions {
  /** Names of the metrics whose values a trial answers with, in this order. None that needs a baseline. */
  readonly metrics: readonly string[];
  /** Threads; the values are the same for any number. Default: one per core. */
  readonly jobs?: number | undefined;
  /** Scenarios that will run, as far as they are known: large ones are kept out of this thread. */
  readonly scenarios?: readonly Scenario[];
  /** Open to write: trials that it has are not run again. */
  readonly store?: Store | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Pool that runs the trials. It is closed with them. Default: threads of this process. */
  readonly pool?: TrialPool | undefined;
  /** Called after every trial with what was asked for so far. */
  readonly onTrial?: ((spent: Spent) => void) | undefined;
}

/** What was asked for so far, whether it was run or found in the store. */
export interface Spent {
  readonly trials: number;
  /** Replications of all trials. */
  readonly replications: number;
  /** Trials that the store had. */
  readonly found: number;
}

/** Milliseconds of work before threads are started: a small decision is done by then. */
const PATIENCE = 150;

/** Whether a metric compares the repeats of an instance. For all others one run of each instance tells more. */
const isOfRepeats = (metric: string) => /^passHat/.test(metric);

/** The module of threads that carry trials out. */
export const trialThreads = (): URL => moduleBeside(import.meta.url, "trialWorker");

/** Opens trials; to be closed. */
export async function openTrials(options: TrialsOptions): Promise<Trials> {
  const { metrics, jobs = availableParallelism(), scenarios = [], signal } = options;
  const threads = () =>
    openPool<TrialJob, TrialValues>({
      module: trialThreads(),
      data: metrics,
      isApart: scenarios.some(isLarge),
      workers: jobs,
      patience: PATIENCE,
      signal,
    });
  return new Trials(options.pool ?? (await threads()), options);
}

export class Trials {
  readonly metrics: readonly string[];
  private readonly pool: Pool<TrialJob, TrialValues>;
  private readonly options: TrialsOptions;
  /** Whether every instance is repeated as its scenario says. */
  private readonly repeats: boolean;
  /** Scenarios go with those who asked for them: of a decision over many values there are thousands. */
  private readonly known = new WeakMap<Scenario, KnownScenario>();
  private scenarios = 0;
  private trials = 0;
  private replications = 0;
  private found = 0;

  /** @internal Trials are opened with `openTrials`. */
  constructor(pool: Pool<TrialJob, TrialValues>, options: TrialsOptions) {
    this.pool = pool;
    this.options = options;
    this.metrics = options.metrics;
    this.repeats = options.metrics.some(isOfRepeats);
  }

  get spent(): Spent {
    const { trials, replications, found } = this;
    return { trials, replications, found };
  }

  /** Replications of one task instance in the trials of a scenario. */
  repeatsOf(scenario: Scenario): number {
    return repeatsOf(this.knownOf(scenario).run);
  }

  /**
   * The values of trials, in their order. Rejects with the signal's reason; what was complete by then is in the store.
   * @throws WorkerCrash when threads died twice over the same trial
   * @throws StoreError when a trial cannot be stored
   */
  run(trials: readonly Trial[]): Promise<readonly TrialValues[]> {
    return Promise.all(trials.map((trial) => this.runOne(trial)));
  }

  /** Ends all threads. */
  close(): Promise<void> {
    return this.pool.close();
  }

  private async runOne({ scenario, seed, instances }: Trial): Promise<TrialValues> {
    const { store } = this.options;
    const { id, run, hash } = this.knownOf(scenario);
    const inputs = { scenario: hash, seed, instances, metrics: this.metrics };
    const stored = store?.read(store.keyOf(inputs))?.outcome as { values: TrialValues } | undefined;
    const values =
      stored?.values ?? (await this.pool.submit({ id, scenario: run, seed, instances }));
    if (stored === undefined) store?.append(inputs, { values });
    else this.found++;
    this.trials++;
    this.replications += instances * repeatsOf(run);
    this.options.onTrial?.(this.spent);
    return values;
  }

  private knownOf(scenario: Scenario): KnownScenario {
    const known = this.known.get(scenario);
    if (known !== undefined) return known;
    const { uncertain: _, ...certain } = scenario;
    const run = this.repeats ? certain : { ...certain, repeats: 1 };
    const hash = createHash("sha256")
      .update(canonicalJson(decisive(run)))
      .digest("hex");
    const made = { id: this.scenarios++, run, hash };
    this.known.set(scenario, made);
    return made;
  }
}

/** A scenario as it is run. */
interface KnownScenario {
  readonly id: number;
  readonly run: Scenario;
  /** Of all that decides its outcomes. */
  readonly hash: string;
}
