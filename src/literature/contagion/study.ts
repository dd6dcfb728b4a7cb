// Study: how one falsehood spreads over a team, by the network that joins its agents (arXiv 2603.04474).
//
// What its figures show: the source's own rates are inputs, and the mechanism is the chain that the source's equation
// approximates. So the shares are identities: they check the engine against a closed form, and after four rounds rather than
// five because we chose that count after seeing the figures. The polluted rounds are calibrated: of several readings the
// one was taken that comes near. The shares with directed trust are predicted, by the equation, of another mechanism.
import type { MetricValue } from "../../experiment/result.ts";
import { power } from "../../numerics/power.ts";
import { cell, scaled } from "../estimates.ts";
import { judged, judgedAll, type TargetResult } from "../judging.ts";
import { shipped } from "../shipped.ts";
import { type Column, pairs, seriesOf, tableOf } from "../show.ts";
import { estimateIn, type Results, runsOf, type Trial, trial } from "../simulate.ts";
import { defineStudy, type StudyFigure, type StudyTable } from "../study.ts";
import { absolute } from "../target.ts";
import { adjacencyOf } from "./networks.ts";
import {
  EVERY_ROUND,
  POLLUTED_ROUNDS,
  type PublishedSpread,
  ROUNDS,
  SOURCE,
  SPREADS,
  TOLERANCE,
} from "./published.ts";
import { exactShares, recursionShares, type Spread, spectralRadius } from "./recursion.ts";
import { trustCourses, trustFigure, trustTable, trustTargets, trustTrials } from "./trust.ts";

const AGENTS = 5;

/** Networks whose course is simulated: the published ones, and the star entered at an end. */
const COURSES: readonly Pick<PublishedSpread, "title" | "file">[] = [
  ...SPREADS,
  { title: "star, from a leaf", file: "leaf" },
];

// ---------------------------------------------------------------- what is simulated

/** Early growth: larger networks, rates on both sides of the threshold, and the rounds between which growth is taken. */
const GROWTH = {
  files: [
    ["mesh", "mesh"],
    ["hub", "star, from the centre"],
  ],
  agents: 25,
  delta: 0.2,
  /** beta ρ(A) - delta. */
  margins: [-0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15, 0.2],
  from: 2,
  to: 4,
} as const;

const courseName = (file: string, rounds: number) => `${file}/${rounds}`;
const growthName = (file: string, margin: number, rounds: number) =>
  `growth/${file}/${margin}/${rounds}`;
const correctionName = (round: number, rounds: number) => `correction/${round}/${rounds}`;

const fileOf = (file: string) => `contagion/${file}.yaml`;

/** A spread over one of the larger networks whose criterion has a given margin. */
async function smallSpread(file: string, margin: number): Promise<Spread> {
  const { delta, agents } = GROWTH;
  const scenario = await shipped(fileOf(file), { "agents.agent.count": agents });
  const adjacency = adjacencyOf(scenario);
  return { adjacency, source: 0, beta: (delta + margin) / spectralRadius(adjacency), delta };
}

const courses = (replications: number): Trial[] =>
  pairs(COURSES, EVERY_ROUND).map(([{ file }, rounds]) => {
    const scenario = { file: fileOf(file), changes: { "parameters.rounds": rounds } };
    return trial(courseName(file, rounds), scenario, replications);
  });

/** A correction that arrives in round r changes nothing before; one that comes too late changes nothing at all. */
const corrections = (replications: number): Trial[] =>
  pairs(POLLUTED_ROUNDS, EVERY_ROUND).flatMap(([[round], rounds]) => {
    if (rounds < round) return [];
    const changes = { "parameters.late": round - 1, "parameters.rounds": rounds - round + 1 };
    const scenario = { file: fileOf("correction"), changes };
    return [trial(correctionName(round, rounds), scenario, replications)];
  });

const growth = (replications: number): Trial[] =>
  pairs(pairs(GROWTH.files, GROWTH.margins), [GROWTH.from, GROWTH.to]).map(
    ([[[file], margin], rounds]) => {
      const changes = async () => ({
        "agents.agent.count": GROWTH.agents,
        "parameters.delta": GROWTH.delta,
        "parameters.beta": (await smallSpread(file, margin)).beta,
        "parameters.rounds": rounds,
      });
      const scenario = { file: fileOf(file), changes };
      return trial(growthName(file, margin, rounds), scenario, replications);
    },
  );

const trials = (replications: number): Trial[] => [
  ...courses(replications),
  ...corrections(replications),
  ...growth(Math.ceil(replications / 2)),
  ...trustTrials(replications),
];

const holders = (results: Results, name: string): MetricValue =>
  estimateIn(results, name, "errorsAtAggregation");

