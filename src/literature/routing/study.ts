// Study: routers, cascades and votes against one model for all (RouteLLM, arXiv 2406.18665; correlated errors, arXiv 2506.07962).
import { judged, type TargetResult } from "../judging.ts";
import { shipped, simulate } from "../simulate.ts";
import type { Study, StudyFigure, StudyOptions, StudyResult, StudyTable } from "../study.ts";
import {
  ARCHITECTURE_TRIALS,
  architectureFigure,
  architectureTables,
  architectureTrials,
} from "./architectures.ts";
import { KISH } from "./published.ts";
import {
  BATCHES,
  type Batch,
  ROUTER_TRIALS,
  routerFigure,
  routerTargets,
  routerTrials,
} from "./routellm.ts";
import { measureVotes, type VoteStatistics } from "./voting.ts";

const NAME = "routing";
const REPLICATIONS = 4000;

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
  return shipped(`${NAME}/voting-${file}.yaml`, Object.fromEntries(counts));
}

async function measureTeams(seed: string, replications: number, signal?: AbortSignal) {
  const votes: Vote[] = [];
  for (const [file, team, groups] of TEAMS)
    for (const voters of VOTERS.filter((n) => n >= groups.length)) {
      signal?.throwIfAborted();
      const scenario = await vote(file, voters, groups);
      votes.push({ team, ...measureVotes(scenario, seed, replications) });
    }
  return votes;
}

async function kishTarget(seed: string, replications: number): Promise<TargetResult> {
  const judges = await shipped(`${NAME}/voting-one-family.yaml`, {
    "models.base.commonCause": KISH.correlation,
    "agents.voter.count": KISH.judges,
  });
  return judged({
    id: "routing.kish.nine",
    figure: "votes",
    title: `${KISH.judges} judges of correlation ${KISH.correlation}: effective number`,
    unit: "votes",
    published: KISH.effective,
    publishedCi: null,
    simulated: measureVotes(judges, seed, replications).effective,
    tolerance: { kind: "absolute", within: 0.15 },
    kind: "predicted",
    source: KISH.source,
    definition: "variance of one vote, p (1 - p), over the variance of the mean vote",
    note: "The correlation is an input, the common-cause share of the family; what is tested is that votes in the simulation vary as they should.",
  });
}

function voteTable(votes: readonly Vote[]): StudyTable {
  return {
    name: "votes",
    title: "Votes: what they are worth, and how often the majority errs",
    note: "The correlation is the mean over all pairs of voters, by Kish's formula from the effective number of votes. The majority can err more often than that number lets one expect: where one family has a majority by itself, its common errors decide.",
    columns: [
      { name: "team", unit: "" },
      { name: "voters", unit: "agents" },
      { name: "error of a vote", unit: "share" },
      { name: "error of the majority", unit: "share" },
      { name: "correlation", unit: "φ" },
      { name: "effective votes", unit: "votes" },
    ],
    rows: votes.map((v) => [
      v.team,
      v.voters,
      v.error,
      v.majorityError,
      v.voters === 1 ? null : v.correlation,
      v.effective,
    ]),
  };
}

function voteFigure(votes: readonly Vote[]): StudyFigure {
  return {
    name: "votes",
    title: "More voters of one kind",
    alt: "Share of questions on which the majority is wrong, over the number of voters. Independent voters err less and less; correlated ones soon stop to improve.",
    kind: "lines",
    x: { title: "Voters (agents)" },
    y: { title: "Error of the majority (share)" },
    series: TEAMS.map(([, team]) => ({
      name: team,
      points: votes
        .filter((v) => v.team === team)
        .map((v) => ({ x: v.voters, y: v.majorityError })),
    })),
  };
}

/** Replications of a batch of RouteLLM's routers: these tasks are short, and gaps between shares want many. */
const inBatch = (replications: number) => 3 * replications;
const ofVotes = (replications: number) => 5 * replications;

