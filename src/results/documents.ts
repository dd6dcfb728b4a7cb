// All kinds of document that Faultline writes, by name: `faultline/NAME@1` is what a document says of itself.
import type { z } from "zod";
import type { CalibrationResult } from "../calibrate/result.ts";
import type { Choice } from "../decide/choose/document.ts";
import type { Importance } from "../decide/importance/document.ts";
import type { ImproveResult } from "../decide/improve/result.ts";
import type { ThresholdSearch } from "../decide/threshold/document.ts";
import type { EstimateResult } from "../estimate/document.ts";
import type { ExperimentResult, ScenarioResult } from "../experiment/result.ts";
import type { Trace, TraceEvent } from "../experiment/trace/document.ts";
import type { Reproduction } from "../literature/reproduce.ts";
import type { SeedsReproduction } from "../literature/seeds.ts";
import type { PortableSweep } from "../sweep/running/portable.ts";
import type { SweepHeader, SweepRow } from "../sweep/running/result.ts";
import type { DocumentKind } from "./kind.ts";
import { advise, calibrate, calibrateState } from "./kinds/calibration.ts";
import { choose } from "./kinds/choose.ts";
import { estimateDocument as estimate } from "./kinds/estimate.ts";
import { compare, inspect, run, score } from "./kinds/experiment.ts";
import { manifest, store, validate } from "./kinds/files.ts";
import { importance } from "./kinds/importance.ts";
import { improve } from "./kinds/improve.ts";
import { predictions, reproduce, reproduceSeeds, studies } from "./kinds/study.ts";
import { dryRun, plan, queue, status, sweep } from "./kinds/sweep.ts";
import { threshold } from "./kinds/threshold.ts";
import { lineage, replay, trace } from "./kinds/trace.ts";

/** A row of a sweep's result: a scenario of a cell, with the fields of its result where it has one. */
export type SweepResultRow = Omit<SweepRow, "result"> & Partial<Omit<ScenarioResult, "name">>;

/** result.json of a sweep. */
export interface SweepResult extends SweepHeader {
  readonly rows: readonly SweepResultRow[];
}

export const KINDS = {
  run,
  compare,
  sweep,
  reproduce,
  "reproduce-seeds": reproduceSeeds,
  trace,
  lineage,
  replay,
  score,
  advise,
  choose,
  importance,
  improve,
  threshold,
  calibrate,
  "calibrate-state": calibrateState,
  estimate,
  predictions,
  plan,
  "dry-run": dryRun,
  status,
  queue,
  manifest,
  store,
  validate,
  inspect,
  studies,
} as const;

export type KindName = keyof typeof KINDS;

export const kindOf = (name: KindName): DocumentKind => KINDS[name] as unknown as DocumentKind;

type Described = { readonly [K in KindName]: z.output<(typeof KINDS)[K]["schema"]> };

/** What is read, by kind: the type of the code that writes it, or else the type of its schema. */
export type Contents = Omit<Described, keyof Written> & Written;

interface Written {
  readonly run: ExperimentResult;
  readonly compare: ExperimentResult;
  readonly sweep: SweepResult;
  readonly reproduce: Reproduction;
  readonly "reproduce-seeds": SeedsReproduction;
  readonly trace: Omit<Described["trace"], "events"> & { readonly events: readonly TraceEvent[] };
  readonly lineage: Trace;
  readonly improve: ImproveResult;
  readonly calibrate: CalibrationResult;
  readonly estimate: EstimateResult;
  readonly threshold: ThresholdSearch;
  readonly choose: Choice;
  readonly importance: Importance;
  readonly plan: PortableSweep;
}
