// The types of whoever writes a document and the schemas that describe it say the same.
import { expectTypeOf, test } from "vitest";
import type { z } from "zod";
import type { Advice } from "../../src/advise/advise.ts";
import type { CalibrationResult } from "../../src/calibrate/result.ts";
import type { Choice } from "../../src/decide/choose/document.ts";
import type { Importance } from "../../src/decide/importance/document.ts";
import type { ImproveResult } from "../../src/decide/improve/result.ts";
import type { ThresholdSearch } from "../../src/decide/threshold/document.ts";
import type { ReplayDocument } from "../../src/experiment/replay/document.ts";
import type { ExperimentResult } from "../../src/experiment/result.ts";
import type { ScoreResult } from "../../src/experiment/score.ts";
import type { Trace, TraceEvent } from "../../src/experiment/trace/document.ts";
import type { PredictionStudy } from "../../src/literature/kim2025/unseen/study.ts";
import type { Reproduction } from "../../src/literature/reproduce.ts";
import type { SeedsReproduction } from "../../src/literature/seeds.ts";
import type { KINDS, KindName, SweepResult } from "../../src/results/documents.ts";
import type { PortableSweep } from "../../src/sweep/running/portable.ts";

type Described<K extends KindName> = z.input<(typeof KINDS)[K]["schema"]>;

/** Lists and fields that may be written to, as schemas describe them. */
type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

type Run = Omit<ExperimentResult, "schema"> & { readonly schema: "faultline/run@1" };

/** What is written, if the schema allows it. */
type Allowed<K extends KindName, T> = Mutable<T> extends Described<K> ? T : never;

test("what is written is what is described", () => {
  expectTypeOf<Allowed<"run", Run>>().not.toBeNever();
  expectTypeOf<Allowed<"sweep", SweepResult>>().not.toBeNever();
  expectTypeOf<Allowed<"reproduce", Reproduction>>().not.toBeNever();
  expectTypeOf<Allowed<"reproduce-seeds", SeedsReproduction>>().not.toBeNever();
  expectTypeOf<Allowed<"lineage", Trace>>().not.toBeNever();
  expectTypeOf<TraceEvent["event"]>().toEqualTypeOf<
    Described<"trace">["events"][number]["event"]
  >();
  expectTypeOf<Allowed<"replay", ReplayDocument>>().not.toBeNever();
  expectTypeOf<Allowed<"score", ScoreResult>>().not.toBeNever();
  expectTypeOf<Allowed<"advise", Advice>>().not.toBeNever();
  expectTypeOf<Allowed<"threshold", ThresholdSearch>>().not.toBeNever();
  expectTypeOf<Allowed<"choose", Choice>>().not.toBeNever();
  expectTypeOf<Allowed<"importance", Importance>>().not.toBeNever();
  expectTypeOf<Allowed<"improve", ImproveResult>>().not.toBeNever();
  expectTypeOf<Allowed<"calibrate", CalibrationResult>>().not.toBeNever();
  expectTypeOf<Allowed<"predictions", PredictionStudy>>().not.toBeNever();
  expectTypeOf<Allowed<"plan", PortableSweep>>().not.toBeNever();
});
