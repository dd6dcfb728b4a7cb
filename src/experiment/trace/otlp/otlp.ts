// Replications as lines of OTLP/JSON with GenAI conventions: what dashboards show and what estimates are made of.
import { Engine } from "../../../model/engine.ts";
import { rootKey } from "../../../numerics/draws.ts";
import { compile } from "../../../scenario/compiling/compile.ts";
import type { Scenario } from "../../../scenario/schema.ts";
import { slices } from "../../inThread.ts";
import { Recorder } from "./recorder.ts";

export interface OtlpOptions {
  /** Default: the scenario's own seed. */
  readonly seed?: string | undefined;
  /** Number of the first replication, from 0 (the default) to 2^32 - 1. */
  readonly first?: number | undefined;
  /** How many replications; default: 1. */
  readonly replications?: number | undefined;
  /** Takes each task as soon as it has ended, as one line without its end. */
  readonly onLine: (line: string) => void;
}

/**
 * Runs replications one after the other, and yields now and then the share that is done, so that the caller can pause or stop.
 * @throws RangeError when the number of a replication is out of range
 * @throws TooLongError when a task has too many spans
 */
export function* writingOtlp(scenario: Scenario, options: OtlpOptions): Generator<number, void> {
  const { seed = scenario.seed, first = 0, replications = 1, onLine } = options;
  const plan = compile(scenario);
  const root = rootKey(seed);
  const modelNames = Object.keys(scenario.models);
  const recorder = new Recorder(plan, { seed, root, modelNames, onLine });
  const engine = new Engine(plan, root, { observer: recorder });
  for (let i = 0; i < replications; i++) {
    recorder.enter(first + i);
    yield* slices(engine, first + i, i / replications);
    yield (i + 1) / replications;
  }
}
