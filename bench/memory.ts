// Memory of an experiment as its replications grow: the largest resident set, always with two workers.
import { run } from "../src/experiment/experiment.ts";
import { centralizedScenario } from "./centralized.ts";

const MEGABYTE = 2 ** 20;

/** Largest resident set of this process while it runs so many replications, in MB. */
export async function residentMegabytes(replications: number): Promise<number> {
  const scenario = await centralizedScenario();
  let largest = 0;
  const look = () => {
    largest = Math.max(largest, process.memoryUsage.rss() / MEGABYTE);
  };
  await run([scenario], { replications, jobs: 2, onProgress: look });
  look();
  return largest;
}
