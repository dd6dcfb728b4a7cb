// Latency against load: every architecture under a stream of requests, up to nearly what its bottleneck can do; and how
// much a team can do as it grows.

import type { Overrides } from "../../documents/reading/overrides.ts";
import type { ScenarioResult } from "../../experiment/result.ts";
import { cell } from "../estimates.ts";
import type { Variant } from "../shipped.ts";
import { type Column, metricColumns, pairs, seriesOf, tableOf } from "../show.ts";
import { estimateIn, estimateOf, type Results, resultsOf, type Trial } from "../simulate.ts";
import type { StudyAxis, StudyFigure, StudyTable } from "../study.ts";

export const ARCHITECTURES = [
  "single",
  "independent",
  "decentralized",
  "centralized",
  "hybrid",
] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** Requests of a stream, and those of them that are left out, since they find shorter queues than later ones. */
export interface Stream {
  readonly tasks: number;
  readonly warmUp: number;
}

export const STREAM: Stream = { tasks: 60, warmUp: 30 };

/** Streams per replication that is asked for: 100 of the study's default, so that a p99 is bounded. */
const STREAMS = 100 / 2048;

/** Share of what the bottleneck can do that a cautious operator allows. */
export const PRODUCTION = 0.8;

/** Offered load as a share of what the bottleneck can do. */
export const LOADS = [0.3, 0.6, PRODUCTION];

/** Seconds between requests so rare that hardly any waits for another. */
const RARE = 3600;

export const TEAM_SIZES = [1, 2, 3, 4, 6, 8, 12];

/** Whose time a request takes, in the order in which they are shown. */
const SERVERS = ["orchestrator", "worker", "rateLimit"] as const;
type Server = (typeof SERVERS)[number];
const NAMES: Record<Server, string> = {
  orchestrator: "orchestrator",
  worker: "busiest worker",
  rateLimit: "rate limit",
};

/** A scenario of the study under a stream with a mean interval in seconds. */
export function stream(architecture: Architecture, interval: number, changes?: Overrides): Variant {
  return {
    file: `operation/${architecture}.yaml`,
    changes: { ...workloadOf(interval, STREAM), ...changes },
  };
}

/** The workload of a stream with a mean interval in seconds. */
export const workloadOf = (interval: number, { tasks, warmUp }: Stream): Overrides => ({
  "workload.interval": interval,
  "workload.tasks": tasks,
  "workload.warmUp": warmUp,
});

/** As many streams as a number of replications stands for; at least two, for intervals. */
export function streams(
  replications: number,
  { tasks }: Pick<Stream, "tasks"> = STREAM,
): Required<Pick<Trial, "replications" | "tasks">> {
  return { replications: Math.max(2, Math.round(replications * STREAMS)), tasks };
}

// ---------------------------------------------------------------- what a request takes

/** Rare requests wait for nobody: few streams, and no warm-up. */
const rarely = (replications: number) => streams(replications / 5);
const rare = (architecture: Architecture, changes?: Overrides) =>
  stream(architecture, RARE, { "workload.warmUp": 0, ...changes });

/** Streams of rare requests, from which follows how much each architecture can do. */
export function capacityTrials(replications: number): Trial[] {
  const sizes = TEAM_SIZES.map((count) => rare("centralized", { "agents.worker.count": count }));
  return [
    {
      name: "rare",
      ...rarely(replications),
      scenarios: ARCHITECTURES.map((one) => rare(one)),
    },
    { name: "sizes", ...rarely(replications), scenarios: sizes },
  ];
}

/** Requests per hour that a server could do if it did nothing else; infinite where no request needs it. */
function capacity(result: ScenarioResult, server: Server): number {
  const utilisation = estimateOf(result, `utilisation.${server}`).mean ?? 0;
  return 3600 / (utilisation * RARE);
}

function bottleneck(result: ScenarioResult): Server {
  return SERVERS.reduce((least, one) =>
    capacity(result, one) < capacity(result, least) ? one : least,
  );
}

/** Requests per hour that each architecture can do. */
export type Capacities = ReadonlyMap<Architecture, number>;

export function capacities(results: Results): Capacities {
  return new Map(
    ARCHITECTURES.map((one, i) => {
      const result = resultsOf(results, "rare")[i];
      return [one, capacity(result, bottleneck(result))];
    }),
  );
}

/** Seconds between requests at a share of what an architecture can do. */
export function intervalAt(load: number, perHour: number): number {
  return 3600 / (load * perHour);
}