/** S(t) of a network, t = 1..ROUNDS. */
const courseOf = (results: Results, file: string): MetricValue[] =>
  EVERY_ROUND.map((rounds) => scaled(holders(results, courseName(file, rounds)), 1 / AGENTS));

/**
 * Sum of estimates of one seed, whose deviations go together: their half-widths are added, which is never too narrow.
 */
function sum(values: readonly MetricValue[]): MetricValue {
  const total = (of: (value: MetricValue) => number | null) =>
    values.reduce<number | null>((all, value) => {
      const part = of(value);
      return all === null || part === null ? null : all + part;
    }, 0);
  return { mean: total((v) => v.mean), ci: [total((v) => v.ci[0]), total((v) => v.ci[1])] };
}

// ---------------------------------------------------------------- targets

const EQUATION = "E / N after five rounds, N = 5; the falsehood is in one ledger before the first";
const FIFTH_STATE =
  "E / N after four rounds, N = 5: the fifth round where the one in which the falsehood is told first counts as a round";

/** The spread of a shipped scenario without simulation. The falsehood begins with its first agent. */
async function spreadOf(file: string): Promise<Spread> {
  const scenario = await shipped(fileOf(file));
  const { beta, delta } = scenario.parameters;
  return { adjacency: adjacencyOf(scenario), source: 0, beta, delta };
}

const recursionsOf = async (file: string) => recursionShares(await spreadOf(file), ROUNDS);

async function shareTargets(results: Results): Promise<TargetResult[]> {
  const targets = SPREADS.map(async ({ id, title, file, share }) => {
    const course = courseOf(results, file);
    const shares = await recursionsOf(file);
    const isConsistent = Math.abs(shares[ROUNDS] - share) <= TOLERANCE;
    const common = { title, unit: "share", published: share, source: SOURCE } as const;
    return judgedAll({ ...common, kind: "identity" }, [
      {
        id: `contagion.${id}`,
        figure: "Share that holds the falsehood after five rounds",
        simulated: course[ROUNDS - 1],
        tolerance: isConsistent ? absolute(TOLERANCE) : null,
        definition: EQUATION,
        note: isConsistent
          ? "The rates are the source's own fit to this curve."
          : `The source contradicts itself: its equation with its own rates gives ${shares[ROUNDS].toFixed(3)} after five rounds, and ${shares[ROUNDS - 1].toFixed(3)} after four.`,
      },
      {
        id: `contagion.fifthState.${id}`,
        figure: "Share that holds the falsehood in the fifth round",
        simulated: course[ROUNDS - 2],
        tolerance: absolute(TOLERANCE),
        definition: FIFTH_STATE,
        note: "We chose this way of counting rounds after seeing the figures. It is the one under which all four agree with the equation.",
      },
    ]);
  });
  return (await Promise.all(targets)).flat();
}

/** Σ S(t) over the rounds 1..ROUNDS, with a correction that arrives in round `round`. */
function pollutedRounds(results: Results, round: number): MetricValue {
  const shares = EVERY_ROUND.map((rounds) =>
    holders(results, rounds < round ? courseName("mesh", rounds) : correctionName(round, rounds)),
  );
  return scaled(sum(shares), 1 / AGENTS);
}

function correctionTargets(results: Results): TargetResult[] {
  return POLLUTED_ROUNDS.map(([round, polluted]) =>
    judged({
      id: `contagion.correction.${round}`,
      figure: "Polluted rounds by the arrival of a correction",
      title: `in round ${round}`,
      unit: "rounds",
      published: polluted,
      simulated: pollutedRounds(results, round),
      tolerance: absolute(0.5),
      kind: "calibrated",
      source: SOURCE,
      definition: `sum over rounds 1 to ${ROUNDS} of the share of agents that hold the falsehood at the end of the round, in the complete mesh`,
      note: "The source does not say how it defines a polluted round, on which network, or over how many rounds. We chose this reading among several after seeing the figures.",
    }),
  );
}

// ---------------------------------------------------------------- tables and figures

