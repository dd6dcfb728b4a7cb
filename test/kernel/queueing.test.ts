/** The pieces of the kernel together, held against the closed forms of queueing theory. */
import { describe, expect, it } from "vitest";
import { nextDelay, prepareArrivals } from "../../src/kernel/arrivals.ts";
import { Servers } from "../../src/kernel/server.ts";
import { Simulation } from "../../src/kernel/simulation.ts";
import { TICKS_PER_SECOND } from "../../src/kernel/time.ts";
import { type DistributionSpec, prepareDistribution } from "../../src/numerics/distributions.ts";
import { Draws, rootKey } from "../../src/numerics/draws.ts";
import { sample } from "../../src/numerics/quantileTable.ts";

const ARRIVAL = 0;
const DEPARTURE = 1;
const CLASS = 2;

/**
 * A station of `servers` servers with one queue. Times are in seconds, of which a service takes 1
 * in the mean.
 */
interface Station {
  servers: number;
  arrivalRate: number;
  service: DistributionSpec["kind"] & ("exponential" | "constant");
  /** Share of the customers that go first; default: none. */
  urgent?: number;
}

/** Seconds that each customer waits before service, by order of arrival. */
function waits(
  { servers, arrivalRate, service, urgent = 0 }: Station,
  customers: number,
): Float64Array {
  const draws = new Draws(rootKey("queueing"), 1);
  const arrivals = prepareArrivals({ kind: "poisson", interval: TICKS_PER_SECOND / arrivalRate });
  const services = prepareDistribution({ kind: service, mean: TICKS_PER_SECOND });
  const simulation = new Simulation();
  const station = new Servers(1, servers, 2);
  const arrivedAt = new Float64Array(customers);
  const waited = new Float64Array(customers);

  const scheduleArrival = (customer: number) => {
    const delay = nextDelay(arrivals, draws.uniform(ARRIVAL, customer, 0, 0), customer);
    simulation.schedule(delay, ARRIVAL, ARRIVAL, customer, 0);
  };
  const serve = (customer: number) => {
    waited[customer] = (simulation.now - arrivedAt[customer]) / TICKS_PER_SECOND;
    const duration = sample(services, draws.uniform(DEPARTURE, customer, 0, 0));
    simulation.schedule(Math.round(duration), DEPARTURE, DEPARTURE, customer, 0);
  };

  scheduleArrival(0);
  while (simulation.next()) {
    const { kind, subject } = simulation;
    if (kind === ARRIVAL) {
      arrivedAt[subject] = simulation.now;
      if (station.request(0, subject, priorityOf(subject, urgent))) serve(subject);
      if (subject + 1 < customers) scheduleArrival(subject + 1);
    } else {
      const next = station.release(0);
      if (next >= 0) serve(next);
    }
  }
  return waited;
}

const classDraws = new Draws(rootKey("queueing"), 1);

/** 0 for an urgent customer, 1 for another. */
function priorityOf(customer: number, urgent: number): number {
  return classDraws.uniform(CLASS, customer, 0, 0) < urgent ? 0 : 1;
}

/**
 * Mean and half-width of the 99.9 % interval by the means of 30 batches, the first customers left
 * out.
 */
function batchMeans(values: Float64Array): { mean: number; halfWidth: number } {
  const batches = 30;
  const student = 3.6594; // 0.9995 quantile at 29 degrees of freedom
  const length = Math.floor(values.length / (batches + 1));
  const means = Array.from({ length: batches }, (_, b) => {
    const batch = values.subarray((b + 1) * length, (b + 2) * length);
    return batch.reduce((sum, v) => sum + v, 0) / length;
  });
  const mean = means.reduce((sum, m) => sum + m, 0) / batches;
  const variance = means.reduce((sum, m) => sum + (m - mean) ** 2, 0) / (batches - 1);
  return { mean, halfWidth: student * Math.sqrt(variance / batches) };
}

/** Probability of waiting in M/M/c at an offered load of a (Erlang 1917). */
function erlangC(c: number, a: number): number {
  let blocking = 1; // Erlang B, by its recursion
  for (let k = 1; k <= c; k++) blocking = (a * blocking) / (k + a * blocking);
  return blocking / (1 - (a / c) * (1 - blocking));
}

// One seed; over the seeds each interval misses the truth once in 1,000 times.
describe("mean waiting time", () => {
  const customers = 620_000;
  const formulas: [string, Station, number][] = [
    ["M/M/1", { servers: 1, arrivalRate: 0.7, service: "exponential" }, 0.7 / 0.3],
    ["M/M/3", { servers: 3, arrivalRate: 2.1, service: "exponential" }, erlangC(3, 2.1) / 0.9],
    ["M/D/1", { servers: 1, arrivalRate: 0.7, service: "constant" }, 0.7 / (2 * 0.3)],
  ];
  it.each(formulas)("of %s is that of the closed form", (_name, station, truth) => {
    const { mean, halfWidth } = batchMeans(waits(station, customers));
    expect(halfWidth).toBeLessThan(0.08 * truth);
    expect(Math.abs(mean - truth)).toBeLessThan(halfWidth);
  });
});

// Cobham (1954), "Priority assignment in waiting line problems": nobody is sent away, and within a class the first goes first.
describe("mean waiting time of two classes", () => {
  const rho = 0.7;
  const urgent = 0.4;
  it.each([
    ["M/M/1", "exponential", rho],
    ["M/D/1", "constant", rho / 2],
  ] as const)("of %s is that of Cobham's formula", (_name, service, residual) => {
    const station: Station = { servers: 1, arrivalRate: rho, service, urgent };
    const all = waits(station, 620_000);
    const first = rho * urgent;
    const truths = [residual / (1 - first), residual / ((1 - first) * (1 - rho))];
    for (const [priority, truth] of truths.entries()) {
      const { mean, halfWidth } = batchMeans(
        all.filter((_, customer) => priorityOf(customer, urgent) === priority),
      );
      expect(halfWidth).toBeLessThan(0.08 * truth);
      expect(Math.abs(mean - truth)).toBeLessThan(halfWidth);
    }
  });
});

describe("the share of customers that wait", () => {
  // Customers 100 apart are all but independent; 4.42 standard errors: one seed in 100,000.
  it("is that of Erlang's C formula", () => {
    const station: Station = { servers: 3, arrivalRate: 1.5, service: "exponential" };
    const apart = waits(station, 500_000).filter((_, i) => i % 100 === 99);
    const share = apart.filter((w) => w > 0).length / apart.length;
    const truth = erlangC(3, 1.5);
    const error = Math.sqrt((truth * (1 - truth)) / apart.length);
    expect(Math.abs(share - truth)).toBeLessThan(4.42 * error);
  });
});
