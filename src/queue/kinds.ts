// The kinds of tasks: cells of sweeps, trials of decisions, evaluations of calibrations. Each is a job of a pool of threads, said in few
// words: a text that many jobs have in common, and an item that is one of them.
import { evaluatorThreads } from "../calibrate/calibrate.ts";
import type { EvaluationJob } from "../calibrate/evaluator.ts";
import { loadCalibration } from "../calibrate/file/load.ts";
import { trialThreads } from "../decide/trials.ts";
import type { TrialJob } from "../decide/trialWorker.ts";
import { canonicalJson } from "../documents/canonicalJson.ts";
import { memoryFiles } from "../documents/reading/files.ts";
import { moduleBeside } from "../experiment/moduleBeside.ts";
import type { CellJob } from "./cellWorker.ts";
import { hashOf, type TaskKind } from "./task.ts";

export interface LoadOptions {
  /** Whether cells go to a folder, by the text of their inputs. */
  readonly isStored: boolean;
}

export interface Kind<Job> {
  readonly name: TaskKind;
  /** Module of the threads. */
  threads(): URL;
  /** The pool's data, and how its jobs are made of items. */
  load(text: string, options: LoadOptions): Promise<Loaded<Job>>;
}

/** A kind of which those who ask have jobs of a pool. */
export interface PoolKind<Job> extends Kind<Job> {
  /** @param data of the pool as it is said: of a decision its metrics, of a calibration the text itself */
  say(job: Job, data: unknown): { readonly text: string; readonly item: unknown };
}

/** What a text says. */
export interface Loaded<Job> {
  /** Of the pool of threads. */
  readonly data: unknown;
  /** The same for the same data. */
  readonly id: string;
  jobOf(item: unknown, key: string): Job;
}

export const CELLS: Kind<CellJob> = {
  name: "cell",
  threads: () => moduleBeside(import.meta.url, "cellWorker"),
  load: async (plan, { isStored }) => ({
    data: plan,
    id: hashOf(plan),
    jobOf: (item, key) => ({ cell: item as number, key, withInputs: isStored }),
  }),
};

/** Ids of scenarios, by which threads know what they have compiled. */
let scenarios = 0;

export const TRIALS: PoolKind<TrialJob> = {
  name: "trial",
  threads: trialThreads,
  say: ({ scenario, seed, instances }, metrics) => ({
    text: canonicalJson({ metrics, scenario }),
    item: { seed, instances },
  }),
  async load(text) {
    const { metrics, scenario } = JSON.parse(text);
    const id = scenarios++;
    return {
      data: metrics,
      id: metrics.join(),
      jobOf: (item) => ({ id, scenario, ...(item as Pick<TrialJob, "seed" | "instances">) }),
    };
  },
};

/** How a calibration was asked for, with the texts of all files that it was made of. */
export interface PortableCalibration {
  readonly file: string;
  readonly seed?: string | undefined;
  readonly ensemble?: number | undefined;
  readonly files: Readonly<Record<string, string>>;
}

export const EVALUATIONS: PoolKind<EvaluationJob> = {
  name: "evaluation",
  threads: evaluatorThreads,
  say: (job, calibration) => ({ text: calibration as string, item: job }),
  async load(text) {
    const { file, files, ...options }: PortableCalibration = JSON.parse(text);
    const { calibration } = await loadCalibration(file, { ...options, files: memoryFiles(files) });
    return {
      data: calibration.groups,
      id: hashOf(text),
      jobOf: (item) => item as EvaluationJob,
    };
  },
};

// biome-ignore lint/suspicious/noExplicitAny: a worker hands jobs from a kind to its threads and looks at none of them
const KINDS: readonly Kind<any>[] = [CELLS, TRIALS, EVALUATIONS];

/** @throws Error where there is none of the name */
export function kindOf(name: TaskKind): Kind<unknown> {
  const kind = KINDS.find((one) => one.name === name);
  if (kind === undefined) throw new Error(`tasks of the kind ${name} are not known`);
  return kind;
}
