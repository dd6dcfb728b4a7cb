// npm run bench: how fast Faultline is, beside SimPy and plain C on the same work. What is measured, and what was found:
// bench/README.md. `npm run bench -- --memory` measures the memory of long experiments instead.

import { type PrecisionTarget, parsePrecision } from "../src/experiment/halfWidth.ts";
import { tuneForEngine } from "../src/experiment/tuning.ts";
import { costOfEvent } from "./agents.ts";
import {
  ARCHITECTURES,
  bytesPerReplication,
  runReplications,
  warmEngine,
} from "./architectures.ts";
import { BENCHMARKS, type Comparison } from "./centralized.ts";
import { costOfClaim } from "./claims.ts";
import { compareHold } from "./hold.ts";
import { compareIntervals, type IntervalComparison, timesSooner } from "./interval.ts";
import { residentMegabytes } from "./memory.ts";
import { COMPARED, distance, estimate, falseAlarmRate, TOLERANCE } from "./peers/agreement.ts";
import { availablePeers, type Peer } from "./peers/peers.ts";
import { best, inRounds, processorSeconds, type Rates, ratio } from "./rounds.ts";
import { compareWorkers, ratesBetween } from "./workers.ts";

/** Least ratio of Faultline's speed to a peer's, and of two workers' to one's. */
const GOALS = { SimPy: 25, C: 0.4, twoOverFew: 1.65, two: 1.85 } as const;

/** Intervals of 95 %, and how many times sooner Faultline is to have them, in the median of the benchmarks. */
const INTERVALS: readonly { target: string; goals: Partial<Record<Peer["name"], number>> }[] = [
  { target: "success=.005", goals: { SimPy: 120, C: 2 } },
  { target: "turns=1%", goals: { C: 7 } },
];

const TARGETS = INTERVALS.map(({ target }) => parsePrecision(target) as PrecisionTarget);

/** The half-widths of one run of Faultline scatter by an eighth. */
const ROUNDS = 12;

/** Few, so that the start of two threads is a large part of it, and many. */
const FEW = 400_000;
const MANY = 1_600_000;

tuneForEngine();
if (process.argv.includes("--memory")) reportMemory();
else await reportSpeed();

async function reportSpeed(): Promise<void> {
  const peers = availablePeers();
  const comparisons: IntervalComparison[] = [];
  for (const benchmark of BENCHMARKS)
    comparisons.push(await compareIntervals(benchmark, TARGETS, peers, ROUNDS));
  reportCentralized(comparisons[0], peers);
  for (const target of TARGETS.keys()) reportIntervals(comparisons, peers, target);
  const agree = reportAgreement(comparisons, peers);
  await reportHold(peers);
  await reportArchitectures();
  await reportAgents();
  await reportClaims();
  await reportAllWorkers();
  if (!agree) process.exitCode = 1;
}

// ---------------------------------------------------------------- speed

function reportCentralized({ rates }: Comparison, peers: readonly Peer[]): void {
  console.log("centralized team, Finance task: replications a second of one core");
  for (const name of ["Faultline", ...peers.map((peer) => peer.name)])
    console.log(`  ${name.padEnd(12)}${best(rates[name]).toFixed(0).padStart(8)}`);
  for (const { name } of peers)
    console.log(`  ${ratioLine(`to ${name}`, rates.Faultline, rates[name], GOALS[name])}`);
}

function reportIntervals(
  comparisons: readonly IntervalComparison[],
  peers: readonly Peer[],
  index: number,
): void {
  const { target, goals } = INTERVALS[index];
  const needs = comparisons.map((comparison) => comparison.needs[index]);
  console.log(`centralized team, 95 % interval of ${target}: replications and seconds of one core`);
  BENCHMARKS.forEach((benchmark, i) => {
    const figures = Object.entries(needs[i]).map(([name, { replications, rates }]) => {
      const seconds = replications / best(rates);
      return `${name} ${replications.toFixed(0)} in ${seconds.toPrecision(2)}`;
    });
    console.log(`  ${benchmark.padEnd(17)}${figures.join("   ")}`);
  });
  for (const { name } of peers) {
    const sooner = needs.map((need) => timesSooner(need.Faultline, need[name]));
    console.log(`  ${soonerLine(name, sooner, goals[name])}`);
  }
}

function soonerLine(name: string, sooner: readonly number[], goal: number | undefined): string {
  const sorted = [...sooner].sort((a, b) => a - b);
  const median = (sorted[1] + sorted[2]) / 2;
  const figures = sooner.map((times) => times.toFixed(2)).join(", ");
  const line = `times sooner than ${name} ${figures}, median ${median.toFixed(2)}`;
  if (goal === undefined) return line;
  const verdict = median >= goal && sorted[0] > 1 ? "reached" : "missed";
  return `${line}; at least ${goal}, and sooner on each: ${verdict}`;
}