async function spreadTable(results: Results): Promise<StudyTable> {
  const networks = COURSES.map(async ({ title, file }) => {
    const spread = await spreadOf(file);
    return {
      ...{ title, file, ...spread },
      recursion: recursionShares(spread, ROUNDS),
      exact: exactShares(spread, ROUNDS),
      course: courseOf(results, file),
    };
  });
  type Network = Awaited<(typeof networks)[number]>;
  const after = (rounds: number): Column<Network>[] => [
    [`recursion, ${rounds} rounds`, "share", ({ recursion }) => recursion[rounds]],
    [`exact chain, ${rounds} rounds`, "share", ({ exact }) => exact[rounds]],
    [`simulated, ${rounds} rounds`, "share", ({ course }) => cell(course[rounds - 1])],
  ];
  const publishedOf = ({ file }: Network) => SPREADS.find((one) => one.file === file)?.share;
  return tableOf(
    {
      name: "spread",
      title: "Share of five agents that hold the falsehood",
      note: "The recursion is the published equation, which treats agents as independent. The exact chain follows all 32 sets of holders, and the simulation has to agree with it.",
    },
    await Promise.all(networks),
    [
      ["network", "", ({ title }) => title],
      ["beta", "chance per edge and round", ({ beta }) => beta],
      ["delta", "chance per round", ({ delta }) => delta],
      ["published", "share", (one) => publishedOf(one) ?? null],
      ...after(ROUNDS - 1),
      ...after(ROUNDS),
    ],
  );
}

function courseFigure(results: Results): StudyFigure {
  return {
    name: "course",
    title: "Where the falsehood begins and who hears whom decides how fast it spreads",
    alt: "Share of five agents that hold the falsehood, after each of five rounds, for five networks. A star entered at its centre is full soonest, the one-way chain grows by one agent per round.",
    kind: "lines",
    x: { title: "rounds" },
    y: { title: "share of agents that hold it" },
    series: COURSES.map(({ title, file }) =>
      seriesOf(title, [1 / AGENTS, ...courseOf(results, file)], (share, round) => [round, share]),
    ),
  };
}

/** Growth per round between two rounds, less 1. */
function growthRate(results: Results, file: string, margin: number): number | null {
  const [early, late] = [GROWTH.from, GROWTH.to].map(
    (rounds) => holders(results, growthName(file, margin, rounds)).mean,
  );
  return !early || late === null ? null : rateBetween(early, late);
}

/** The same by the recursion. */
async function recursionGrowth(file: string, margin: number): Promise<number> {
  const shares = recursionShares(await smallSpread(file, margin), GROWTH.to);
  return rateBetween(shares[GROWTH.from], shares[GROWTH.to]);
}

const rateBetween = (early: number, late: number) =>
  power(late / early, 1 / (GROWTH.to - GROWTH.from)) - 1;

function growthFigure(results: Results): StudyFigure {
  return {
    name: "growth",
    title: "Early growth in a mesh follows beta times the spectral radius, less delta",
    alt: "Growth of the number of holders per round against the criterion beta rho(A) - delta, for a mesh and a star of 25 agents. The mesh follows the criterion, a little below it where it begins to fill; the star, entered at its centre, grows more evenly.",
    kind: "lines",
    x: { title: "beta ρ(A) - delta, per round" },
    y: { title: "growth of the number of holders, per round" },
    series: [
      seriesOf("criterion", GROWTH.margins, (margin) => [margin, margin]),
      ...GROWTH.files.map(([file, title]) =>
        seriesOf(title, GROWTH.margins, (margin) => [margin, growthRate(results, file, margin)]),
      ),
    ],
  };
}

async function growthTable(results: Results): Promise<StudyTable> {
  const rows = GROWTH.margins.map(async (margin) => ({
    margin,
    recursion: await Promise.all(GROWTH.files.map(([file]) => recursionGrowth(file, margin))),
  }));
  type Row = Awaited<(typeof rows)[number]>;
  const unit = "growth per round";
  return tableOf(
    {
      name: "growth",
      title: "Early growth against the criterion",
      note: `Networks of ${GROWTH.agents} agents, delta ${GROWTH.delta}; growth of the mean number of holders per round, between rounds ${GROWTH.from} and ${GROWTH.to}.`,
    },
    await Promise.all(rows),
    [
      ["beta ρ(A) - delta", "per round", ({ margin }) => margin],
      ...GROWTH.files.flatMap(([file, title], i): Column<Row>[] => [
        [`${title}, simulated`, unit, ({ margin }) => growthRate(results, file, margin)],
        [`${title}, recursion`, unit, ({ recursion }) => recursion[i]],
      ]),
    ],
  );
}

// ---------------------------------------------------------------- the study

export const CONTAGION = defineStudy({
  name: "contagion",
  title: "The spread of one falsehood",
  question:
    "How does the network of agents decide how far one falsehood spreads, and how soon must a correction arrive?",
  source: SOURCE,
  replications: 4096,
  runs: (replications) => runsOf(trials(replications)),
  run: async ({ replications, simulate }) => {
    const results = await simulate(trials(replications));
    const trust = await trustCourses(results);
    return {
      targets: [
        ...(await shareTargets(results)),
        ...correctionTargets(results),
        ...trustTargets(trust),
      ],
      tables: [await spreadTable(results), await growthTable(results), trustTable(trust)],
      figures: [courseFigure(results), growthFigure(results), trustFigure(trust)],
    };
  },
});
