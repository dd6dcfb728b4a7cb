// Study: tasks of a million steps by voting on every step (MAKER, arXiv 2511.09030).
//
// What its figures show: all are identities. The leads are the source's formula at its own error rates. The success of the
// whole task is the gambler's ruin at these leads, which were chosen to give it: a simulated vote that missed it would be a
// fault of the engine.
import { failureChance } from "../../experiment/rareEvents.ts";
import type { MetricValue } from "../../experiment/result.ts";
import type { Interval } from "../../numerics/intervals.ts";
import { ablationPart } from "../ablation.ts";
import { cell, exactly, fromInterval, scaled } from "../estimates.ts";
import { judgedAll, type TargetResult } from "../judging.ts";
import { loadVariant, type Variant } from "../shipped.ts";
import { type Column, PUBLISHED, pairs, seriesOf, tableOf } from "../show.ts";
import { estimateIn, type Results, runsOf, type Trial, trial } from "../simulate.ts";
import { defineStudy, type StudyFigure, type StudyRun, type StudyTable } from "../study.ts";
import { absolute, range } from "../target.ts";
import { kMin, stepFailure, stepsPaid, taskSuccess, votesPerStep } from "./closedForms.ts";
import { RATES, REAL_RUN, SOURCE, STEPS, TARGET, UNDECIDED, UNDECIDED_VOTES } from "./published.ts";
import {
  CLUSTERINGS,
  type Clustering,
  lastFitted,
  undecidedByVotes,
  undecidedShare,
} from "./undecided.ts";

// ---------------------------------------------------------------- what is simulated

/** Single steps that are simulated directly: error rate and k. */
const SINGLE_STEPS = [
  [0.2, 1],
  [0.2, 3],
  [0.2342, 3],
  [0.3571, 3],
  [0.3571, 6],
] as const;

/** Whole tasks that are simulated directly: error rate, k and steps. */
const WHOLE_TASKS = [
  [0.2, 3, 10],
  [0.2, 5, 10],
  [0.1, 2, 100],
  [0.1, 3, 100],
  [0.2342, 5, 100],
] as const;

/** Steps that one vote decides, for the costs. */
const STEPS_PER_VOTE = [1, 2, 4, 8, 16] as const;

/** Votes whose failures are too rare to meet: the k of each rate, and that of the real run. */
const RARE: readonly { readonly errorRate: number; readonly k: number }[] = [
  ...RATES.map(([errorRate, k]) => ({ errorRate, k })),
  REAL_RUN,
].filter(
  ({ errorRate, k }, i, all) =>
    all.findIndex((one) => one.errorRate === errorRate && one.k === k) === i,
);

const stepName = (errorRate: number, k: number) => `step/${errorRate}/${k}`;
const taskName = (errorRate: number, k: number, steps: number) => `task/${errorRate}/${k}/${steps}`;

const step = (errorRate: number, k: number) => ({
  file: "maker/step.yaml",
  changes: { "parameters.errorRate": errorRate, "parameters.k": k },
});

const task = (errorRate: number, k: number, steps: number): Variant => ({
  file: "maker/steps.yaml",
  changes: { ...step(errorRate, k).changes, "parameters.steps": steps },
});

/** Samples after which the simulated votes are counted: later, too few steps are left undecided to meet. */
const SAMPLES = UNDECIDED.map(([samples]) => samples).filter((samples) => samples <= 5);

const invalidName = ({ id }: Clustering, samples: number) => `invalid/${id}/${samples}`;

/** A step with bad answers, which comes to an end after so many samples. */
const invalid = ({ errorRate, recall, spread, prone }: Clustering, samples: number): Variant => ({
  file: "maker/invalid.yaml",
  changes: {
    ...{ "parameters.errorRate": errorRate, "parameters.recall": recall },
    ...{ "parameters.spread": spread, "parameters.prone": prone },
    ...{ "parameters.k": REAL_RUN.k, "parameters.samples": samples },
  },
});

const trials = (replications: number): Trial[] => [
  ...[...SINGLE_STEPS, ...RATES].map(([errorRate, k]) =>
    trial(stepName(errorRate, k), step(errorRate, k), replications),
  ),
  ...WHOLE_TASKS.map(([errorRate, k, steps]) => {
    const scenario = task(errorRate, k, steps);
    return trial(taskName(errorRate, k, steps), scenario, Math.ceil(replications / 4));
  }),
  ...pairs(CLUSTERINGS, SAMPLES).map(([one, samples]) =>
    trial(invalidName(one, samples), invalid(one, samples), 3 * replications),
  ),
];

