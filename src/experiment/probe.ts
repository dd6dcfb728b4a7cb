// A probe: the first replication of scenarios, within limits. It measures how long a replication takes, and so how many
// are affordable for a first impression.
import { Engine } from "../model/engine.ts";
import { rootKey } from "../numerics/draws.ts";
import { compile } from "../scenario/compiling/compile.ts";
import type { Scenario } from "../scenario/schema.ts";
import { breathing, slices } from "./inThread.ts";

export interface ProbeLimits {
  readonly seed: string;
  /** Most events, of all scenarios together. */
  readonly events: number;
  /** Most milliseconds. */
  readonly milliseconds: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Probed {
  /** Events of all scenarios together, as far as the replication went. */
  readonly events: number;
  /** Time that it took. */
  readonly milliseconds: number;
  /** Whether it reached its end. */
  readonly isWhole: boolean;
}

/** Runs replication 0 of every scenario. Rejects with the signal's reason. */
export function probe(scenarios: readonly Scenario[], limits: ProbeLimits): Promise<Probed> {
  return breathing(probing(scenarios, limits), limits.signal);
}

function* probing(
  scenarios: readonly Scenario[],
  { seed, events: mostEvents, milliseconds: mostTime }: ProbeLimits,
): Generator<number, Probed> {
  let events = 0;
  const engines = scenarios.map((scenario) => new Engine(compile(scenario), rootKey(seed)));
  const begun = performance.now();
  const probed = (isWhole: boolean): Probed => {
    const milliseconds = performance.now() - begun;
    return { events, milliseconds, isWhole };
  };
  for (const engine of engines) {
    const before = events;
    for (const share of slices(engine, 0)) {
      events = before + engine.events;
      if (events > mostEvents || performance.now() - begun > mostTime) return probed(false);
      yield share;
    }
    events = before + engine.events;
  }
  return probed(true);
}
