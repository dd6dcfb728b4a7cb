/**
 * The hold model: the classical benchmark of event queues (Vaucher and Duval 1975; Jones 1986).
 *
 * A fixed number of events is pending; each event, when its time comes, schedules the next one
 * after a random increment. The increments are exponential (mean 1 s) and drawn before the clock
 * starts, so what is measured is the simulator alone: queue, clock and fingerprint.
 */
import { exponential } from "../src/kernel/distributions.ts";
import { Draws, rootKey } from "../src/kernel/draws.ts";
import { Simulation } from "../src/kernel/simulation.ts";
import { toTicks } from "../src/kernel/time.ts";

const INCREMENTS = 2 ** 16;

/** Runs `events` events with `size` pending at all times; wall-clock speed. */
export function holdModel(size: number, events: number): { eventsPerSecond: number } {
  const increments = drawIncrements();
  const simulation = new Simulation();
  for (let i = 0; i < size; i++) {
    simulation.schedule(increments[i % INCREMENTS], 0, 0, i, 0);
  }
  const start = performance.now();
  for (let i = 0; i < events; i++) {
    simulation.next();
    simulation.schedule(increments[i % INCREMENTS], 0, 0, simulation.subject, 0);
  }
  return { eventsPerSecond: (events / (performance.now() - start)) * 1000 };
}

function drawIncrements(): Float64Array {
  const draws = new Draws(rootKey("hold"), 0);
  return Float64Array.from({ length: INCREMENTS }, (_, i) =>
    toTicks(exponential(draws.uniform(0, 0, 0, i), 1)),
  );
}