type Failures = ReadonlyMap<string, Interval>;

/** Chance that the vote on a step fails, by importance sampling at the mirrored rate, at which nearly every vote fails. */
async function rareFailures({ replications, seed, part }: StudyRun): Promise<Failures> {
  const failures = new Map<string, Interval>();
  for (const { errorRate, k } of RARE) {
    const estimate = await failureChance(await loadVariant(step(errorRate, k)), {
      ...part(replications),
      errorRate: 1 - errorRate,
      replications,
      seed: `${seed}/rare`,
    });
    failures.set(stepName(errorRate, k), estimate);
  }
  return failures;
}

const failureOf = (failures: Failures, errorRate: number, k: number) =>
  failures.get(stepName(errorRate, k)) as Interval;

/** Chance of the whole task by that of its steps, which come out independently: (1 - failure)^STEPS. */
function wholeTask({ mean, lo, hi }: Interval): MetricValue {
  const all = (failure: number) => Math.exp(STEPS * Math.log1p(-failure));
  return { mean: all(mean), ci: [all(hi), all(lo)] };
}

// ---------------------------------------------------------------- targets

/** Published counts below this are shown and not judged: the simulation does not meet them. */
const JUDGED_STEPS = 500;

const COMMON = { kind: "identity", source: SOURCE } as const;

function kTargets(): TargetResult[] {
  const common = { ...COMMON, figure: "Least lead of a vote", unit: "votes" };
  return judgedAll(
    common,
    RATES.map(([errorRate, published]) => ({
      id: `maker.kMin.${errorRate}`,
      title: `error rate ${errorRate}`,
      published,
      simulated: exactly(kMin(1 - errorRate, STEPS, 1, TARGET)),
      tolerance: absolute(0, "published"),
      definition: `ceil(ln(t^(-m/s) - 1) / ln((1 - p) / p)) with t = ${TARGET}, m = 1, s = ${STEPS}; computed, not simulated`,
    })),
  );
}

function successTargets(failures: Failures): TargetResult[] {
  const definition = `(1 - chance that the vote on a step fails)^${STEPS}; that chance by importance sampling of the simulated vote`;
  const common = { ...COMMON, figure: "Success of the whole task", unit: "share", definition };
  return judgedAll(common, [
    ...RATES.map(([errorRate, k]) => ({
      id: `maker.pFull.${errorRate}`,
      title: `error rate ${errorRate}, k = ${k}`,
      published: TARGET,
      simulated: wholeTask(failureOf(failures, errorRate, k)),
      tolerance: range(TARGET, null, "published"),
      note: "The published value is the chance that k was chosen to reach.",
    })),
    {
      id: "maker.pFull.k3",
      title: `the real run, k = ${REAL_RUN.k}`,
      published: 1,
      simulated: wholeTask(failureOf(failures, REAL_RUN.errorRate, REAL_RUN.k)),
      tolerance: absolute(0.05),
      note: `The published value is a single run without an error. That does not estimate a chance. The error rate ${REAL_RUN.errorRate} is the higher of the two for which k = ${REAL_RUN.k} is published.`,
    },
  ]);
}

/** Two standard deviations of a count of rare steps: how far the run's own luck carries it. */
const luckOf = (steps: number) => absolute(2 * Math.sqrt(steps));

function undecidedTargets(): TargetResult[] {
  const common = { ...COMMON, figure: "Steps still undecided", unit: "steps" };
  const after = pairs(CLUSTERINGS, UNDECIDED).map(([one, [samples, published]]) => ({
    ...{ one, published },
    id: `maker.undecided.${one.id}.${samples}`,
    title: `after ${samples} samples, ${one.title}`,
    share: undecidedShare(one, REAL_RUN.k, samples),
    isFitted: samples <= lastFitted(one),
    unit: "samples",
  }));
  const byVotes = pairs(CLUSTERINGS, UNDECIDED_VOTES).map(([one, [votes, published]]) => ({
    ...{ one, published },
    id: `maker.undecidedVotes.${one.id}.${votes}`,
    title: `after ${votes} votes, ${one.title}`,
    share: undecidedByVotes(one, REAL_RUN.k, votes),
    isFitted: votes === UNDECIDED_VOTES[0][0],
    unit: "votes",
  }));
  return judgedAll(
    common,
    [...after, ...byVotes]
      .filter(({ published }) => published >= JUDGED_STEPS)
      .map(({ one: _, share, isFitted, unit, ...target }) => ({
        ...target,
        kind: isFitted ? ("calibrated" as const) : ("predicted" as const),
        simulated: exactly(STEPS * share),
        tolerance: luckOf(target.published),
        definition: `${STEPS} times the share of the steps on which no answer leads by ${REAL_RUN.k} after so many ${unit}: the exact chain of the simulated vote, with which the simulation has to agree; to reach: two standard deviations of the published count`,
      })),
  );
}