export function capacityTable(results: Results): StudyTable {
  const teams = [
    ...ARCHITECTURES.map((name, i) => ({ name, result: resultsOf(results, "rare")[i] })),
    ...TEAM_SIZES.map((count, i) => ({
      name: `centralized, ${count} worker${count === 1 ? "" : "s"}`,
      result: resultsOf(results, "sizes")[i],
    })),
  ];
  return tableOf(
    {
      name: "capacity",
      title: "How many requests per hour each part of a team could do",
      note: "Measured with rare requests: the time that a request takes of the busiest agent in each role, retries included, and its share of the rate limit. The lowest capacity is that of the team.",
    },
    teams,
    [
      ["team", "", ({ name }) => name],
      ...SERVERS.map(
        (server): Column<{ result: ScenarioResult }> => [
          NAMES[server],
          "requests per hour",
          ({ result }) => finite(capacity(result, server)),
        ],
      ),
      ["bottleneck", "", ({ result }) => NAMES[bottleneck(result)]],
      ["turns", "turns per request", ({ result }) => cell(estimateOf(result, "turns"))],
    ],
  );
}

const finite = (x: number) => (Number.isFinite(x) ? x : null);

export function capacityFigure(results: Results): StudyFigure {
  return {
    name: "capacity",
    title: "More workers soon stop helping: the orchestrator's share of the work stays",
    alt: "Requests per hour that the workers of a centralized team could do grow with their number; those of its orchestrator soon level off, and the rate limit allows fewer.",
    kind: "lines",
    x: { title: "Workers of a centralized team" },
    y: { title: "Requests per hour that each could do", scale: "log" },
    series: SERVERS.map((server) =>
      seriesOf(NAMES[server], TEAM_SIZES, (count, i) => [
        count,
        capacity(resultsOf(results, "sizes")[i], server),
      ]),
    ),
  };
}

// ---------------------------------------------------------------- latency against load

export function loadTrials(perHour: Capacities, replications: number): Trial[] {
  return ARCHITECTURES.map((one) => ({
    name: one,
    ...streams(replications),
    scenarios: LOADS.map((load) => stream(one, intervalAt(load, perHour.get(one) as number))),
  }));
}

/** What is shown of each load. */
const COLUMNS = [
  ["p50", "seconds", "latency.p50"],
  ["p95", "seconds", "latency.p95"],
  ["p99", "seconds", "latency.p99"],
  ["success", "share", "success"],
  ["on time", "share", "onTime"],
  ["success on time", "share", "successOnTime"],
  ["orchestrator", "utilisation", "utilisation.orchestrator"],
  ["busiest worker", "utilisation", "utilisation.worker"],
  ["rate limit", "utilisation", "utilisation.rateLimit"],
] as const;

export function loadTable(results: Results, perHour: Capacities): StudyTable {
  const loads = pairs(ARCHITECTURES, [...LOADS.entries()]).map(([one, [i, load]]) => {
    const requests = load * (perHour.get(one) as number);
    return { one, load, requests, result: resultsOf(results, one)[i] };
  });
  return tableOf(
    {
      name: "load",
      title: "Latency and success against load",
      note: `Load is the share of the capacity of the bottleneck, measured with rare requests. Under load an agent is also busy while its calls wait for the rate limit. Of each stream of ${STREAM.tasks} requests, the first ${STREAM.warmUp} are left out, except from utilisation.`,
    },
    loads,
    [
      ["architecture", "", ({ one }) => one],
      ["load", "share", ({ load }) => load],
      ["requests", "per hour", ({ requests }) => requests],
      ...metricColumns<{ result: ScenarioResult }>(COLUMNS, ({ result }) => result),
    ],
  );
}

export function loadFigures(results: Results, perHour: Capacities): StudyFigure[] {
  const figure = (name: string, metric: string, title: string, alt: string, y: StudyAxis) => ({
    name,
    title,
    alt,
    kind: "lines" as const,
    x: { title: "Requests per hour", scale: "log" as const },
    y,
    series: ARCHITECTURES.map((one) =>
      seriesOf(one, LOADS, (load, i) => [
        load * (perHour.get(one) as number),
        estimateIn(results, one, metric, i),
      ]),
    ),
  });
  return [
    figure(
      "latency",
      "latency.p95",
      "Every architecture has a load from which all requests wait",
      "The 95th percentile of latency of five architectures rises steeply where the requests per hour come near to what each can do.",
      { title: "Latency p95 (seconds)", scale: "log" },
    ),
    figure(
      "onTime",
      "successOnTime",
      "Success that comes in time",
      "The share of requests that succeed within the latency objective falls with the load, first for the architectures with the most turns.",
      { title: "Success within the latency objective" },
    ),
  ];
}
