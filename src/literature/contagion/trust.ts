// Part of the study contagion: a star whose leaves believe the hub more than the hub believes them. Its agents have opinions
// of their own (scenarios/contagion/trust.yaml). The source's equation, with its edges weighted by trust, is to foretell how
// far a falsehood gets among them. Nothing was fitted, and the trust was set before anything was run.
import type { MetricValue } from "../../experiment/result.ts";
import { cell, scaled } from "../estimates.ts";
import { judged, type TargetResult } from "../judging.ts";
import { shipped } from "../shipped.ts";
import { PUBLISHED, pairs, seriesOf, tableOf } from "../show.ts";
import { estimateIn, type Results, type Trial, trial } from "../simulate.ts";
import type { StudyFigure, StudyTable } from "../study.ts";
import { absolute } from "../target.ts";
import { trustOf } from "./networks.ts";
import { EVERY_ROUND, ROUNDS, SOURCE, TOLERANCE } from "./published.ts";
import { type Adjacency, exactShares, recursionShares, trusting } from "./recursion.ts";

const FILE = "contagion/trust.yaml";

/** Where the falsehood begins. */
const ENTRIES = [
  { id: "hub", title: "from the hub", source: 0, changes: {} },
  {
    id: "leaf",
    title: "from a leaf",
    source: 1,
    changes: { "agents.hub.model": "right", "agents.entry.model": "wrong" },
  },
] as const;
type Entry = (typeof ENTRIES)[number];

const trialName = ({ id }: Entry, rounds: number) => `trust/${id}/${rounds}`;

/** The star entered at the hub and at a leaf, after each of the rounds. */
export const trustTrials = (replications: number): Trial[] =>
  pairs(ENTRIES, EVERY_ROUND).map(([entry, rounds]) => {
    const changes = { ...entry.changes, "parameters.rounds": rounds };
    return trial(trialName(entry, rounds), { file: FILE, changes }, replications);
  });

/** Share of holders by the number of rounds, from one entry, in every way in which it is known. */
export interface TrustCourse {
  readonly entry: Entry;
  /** By the source's equation, and by the chain that it approximates. */
  readonly equation: readonly number[];
  readonly chain: readonly number[];
  /** Among agents with opinions. */
  readonly simulated: readonly MetricValue[];
}

/** An edge of the equation is the chance that what is heard once outweighs an answer of one's own. */
function takenOver(trust: Adjacency): Adjacency {
  const heard = trust.map((row) => row.map((weight) => Number(weight > 0)));
  return trusting(heard, (from, to) => trust[from][to] / (1 + trust[from][to]));
}

export async function trustCourses(results: Results): Promise<TrustCourse[]> {
  const trust = trustOf(await shipped(FILE));
  const adjacency = takenOver(trust);
  return ENTRIES.map((entry) => {
    const spread = { adjacency, source: entry.source, beta: 1, delta: 0 };
    const holders = [0, ...EVERY_ROUND].map((rounds) =>
      rounds === 0
        ? { mean: 1, ci: [1, 1] as const }
        : estimateIn(results, trialName(entry, rounds), "errorsAtAggregation"),
    );
    return {
      entry,
      equation: recursionShares(spread, ROUNDS),
      chain: exactShares(spread, ROUNDS),
      simulated: holders.map((value) => scaled(value, 1 / trust.length)),
    };
  });
}

export function trustTargets(courses: readonly TrustCourse[]): TargetResult[] {
  return courses.map(({ entry, equation, simulated }) =>
    judged({
      id: `contagion.trust.${entry.id}`,
      figure: "Share that holds the falsehood after five rounds, with directed trust",
      title: entry.title,
      unit: "share",
      published: equation[ROUNDS],
      simulated: simulated[ROUNDS],
      tolerance: absolute(TOLERANCE),
      kind: "predicted",
      source: `the equation of ${SOURCE}, evaluated here`,
      definition:
        "E / N after five rounds, N = 5, in a star of agents that tell their opinions; the equation without drops, each edge weighted by trust / (1 + trust)",
      note: "The equation has no agent that hears the truth again and returns to it.",
    }),
  );
}

export function trustTable(courses: readonly TrustCourse[]): StudyTable {
  return tableOf(
    {
      name: "trust",
      title: "Directed trust: share of five agents that hold the falsehood",
      note: "The leaves believe the hub more than themselves, and the hub believes itself more than a leaf. The equation and the exact chain that it approximates know no truth that is told.",
    },
    pairs(courses, EVERY_ROUND),
    [
      ["falsehood", "", ([{ entry }]) => entry.title],
      ["rounds", "", ([, rounds]) => rounds],
      ["equation", "share", ([{ equation }, rounds]) => equation[rounds]],
      ["exact chain", "share", ([{ chain }, rounds]) => chain[rounds]],
      ["agents with opinions", "share", ([{ simulated }, rounds]) => cell(simulated[rounds])],
    ],
  );
}

export function trustFigure(courses: readonly TrustCourse[]): StudyFigure {
  return {
    name: "trust",
    title: "Opinions settle where the published equation fills the star",
    alt: "Share of five agents that hold the falsehood after none to five rounds, begun at the hub and at a leaf of a star in which the leaves believe the hub more. The simulated curves level off, the one from a leaf close to nothing; the marks of the equation rise towards all agents.",
    kind: "lines",
    x: { title: "rounds" },
    y: { title: "share of agents that hold it" },
    series: [
      ...courses.map(({ entry, simulated }) =>
        seriesOf(entry.title, simulated, (share, round) => [round, share]),
      ),
      ...courses.map(({ entry, equation }) =>
        seriesOf(entry.title, equation, (share, round) => [round, share], PUBLISHED),
      ),
    ],
  };
}