// ---------------------------------------------------------------- tables and figures

function undecidedTable(results: Results): StudyTable {
  const rows = UNDECIDED.map(([samples, published]) => ({ samples, published }));
  type Row = (typeof rows)[number];
  const columns = CLUSTERINGS.flatMap((one): Column<Row>[] => [
    [
      `${one.title}, exact`,
      "steps",
      ({ samples }) => STEPS * undecidedShare(one, REAL_RUN.k, samples),
    ],
    [
      `${one.title}, simulated`,
      "steps",
      ({ samples }) =>
        SAMPLES.includes(samples)
          ? scaled(estimateIn(results, invalidName(one, samples), "exhausted"), STEPS)
          : null,
    ],
  ]);
  return tableOf(
    {
      name: "undecided",
      title: "Steps still undecided after so many samples",
      note: `Of ${STEPS} steps with k = ${REAL_RUN.k}. The first count is fitted, and with a clustering parameter the second as well.`,
    },
    rows,
    [
      ["samples", "samples", ({ samples }) => samples],
      ["published", "steps", ({ published }) => published],
      ...columns,
    ],
  );
}

function undecidedVotesTable(): StudyTable {
  return tableOf(
    {
      name: "undecidedVotes",
      title: "Steps still undecided after so many votes",
      note: "Samples that were thrown away are not counted. The first count is fitted. All counts are computed.",
    },
    UNDECIDED_VOTES,
    [
      ["votes", "votes", ([votes]) => votes],
      ["published", "steps", ([, published]) => published],
      ...CLUSTERINGS.map(
        (one): Column<(typeof UNDECIDED_VOTES)[number]> => [
          one.title,
          "steps",
          ([votes]) => STEPS * undecidedByVotes(one, REAL_RUN.k, votes),
        ],
      ),
    ],
  );
}

function undecidedFigure(): StudyFigure {
  const shown = UNDECIDED.filter(([, steps]) => steps > 0);
  const course = "undecided steps";
  return {
    name: "undecided",
    title: "Invalid answers cluster on steps",
    alt: "Steps still undecided after 3 to 12 samples on a logarithmic scale. The published counts fall by a factor of three to five per sample; with bad answers at random they fall far faster, with steps that differ in difficulty far slower, and with some steps prone to them a little faster.",
    kind: "lines",
    x: { title: "samples" },
    y: { title: "steps still undecided", scale: "log" },
    series: [
      seriesOf(course, shown, ([samples, steps]) => [samples, steps], PUBLISHED),
      ...CLUSTERINGS.map((one) =>
        seriesOf(one.title, shown, ([samples]) => {
          const steps = STEPS * undecidedShare(one, REAL_RUN.k, samples);
          return [samples, steps >= 1 ? steps : null];
        }),
      ),
    ],
  };
}

function rareTable(failures: Failures): StudyTable {
  const failure = ({ errorRate, k }: (typeof RARE)[number]) => failureOf(failures, errorRate, k);
  return tableOf(
    {
      name: "rare",
      title: "Votes that almost never fail",
      note: "Estimated by importance sampling. Direct simulation would need some hundred million votes per figure.",
    },
    RARE,
    [
      ["error rate", "share", ({ errorRate }) => errorRate],
      ["k", "votes", ({ k }) => k],
      ["failure of a step, closed form", "share", (one) => stepFailure(1 - one.errorRate, one.k)],
      ["failure of a step, simulated", "share", (one) => fromInterval(failure(one))],
      ["whole task, closed form", "share", (one) => taskSuccess(1 - one.errorRate, one.k, STEPS)],
      ["whole task, simulated", "share", (one) => wholeTask(failure(one))],
    ],
  );
}

function directTable(results: Results): StudyTable {
  const tasks = [
    ...SINGLE_STEPS.map(([errorRate, k]) => {
      const success = 1 - stepFailure(1 - errorRate, k);
      return { errorRate, k, steps: 1, success, name: stepName(errorRate, k) };
    }),
    ...WHOLE_TASKS.map(([errorRate, k, steps]) => {
      const success = taskSuccess(1 - errorRate, k, steps);
      return { errorRate, k, steps, success, name: taskName(errorRate, k, steps) };
    }),
  ];
  return tableOf({ name: "direct", title: "Tasks short enough to simulate outright" }, tasks, [
    ["error rate", "share", ({ errorRate }) => errorRate],
    ["k", "votes", ({ k }) => k],
    ["steps", "steps", ({ steps }) => steps],
    ["success, closed form", "share", ({ success }) => success],
    ["success, simulated", "share", ({ name }) => cell(estimateIn(results, name, "success"))],
  ]);
}

