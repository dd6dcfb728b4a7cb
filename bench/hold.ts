/**
 * The hold model: the classical benchmark of event queues (Vaucher and Duval 1975; Jones 1986).
 *
 * A fixed number of events is pending; each event, when its time comes, schedules the next one
 * after a random increment. The increments are exponential (mean 1 s) and drawn before the clock
 * starts, so what is measured is the simulator alone: queue, clock and fingerprint.
 */

import { Simulation } from "../src/kernel/simulation.ts";
import { toTicks } from "../src/kernel/time.ts";
import { exponential } from "../src/numerics/distributions.ts";
import { Draws, rootKey } from "../src/numerics/draws.ts";
import type { Peer } from "./peers/peers.ts";
import { inRounds, type Measure, processorSeconds, type Rates } from "./rounds.ts";

const INCREMENTS = 2 ** 16;

/** Events a round: a tenth of a second or two each. */
const EVENTS = { Faultline: 1_000_000, SimPy: 100_000, C: 2_000_000 };

/** Events a second of processor time with `size` pending, of Faultline's kernel and the peers in turn. */
export function compareHold(peers: readonly Peer[], size: number, rounds: number): Promise<Rates> {
  const contestants: Record<string, Measure> = {
    Faultline: () => holdModel(size, EVENTS.Faultline),
  };
  for (const peer of peers)
    contestants[peer.name] = (round) => {
      const result = peer.run("hold", size, EVENTS[peer.name], round + 1);
      const { seconds, events } = result as { readonly seconds: number; readonly events: number };
      return events / seconds;
    };
  return inRounds(rounds, contestants);
}

/** Runs `events` events with `size` pending at all times. Returns events a second of processor time. */
export async function holdModel(size: number, events: number): Promise<number> {
  const increments = drawIncrements();
  const simulation = new Simulation();
  for (let i = 0; i < size; i++) {
    simulation.schedule(increments[i % INCREMENTS], 0, 0, i, 0);
  }
  const seconds = await processorSeconds(() => {
    for (let i = 0; i < events; i++) {
      simulation.next();
      simulation.schedule(increments[i % INCREMENTS], 0, 0, simulation.subject, 0);
    }
  });
  return events / seconds;
}

function drawIncrements(): Float64Array {
  const draws = new Draws(rootKey("hold"), 0);
  return Float64Array.from({ length: INCREMENTS }, (_, i) =>
    toTicks(exponential(draws.uniform(0, 0, 0, i), 1)),
  );
}