async function run(options: StudyOptions = {}): Promise<StudyResult> {
  const { replications = REPLICATIONS, seed = NAME, jobs, signal, onProgress } = options;
  const total = runs(replications);
  const batchShare = (ROUTER_TRIALS * inBatch(replications)) / total;
  const simulation = (before: number, part: number) => ({
    jobs,
    signal,
    onProgress: (share: number) => onProgress?.(before + part * share),
  });
  const batches: Batch[] = [];
  const routers = await routerTrials(inBatch(replications));
  for (let batch = 0; batch < BATCHES; batch++)
    batches.push(
      await simulate(routers, {
        seed: `${seed}/${batch}`,
        ...simulation(batch * batchShare, batchShare),
      }),
    );
  const before = BATCHES * batchShare;
  const part = (ARCHITECTURE_TRIALS * replications) / total;
  const results = await simulate(await architectureTrials(replications), {
    seed,
    ...simulation(before, part),
  });
  const votes = await measureTeams(seed, ofVotes(replications), signal);
  const kish = await kishTarget(seed, ofVotes(replications));
  onProgress?.(1);
  return {
    study: NAME,
    seed,
    replications,
    interrupted: false,
    targets: [...routerTargets(batches), kish],
    tables: [...architectureTables(results), voteTable(votes)],
    figures: [architectureFigure(results), routerFigure(batches), voteFigure(votes)],
  };
}

function runs(replications: number): number {
  const measured = TEAMS.reduce(
    (sum, [, , groups]) => sum + VOTERS.filter((n) => n >= groups.length).length,
    1,
  );
  return (
    ARCHITECTURE_TRIALS * replications +
    BATCHES * ROUTER_TRIALS * inBatch(replications) +
    measured * ofVotes(replications)
  );
}

export const ROUTING: Study = {
  name: NAME,
  title: "Routing, cascades and the one-model trap",
  question:
    "What do routers, cascades and votes save or cost against one model for all, and what when that model fails?",
  source: "arXiv 2406.18665, arXiv 2506.07962",
  replications: REPLICATIONS,
  runs,
  run,
  mechanism: [
    "**A router by class** (`assign` with `mode: route`, `routes` and `accuracy`) gives each task to the agents of its class, or by mistake to those of any other. **A router by difficulty** (`split`) sees the difficulty of the instance with normal noise and sends what looks harder than a threshold to the strong model. **A cascade** (`escalate`) goes through its phases only where the deliverable is not complete yet: after a failed check, after an outage.",
    "**An outage** is a model all of whose calls fail; **a silent regression** multiplies its error odds; **a blind spot** is a common cause: on a share of the claims all models of a family share one draw, agree on the wrong answer, and no check by one of the family sees it. A check by another family does.",
    "**RouteLLM's curves.** One pair of models and one spread of difficulty serve all benchmarks; a router is one number, its noise. That number is fitted to the share of strong calls for half of the quality gap, by bisection on the curve without simulation (`src/literature/routing/curve.ts`); the share for four fifths follows, and the random router is one with noise alone. The interval of a share comes from five batches with seeds of their own.",
    "**Correlated votes.** Two voters of one family are right and wrong together with correlation ρ + (1 - ρ) c, where c is the common-cause share and ρ what the spread of difficulty makes by itself. The effective number of votes is measured from the variance of the mean vote.",
  ],
  limits: [
    "Task classes, their difficulty and the error rates of the tiers are assumptions; prices are of the order of list prices of 2025. How the architectures compare in an outage or a blind spot is a property of the mechanism; by how much depends on these numbers. The router itself costs nothing and never fails. What an outage costs in money and time follows from how long an agent keeps trying, here 24 turns.",
    "RouteLLM measures answers by scores and by accuracy; here a question is one claim, right or wrong. The spread of difficulty and the rarity of failures are chosen so that a router good enough for MT-Bench can exist at all: on tasks where the weak model fails often, no order of the questions gives half of the gap for an eighth of the calls. One noise a benchmark cannot also fit a second benchmark's mix.",
    "The published correlation of .42 is a mean over pairs of models, also of different vendors. Whether it comes from what a family has in common or from the questions decides whether another family helps, and the published figure does not say. A common cause here is all or nothing: the whole family is wrong together or each by itself, which makes blocs.",
  ],
};
