// A study: a question of the field, shipped scenarios that answer it by simulation, and published figures beside the
// answer. A study has no code in the engine: it runs scenarios and judges what comes out. `NAME/study.ts` says what runs
// and what is judged; `NAME/study.md` has the prose of its page (scripts/docs/places.ts has the syntax).

import { type CellPool, openCellPool } from "../experiment/cell.ts";
import type { OnProgress } from "../experiment/progress.ts";
import type { TargetResult } from "./judging.ts";
import { type Results, runsOf, type SimulateOptions, simulateIn, type Trial } from "./simulate.ts";

export interface StudyOptions {
  /** Replications of every scenario; default: those of the study. */
  readonly replications?: number | undefined;
  /** Default: the study's name. */
  readonly seed?: string | undefined;
  /** Worker threads; default: all cores. The result does not depend on it. */
  readonly jobs?: number | undefined;
  readonly onProgress?: OnProgress;
  /** Ends the simulations early: the promise rejects or `interrupted` is true, and nothing is claimed. */
  readonly signal?: AbortSignal;
}

/** A study: a question, the scenarios that answer it, and the published figures to compare with. */
export interface Study {
  /** Its name on the command line, and the folder of its scenarios: scenarios/NAME. */
  readonly name: string;
  readonly title: string;
  /** The question it answers, in one line. */
  readonly question: string;
  readonly source: string;
  /** Default replications of every scenario. */
  readonly replications: number;
  /** Replications of all scenarios together: what progress is counted in. */
  runs(replications: number): number;
  /** @param pool one that is open, instead of one of its own */
  run(options?: StudyOptions, pool?: CellPool): Promise<StudyResult>;
  /** The part of it by which it is known, in seconds: `reproduce --brief`. */
  readonly brief?: Pick<Study, "name" | "replications" | "runs" | "run">;
  /** What drives it, mechanism by mechanism: `reproduce --ablations`. */
  readonly ablations?: Pick<Study, "name" | "replications" | "runs" | "run">;
}

/** A study as its file writes it. */
export interface StudyDefinition
  extends Pick<Study, "name" | "title" | "question" | "source">,
    StudyPart {
  /** The part of it by which it is known. */
  readonly brief?: StudyPart;
  /** Its main scenarios with one mechanism less. */
  readonly ablations?: StudyPart;
}

export interface StudyPart extends Pick<Study, "replications" | "runs"> {
  /** Simulates, and judges what comes out. It may reject when it is aborted. */
  run(under: StudyRun): Promise<Findings>;
}

/** A run of a study: how large it is, and how it simulates. Progress follows from what is simulated. */
export interface StudyRun extends Pick<StudyOptions, "signal"> {
  readonly replications: number;
  readonly seed: string;
  /** For cells of the study: its threads stay warm from one to the next. */
  readonly pool: CellPool;
  /** Runs trials; the seed is that of the study unless another one is given. */
  simulate(trials: readonly Trial[], seed?: string): Promise<Results>;
  /** Options for other ways to simulate. The part counts as so many runs of the study. */
  part(runs: number): SimulateOptions;
}

/** What a study finds. */
export interface Findings {
  readonly targets: readonly TargetResult[];
  /** Where the errors of many success rates are judged together. */
  readonly success?: SuccessSummary;
  readonly tables: readonly StudyTable[];
  readonly figures: readonly StudyFigure[];
}

/** What a study found: figures beside published ones, tables and pictures. */
export interface StudyResult extends Findings {
  readonly study: string;
  readonly seed: string;
  readonly replications: number;
  readonly interrupted: boolean;
  /** Whether it is the part by which the study is known. */
  readonly brief?: boolean;
  /** Whether it is what drives the study, and not the study itself. */
  readonly ablations?: boolean;
}

/** Makes a study of its definition: fills in the defaults, counts progress, and puts a head on what it finds. */
export function defineStudy({ brief, ablations, ...whole }: StudyDefinition): Study {
  const { name, title, question, source } = whole;
  return {
    ...{ name, title, question, source },
    ...partOf(name, whole),
    ...(brief && { brief: { name, ...partOf(name, brief, { brief: true }) } }),
    ...(ablations && { ablations: { name, ...partOf(name, ablations, { ablations: true }) } }),
  };
}

function partOf(
  name: string,
  { replications: most, runs, run }: StudyPart,
  mark: Pick<StudyResult, "brief" | "ablations"> = {},
): Pick<Study, "replications" | "runs" | "run"> {
  return {
    replications: most,
    runs,
    run: async (options = {}, open) => {
      const { replications = most, seed = name, jobs, signal, onProgress } = options;
      const total = runs(replications);
      const done: number[] = [];
      const part = (size: number): SimulateOptions => {
        const index = done.push(0) - 1;
        const tell = (share: number) => {
          done[index] = share * size;
          onProgress?.(done.reduce((sum, runs) => sum + runs, 0) / total);
        };
        return { seed, jobs, signal, onProgress: tell };
      };
      const pool = open ?? (await openCellPool({ jobs: jobs ?? "auto", signal }));
      try {
        const found = await run({
          ...{ replications, seed, signal, pool, part },
          simulate: (trials, other = seed) =>
            simulateIn(pool, trials, { ...part(runsOf(trials)), seed: other }),
        });
        const interrupted = signal?.aborted ?? false;
        return { study: name, seed, replications, interrupted, ...mark, ...found };
      } finally {
        if (open === undefined) await pool.close();
      }
    },
  };
}

export interface SuccessSummary {
  readonly cells: number;
  /** Mean of |simulated - published|; null where a cell has no value. */
  readonly meanAbsoluteError: number | null;
  readonly largestError: number | null;
  /** Largest mean error that is near enough; arbitrary. */
  readonly tolerance: number;
  readonly pass: boolean | null;
}

/** What came out beside the targets. */
export interface StudyTable {
  readonly name: string;
  readonly title: string;
  /** What a reader should know about it, if anything. */
  readonly note?: string;
  readonly columns: readonly StudyColumn[];
  /** One cell per column: a text, a number, or an estimate with its interval; null: undefined. */
  readonly rows: readonly (readonly StudyCell[])[];
}

export interface StudyColumn {
  readonly name: string;
  /** "share", "US dollars", "seconds", "turns", …; empty for labels. */
  readonly unit: string;
}

export type StudyCell = string | number | null | StudyEstimate;

export interface StudyEstimate {
  readonly mean: number | null;
  readonly ci: readonly [low: number | null, high: number | null];
}

/** A picture as data: curves or dots over a number, dots over names, or values on a map of two numbers. */
export interface StudyFigure {
  readonly name: string;
  readonly title: string;
  /** What it shows, in words, for people who cannot see it. */
  readonly alt: string;
  readonly kind: "lines" | "dots" | "map";
  readonly x: StudyAxis;
  readonly y: StudyAxis;
  /** What a map shows at its places. */
  readonly value?: Pick<StudyAxis, "title">;
  readonly series: readonly StudySeries[];
}

export interface StudyAxis {
  /** With its unit. */
  readonly title: string;
  readonly scale?: "linear" | "log";
}

export interface StudySeries {
  readonly name: string;
  /** Published figures are drawn as marks of their own, in the colour of the simulated series of the same name. */
  readonly isPublished?: boolean;
  readonly points: readonly StudyPoint[];
}

export interface StudyPoint {
  /** A number, or a name where the axis is one of names. */
  readonly x: number | string;
  readonly y: number;
  /** On a map. The interval is then its own, else that of y. */
  readonly value?: number;
  readonly low?: number;
  readonly high?: number;
}