async function reportHold(peers: readonly Peer[]): Promise<void> {
  console.log("bare kernel, hold model: million events a second of one core");
  for (const size of [3, 10, 1000, 100_000]) {
    const rates = await compareHold(peers, size, 8);
    const figures = Object.entries(rates).map(
      ([name, rate]) => `${name} ${(best(rate) / 1e6).toFixed(2)}`,
    );
    console.log(`  ${String(size).padStart(7)} pending   ${figures.join("   ")}`);
  }
}

async function reportArchitectures(): Promise<void> {
  const replications = 1500;
  console.log("engine, Finance task: million events a second of one core");
  for (const architecture of ARCHITECTURES) {
    const engine = await warmEngine(architecture);
    let events = 0;
    const { rates } = await inRounds(40, {
      rates: async () => {
        const seconds = await processorSeconds(() => {
          events = runReplications(engine, replications);
        });
        return events / seconds;
      },
    });
    const bytes = bytesPerReplication(engine, replications);
    console.log(
      `  ${architecture.padEnd(15)}${(best(rates) / 1e6).toFixed(2)}   ${(events / replications).toFixed(1)} events and ${bytes.toFixed(0)} bytes a replication`,
    );
  }
}

/** A team of `agents` has about as many events pending. */
async function reportAgents(): Promise<void> {
  console.log("independent agents: nanoseconds an event, and per bit of the number of agents");
  for (const agents of [10, 100, 1000, 10_000, 100_000]) {
    const cost = await costOfEvent(agents);
    console.log(
      `  ${String(agents).padStart(7)} agents   ${cost.toFixed(0).padStart(5)}   ${(cost / Math.log2(agents)).toFixed(0).padStart(4)}`,
    );
  }
}

async function reportClaims(): Promise<void> {
  console.log("one agent, a chain of claims: nanoseconds a claim");
  for (const size of [100, 1000, 10_000])
    console.log(
      `  ${String(size).padStart(7)} claims   ${(await costOfClaim(size)).toFixed(0).padStart(5)}`,
    );
}

async function reportAllWorkers(): Promise<void> {
  console.log("centralized team through the library: replications a second by the clock");
  const few = await compareWorkers(FEW, 3);
  const many = await compareWorkers(MANY, 3);
  reportWorkers(`${FEW} replications`, few, GOALS.twoOverFew);
  reportWorkers(`${MANY} replications`, many);
  reportWorkers(`from ${FEW} to ${MANY}`, ratesBetween(FEW, few, MANY, many));
}

function reportWorkers(of: string, { one, two }: Rates, goal: number = GOALS.two): void {
  console.log(`  ${of}: one worker ${best(one).toFixed(0)}, two ${best(two).toFixed(0)}`);
  console.log(`    ${ratioLine("two to one", two, one, goal)}`);
}

function ratioLine(
  name: string,
  of: readonly number[],
  to: readonly number[],
  goal: number,
): string {
  const { median, low, high } = ratio(of, to);
  const verdict = median >= goal ? "reached" : "missed";
  return `ratio ${name} ${median.toFixed(2)} (middle half ${low.toFixed(2)} to ${high.toFixed(2)}); at least ${goal}: ${verdict}`;
}

// ---------------------------------------------------------------- agreement

/** Holds every simulator against every other on every benchmark, and returns whether all agree. */
function reportAgreement(comparisons: readonly Comparison[], peers: readonly Peer[]): boolean {
  const names = ["Faultline", ...peers.map((peer) => peer.name)];
  const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => [a, b] as const));
  if (pairs.length === 0) return true;
  const chance = (
    100 * falseAlarmRate(comparisons.length * pairs.length * COMPARED.length)
  ).toFixed(2);
  console.log(
    `means within ${TOLERANCE} standard errors of each other (chance of a false alarm at most ${chance} %)`,
  );
  let agree = true;
  comparisons.forEach(({ counts }, i) => {
    console.log(`  ${BENCHMARKS[i]}`);
    for (const field of COMPARED) {
      const means = names.map((name) => {
        const { mean, standardError } = estimate(counts[name], field);
        return `${name} ${mean.toPrecision(5)} ±${standardError.toPrecision(2)}`;
      });
      const apart = Math.max(...pairs.map(([a, b]) => distance(counts[a], counts[b], field)));
      const verdict = apart <= TOLERANCE ? "agree" : "DISAGREE";
      agree &&= apart <= TOLERANCE;
      console.log(
        `    ${field.padEnd(20)}${means.join("   ")}   at most ${apart.toFixed(1)}: ${verdict}`,
      );
    }
  });
  return agree;
}

// ---------------------------------------------------------------- memory

function reportMemory(): void {
  console.log("largest resident set of an experiment of the centralized team, two workers");
  for (const replications of [1e3, 1e4, 1e5, 1e6, 1e7]) {
    const megabytes = residentMegabytes(replications);
    console.log(
      `  ${String(replications).padStart(9)} replications   ${megabytes.toFixed(0).padStart(5)} MB`,
    );
  }
}
