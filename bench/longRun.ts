// node longRun.js REPLICATIONS: the centralized team through the library with two workers; prints the largest resident
// set in MB, as the operating system saw it. A process of its own, since what earlier experiments leave behind would count.
import { tuneForEngine } from "../src/experiment/tuning.ts";

const KILOBYTES = 2 ** 10;

// Before anything else is loaded, as the program does it.
tuneForEngine();
const { run } = await import("../src/experiment/experiment.ts");
const { centralizedScenario } = await import("./centralized.ts");
await run([await centralizedScenario()], { replications: Number(process.argv[2]), jobs: 2 });
console.log(process.resourceUsage().maxRSS / KILOBYTES);
