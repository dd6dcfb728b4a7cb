// node longRun.js REPLICATIONS: the centralized team through the library with two workers; prints the largest resident
// set in MB, as the operating system saw it. A process of its own, since what earlier experiments leave behind would count.
import { run } from "../src/experiment/experiment.ts";
import { tuneForEngine } from "../src/experiment/tuning.ts";
import { centralizedScenario } from "./centralized.ts";

const KILOBYTES = 2 ** 10;

tuneForEngine();
await run([await centralizedScenario()], { replications: Number(process.argv[2]), jobs: 2 });
console.log(process.resourceUsage().maxRSS / KILOBYTES);
