// What a second worker brings: the centralized team through the library, with everything that `run` estimates. By the
// clock on the wall, so other work on the machine counts.
import { run } from "../src/experiment/experiment.ts";
import { centralizedScenario } from "./centralized.ts";
import { inRounds, type Rates } from "./rounds.ts";

/** Replications a second of wall-clock time with one worker and with two. */
export async function compareWorkers(replications: number, rounds: number): Promise<Rates> {
  const scenario = await centralizedScenario();
  const withJobs = (jobs: number) => async () => {
    const start = performance.now();
    await run([scenario], { replications, jobs });
    return (1000 * replications) / (performance.now() - start);
  };
  return inRounds(rounds, { one: withJobs(1), two: withJobs(2) });
}

/** Rates at which what `many` replications have beyond `few` were run, that is without the start. */
export function ratesBetween(few: number, ofFew: Rates, many: number, ofMany: Rates): Rates {
  const between = (name: string) =>
    ofMany[name].map((rate, round) => (many - few) / (many / rate - few / ofFew[name][round]));
  return { one: between("one"), two: between("two") };
}
