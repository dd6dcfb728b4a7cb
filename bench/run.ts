// npm run bench: events a second of the bare kernel (hold model) and of each shipped architecture, on one core.
// Each figure is the best of several rounds: what the machine can do when nothing else disturbs it.

import { tuneForEngine } from "../src/experiment/tuning.ts";
import {
  ARCHITECTURES,
  bytesPerReplication,
  runReplications,
  warmEngine,
} from "./architectures.ts";
import { holdModel } from "./hold.ts";

const ROUNDS = 40;
const HOLD_EVENTS = 200_000;
const REPLICATIONS = 1500;

tuneForEngine();

function bestOf(measure: () => number): string {
  const rates = Array.from({ length: ROUNDS }, measure);
  return `${(Math.max(...rates) / 1e6).toFixed(2).padStart(6)} M events/s`;
}

console.log("bare kernel, hold model");
for (const size of [10, 1000, 100_000]) {
  const rate = bestOf(() => holdModel(size, HOLD_EVENTS).eventsPerSecond);
  console.log(`  ${String(size).padStart(7)} pending  ${rate}`);
}

console.log("engine, Finance task");
for (const architecture of ARCHITECTURES) {
  const engine = await warmEngine(architecture);
  const rate = bestOf(() => {
    const start = performance.now();
    return (1000 * runReplications(engine, REPLICATIONS)) / (performance.now() - start);
  });
  const events = runReplications(engine, REPLICATIONS) / REPLICATIONS;
  const bytes = bytesPerReplication(engine, REPLICATIONS);
  console.log(
    `  ${architecture.padEnd(15)} ${rate}  ${events.toFixed(1).padStart(5)} events and ${bytes.toFixed(0)} bytes a replication`,
  );
}
