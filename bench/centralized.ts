// The centralized team on the four benchmarks in Faultline and its peers: replications a second of one core, and whether
// all simulate the same thing.
import { writeFileSync } from "node:fs";
import { nodeFiles } from "../src/documents/reading/nodeFiles.ts";
import { Engine } from "../src/model/engine.ts";
import { OUTCOME_FIELDS, OUTCOME_SIZE } from "../src/model/outcome.ts";
import { rootKey } from "../src/numerics/draws.ts";
import { compile } from "../src/scenario/compiling/compile.ts";
import { loadScenario } from "../src/scenario/load.ts";
import type { Scenario } from "../src/scenario/schema.ts";
import { type Counts, pooled } from "./peers/agreement.ts";
import { peerParameters } from "./peers/parameters.ts";
import { type Peer, WORKSHOP } from "./peers/peers.ts";
import { inRounds, type Measure, processorSeconds, type Rates } from "./rounds.ts";

export const BENCHMARKS = ["finance-agent", "plancraft", "browsecomp-plus", "workbench"] as const;

export type Benchmark = (typeof BENCHMARKS)[number];

/** Replications a round: about a third of a second each on the Finance task. */
const REPLICATIONS = { Faultline: 16_000, SimPy: 800, C: 48_000 };

export async function centralizedScenario(
  benchmark: Benchmark = "finance-agent",
): Promise<Scenario> {
  const file = `scenarios/kim2025/${benchmark}-centralized.yaml`;
  return (await loadScenario(file, { files: nodeFiles(file) })).scenario;
}

export interface Comparison {
  /** Replications a second of processor time. */
  readonly rates: Rates;
  /** What each counted over all rounds. */
  readonly counts: Readonly<Record<string, Counts>>;
}

/**
 * Runs Faultline's engine and the peers in turn. Every round has instances and seeds of its own.
 * @param others what is measured in the same rounds
 */
export async function compareCentralized(
  benchmark: Benchmark,
  peers: readonly Peer[],
  rounds: number,
  others: Readonly<Record<string, Measure>>,
): Promise<Comparison> {
  const scenario = await centralizedScenario(benchmark);
  const plan = compile(scenario);
  const file = `${WORKSHOP}/centralized.txt`;
  writeFileSync(file, peerParameters(scenario, plan));
  const counts: Record<string, Counts> = {};
  const engine = new Engine(plan, rootKey("bench"));
  const contestants: Record<string, Measure> = {
    ...others,
    Faultline: async (round) => {
      const clusters = REPLICATIONS.Faultline / plan.repeats;
      let counted: Counts | undefined;
      const seconds = await processorSeconds(() => {
        counted = runClusters(engine, round * clusters, clusters);
      });
      counts.Faultline = pooled(counts.Faultline, counted as Counts);
      return REPLICATIONS.Faultline / seconds;
    },
  };
  for (const peer of peers)
    contestants[peer.name] = (round) => {
      const seed = round + 1;
      const result = peer.run("centralized", file, REPLICATIONS[peer.name], seed) as PeerResult;
      counts[peer.name] = pooled(counts[peer.name], result);
      return result.replications / result.seconds;
    };
  runClusters(engine, 0, REPLICATIONS.Faultline / plan.repeats); // for V8 to compile it
  return { rates: await inRounds(rounds, contestants), counts };
}

interface PeerResult extends Counts {
  readonly seconds: number;
  readonly replications: number;
}

/** Runs clusters of replications and counts what the peers count. */
function runClusters(engine: Engine, first: number, count: number): Counts {
  const { repeats } = engine.plan;
  const sums = new Float64Array(OUTCOME_SIZE);
  const squares = new Float64Array(OUTCOME_SIZE);
  const cluster = new Float64Array(OUTCOME_SIZE);
  for (let number = first; number < first + count; number++) {
    cluster.fill(0);
    for (let repeat = 0; repeat < repeats; repeat++) {
      engine.run(number * repeats + repeat);
      for (let field = 0; field < OUTCOME_SIZE; field++) cluster[field] += engine.outcome[field];
    }
    for (let field = 0; field < OUTCOME_SIZE; field++) {
      const mean = cluster[field] / repeats;
      sums[field] += mean;
      squares[field] += mean * mean;
    }
  }
  return {
    clusters: count,
    fields: Object.fromEntries(
      OUTCOME_FIELDS.map((name, field) => [name, [sums[field], squares[field]] as const]),
    ),
  };
}
