// Study: routers, cascades and votes against one model for all (RouteLLM, arXiv 2406.18665; correlated errors, arXiv 2506.07962).
//
// What its figures show: the noise of a router is solved for its share of calls at half of the quality gap, so that this
// point is an identity, and the point at four fifths of the gap is predicted. A random router recovers what it sends, and
// votes of a given correlation are worth what Kish's formula says: both are identities.
import { ablationPart } from "../ablation.ts";
import { judged, type TargetResult } from "../judging.ts";
import { shipped } from "../shipped.ts";
import { seriesOf, tableOf } from "../show.ts";
import { type Results, runsOf } from "../simulate.ts";
import { defineStudy, type StudyFigure, type StudyRun, type StudyTable } from "../study.ts";
import { absolute } from "../target.ts";
import {
  ARCHITECTURES,
  architectureFigure,
  architectureTables,
  architectureTrials,
} from "./architectures.ts";
import { KISH } from "./published.ts";
import { BATCHES, routerFigure, routerTargets, routerTrials } from "./routellm.ts";
import { measureVotes, type VoteStatistics } from "./voting.ts";

/** Groups of voters of each kind of team: how many members make n voters, for the numbers that it has. */
const TEAMS: readonly (readonly [file: string, title: string, groups: readonly string[]])[] = [
  ["independent", "independent", ["voter"]],
  ["one-family", "one family", ["voter"]],
  ["two-families", "two families", ["voter", "other"]],
  ["three-families", "three families", ["voter", "other", "another"]],
  ["difficulty", "by difficulty alone", ["voter"]],
];
const VOTERS = [1, 3, 5, 7, 9];

interface Vote extends VoteStatistics {
  readonly team: string;
}

async function vote(file: string, voters: number, groups: readonly string[]) {
  const counts = groups.map((group, i) => [
    `agents.${group}.count`,
    Math.ceil((voters - i) / groups.length),
  ]);
  return shipped(`routing/voting-${file}.yaml`, Object.fromEntries(counts));
}

/** Every team with every number of voters. */
const MEASURED = TEAMS.flatMap(([file, team, groups]) =>
  VOTERS.filter((n) => n >= groups.length).map((voters) => ({ file, team, groups, voters })),
);

async function measureTeams({ seed, signal }: StudyRun, questions: number): Promise<Vote[]> {
  const votes: Vote[] = [];
  for (const { file, team, groups, voters } of MEASURED) {
    signal?.throwIfAborted();
    const scenario = await vote(file, voters, groups);
    votes.push({ team, ...measureVotes(scenario, seed, questions) });
  }
  return votes;
}

async function kishTarget({ seed }: StudyRun, questions: number): Promise<TargetResult> {
  const judges = await shipped("routing/voting-one-family.yaml", {
    "models.base.commonCause": KISH.correlation,
    "agents.voter.count": KISH.judges,
  });
  return judged({
    id: "routing.kish.nine",
    figure: "votes",
    title: `${KISH.judges} judges of correlation ${KISH.correlation}: effective number`,
    unit: "votes",
    published: KISH.effective,
    simulated: measureVotes(judges, seed, questions).effective,
    tolerance: absolute(0.15),
    kind: "identity",
    source: KISH.source,
    definition: "variance of one vote, p (1 - p), over the variance of the mean vote",
    note: "The correlation is an input: it is the common-cause share of the family. The target tests that simulated votes vary as they should.",
  });
}

function voteTable(votes: readonly Vote[]): StudyTable {
  return tableOf(
    {
      name: "votes",
      title: "Votes: what they are worth, and how often the majority errs",
      note: "The correlation is the mean over all pairs of voters. It follows from the effective number of votes by Kish's formula.",
    },
    votes,
    [
      ["team", "", ({ team }) => team],
      ["voters", "agents", ({ voters }) => voters],
      ["error of a vote", "share", ({ error }) => error],
      ["error of the majority", "share", ({ majorityError }) => majorityError],
      ["correlation", "φ", (v) => (v.voters === 1 ? null : v.correlation)],
      ["effective votes", "votes", ({ effective }) => effective],
    ],
  );
}

function voteFigure(votes: readonly Vote[]): StudyFigure {
  return {
    name: "votes",
    title: "More voters of one kind",
    alt: "Share of questions on which the majority is wrong, over the number of voters. Independent voters err less and less; correlated ones soon stop to improve.",
    kind: "lines",
    x: { title: "Voters (agents)" },
    y: { title: "Error of the majority (share)" },
    series: TEAMS.map(([, team]) =>
      seriesOf(
        team,
        votes.filter((one) => one.team === team),
        ({ voters, majorityError }) => [voters, majorityError],
      ),
    ),
  };
}

/** Replications of a batch of RouteLLM's routers: these tasks are short, and gaps between shares want many. */
const inBatch = (replications: number) => 3 * replications;
const ofVotes = (replications: number) => 5 * replications;

async function simulateRouters({ replications, seed, simulate }: StudyRun): Promise<Results[]> {
  const batches: Results[] = [];
  for (let batch = 0; batch < BATCHES; batch++)
    batches.push(await simulate(routerTrials(inBatch(replications)), `${seed}/${batch}`));
  return batches;
}

const ABLATED = {
  name: "requests",
  scenarios: ARCHITECTURES.map(([name]) => ({ name, file: `routing/${name}.yaml` })),
  baseline: "single",
};

export const ROUTING = defineStudy({
  name: "routing",
  title: "Routing, cascades and the one-model trap",
  question:
    "What do routers, cascades and votes save against one model for everything, and what happens when a model fails?",
  source: "arXiv 2406.18665, arXiv 2506.07962",
  replications: 4096,
  runs: (replications) =>
    BATCHES * runsOf(routerTrials(inBatch(replications))) +
    runsOf(architectureTrials(replications)) +
    (MEASURED.length + 1) * ofVotes(replications),
  run: async (under) => {
    const batches = await simulateRouters(under);
    const results = await under.simulate(architectureTrials(under.replications));
    const questions = ofVotes(under.replications);
    const votes = await measureTeams(under, questions);
    const kish = await kishTarget(under, questions);
    under.part((MEASURED.length + 1) * questions).onProgress?.(1);
    return {
      targets: [...routerTargets(batches), kish],
      tables: [...architectureTables(results), voteTable(votes)],
      figures: [architectureFigure(results), routerFigure(batches), voteFigure(votes)],
    };
  },
  ablations: ablationPart([ABLATED]),
});