function votesTable(results: Results): StudyTable {
  const turns = (step: string) => cell(estimateIn(results, step, "turns"));
  return tableOf(
    {
      name: "votes",
      title: "Votes per step",
      note: "The closed form is that of the gambler's ruin. The source's k / (2p - 1) ignores walks that end on the wrong side, which matters only for small k.",
    },
    [...SINGLE_STEPS, ...RATES],
    [
      ["error rate", "share", ([errorRate]) => errorRate],
      ["k", "votes", ([, k]) => k],
      ["source", "votes per step", ([errorRate, k]) => k / (1 - 2 * errorRate)],
      ["closed form", "votes per step", ([errorRate, k]) => votesPerStep(1 - errorRate, k)],
      ["simulated", "votes per step", ([errorRate, k]) => turns(stepName(errorRate, k))],
    ],
  );
}

/** Steps paid for per step of the task, where a vote decides m steps. */
const paidPerStep = (errorRate: number, m: number) =>
  stepsPaid(1 - errorRate, STEPS, m, TARGET) / STEPS;

function costTable(): StudyTable {
  return tableOf(
    {
      name: "cost",
      title: "Steps paid for, by the number of steps that one vote decides",
      note: `The source's s k_min / (p^(m-1) (2p - 1)) for s = ${STEPS} and t = ${TARGET}, per step of the task. It is computed, not simulated. Votes on several steps at once cost exponentially more when models err often.`,
    },
    RATES,
    [
      ["error rate", "share", ([errorRate]) => errorRate],
      ...STEPS_PER_VOTE.map(
        (m): Column<(typeof RATES)[number]> => [
          `m = ${m}`,
          "steps paid per step",
          ([errorRate]) => paidPerStep(errorRate, m),
        ],
      ),
    ],
  );
}

function costFigure(): StudyFigure {
  const shown = [0.0022, 0.0393, 0.1839, 0.3571];
  return {
    name: "cost",
    title: "Deciding one step at a time is what keeps the cost down",
    alt: "Steps paid for per step of the task against the steps that one vote decides, on a logarithmic scale: nearly flat for a model that errs in 0.2 % of the steps, rising by orders of magnitude for one that errs in a third.",
    kind: "lines",
    x: { title: "steps that one vote decides", scale: "log" },
    y: { title: "steps paid for, per step of the task", scale: "log" },
    series: shown.map((errorRate) =>
      seriesOf(`error rate ${errorRate}`, STEPS_PER_VOTE, (m) => [m, paidPerStep(errorRate, m)]),
    ),
  };
}

function reliabilityFigure(failures: Failures): StudyFigure {
  return {
    name: "reliability",
    title: "The published leads carry every model through a million steps",
    alt: "Simulated chance that all 1,048,575 steps come out right with the published lead, for nine error rates: all are at .95 or above.",
    kind: "dots",
    x: { title: "error rate of a step, with its lead k" },
    y: { title: "chance that the whole task succeeds" },
    series: [
      seriesOf("simulated", RATES, ([errorRate, k]) => [
        `${errorRate}, k = ${k}`,
        wholeTask(failureOf(failures, errorRate, k)),
      ]),
    ],
  };
}

// ---------------------------------------------------------------- the study

const ABLATED = {
  name: "votes",
  scenarios: ["step", "steps", "invalid"].map((name) => ({ name, file: `maker/${name}.yaml` })),
};

export const MAKER = defineStudy({
  name: "maker",
  title: "A million steps without an error",
  question:
    "How many votes ahead must an answer be for a million steps in a row to come out right, and what does that cost?",
  source: SOURCE,
  replications: 2000,
  runs: (replications) => RARE.length * replications + runsOf(trials(replications)),
  run: async (under) => {
    const failures = await rareFailures(under);
    const results = await under.simulate(trials(under.replications));
    return {
      targets: [...kTargets(), ...successTargets(failures), ...undecidedTargets()],
      tables: [
        rareTable(failures),
        directTable(results),
        votesTable(results),
        undecidedTable(results),
        undecidedVotesTable(),
        costTable(),
      ],
      figures: [reliabilityFigure(failures), undecidedFigure(), costFigure()],
    };
  },
  ablations: ablationPart([ABLATED]),
});
