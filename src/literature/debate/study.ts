// The study debate: whether agents that talk before they vote do better than agents that only vote.
import type { MetricValue, ScenarioResult } from "../../experiment/result.ts";
import { average } from "../../numerics/statistics.ts";
import { judged, type TargetResult } from "../judging.ts";
import type { Variant } from "../shipped.ts";
import { PUBLISHED, seriesOf, tableOf } from "../show.ts";
import { changeOf, estimateOf, type Results, resultsOf, runsOf, type Trial } from "../simulate.ts";
import { defineStudy, type StudyFigure, type StudyTable } from "../study.ts";
import { absolute } from "../target.ts";
import {
  ACCURACY_BY_ROUND,
  MODELS,
  NETWORKS,
  type Network,
  type PublishedModel,
  ROUNDS,
  SOURCE,
} from "./published.ts";

const VOTERS = 5;

/** Rounds that are simulated; without any, the agents only vote. */
const SIMULATED = [1, 2, 3, 4, 5] as const;

const TITLES: Readonly<Record<Network, string>> = {
  all: "everybody hears everybody",
  sparse: "everybody hears two",
  centre: "all hear one",
};

const TOLERANCE = absolute(0.03);

const debateOf = (model: string, network: Network, rounds: number): Variant => ({
  file: `debate/${model}-${network}.yaml`,
  changes: { name: `${network}-${rounds}`, "protocol.1.repeat.rounds": rounds },
});

/** For each model, the vote and all debates on the same questions. */
const trials = (replications: number): Trial[] =>
  MODELS.map(({ name }) => ({
    name,
    scenarios: [
      { file: `debate/${name}-vote.yaml`, changes: { name: "vote" } },
      ...NETWORKS.flatMap((network) => SIMULATED.map((rounds) => debateOf(name, network, rounds))),
    ],
    baseline: "vote",
    replications,
  }));

/** Results of one model: the vote, and the debate over a network after so many rounds. */
function resultsFor(results: Results, { name }: PublishedModel) {
  const all = resultsOf(results, name);
  const after = (network: Network, rounds: number): ScenarioResult =>
    rounds === 0
      ? all[0]
      : all[1 + NETWORKS.indexOf(network) * SIMULATED.length + SIMULATED.indexOf(rounds as 1)];
  return { vote: all[0], after };
}

/** Mean accuracy of one agent, from the errors of all. */
function accuracyOf(result: ScenarioResult): MetricValue {
  const { mean, ci } = estimateOf(result, "errorsAtAggregation");
  const right = (errors: number | null) => (errors === null ? null : 1 - errors / VOTERS);
  return { mean: right(mean), ci: [right(ci[1]), right(ci[0])] };
}

// ---------------------------------------------------------------- targets

function calibrated(results: Results): TargetResult[] {
  return MODELS.flatMap((model) => {
    const { vote } = resultsFor(results, model);
    const common = { unit: "share", tolerance: absolute(0.01), kind: "calibrated" } as const;
    return [
      judged({
        ...common,
        id: `debate.${model.name}.single`,
        figure: `Accuracy, ${model.title}`,
        title: "one agent",
        published: model.single,
        simulated: accuracyOf(vote),
        source: SOURCE,
        definition: "mean share of right answers of the five agents, before they talk",
      }),
      judged({
        ...common,
        id: `debate.${model.name}.vote`,
        figure: `Accuracy, ${model.title}`,
        title: "vote of five",
        published: model.vote,
        simulated: estimateOf(vote, "success"),
        source: SOURCE,
        definition: "share of questions on which the most frequent answer is right, without talk",
      }),
    ];
  });
}

/** Change of the vote's accuracy by talking: paired, on the same questions. */
function changes(results: Results): TargetResult[] {
  return MODELS.flatMap((model) => {
    const { after } = resultsFor(results, model);
    return NETWORKS.flatMap((network) =>
      ROUNDS.map((rounds, i) =>
        judged({
          id: `debate.${model.name}.${network}.${rounds}`,
          figure: `Change by talking, ${model.title}, ${TITLES[network]}`,
          title: `${rounds} rounds`,
          unit: "share",
          published: model.debate[network][i] - model.vote,
          simulated: changeOf(after(network, rounds), "success"),
          tolerance: TOLERANCE,
          kind: "predicted",
          source: SOURCE,
          definition: `accuracy of the vote after ${rounds} rounds of talk, less that without talk, on the same questions`,
        }),
      ),
    );
  });
}

/** Change of one agent's mean accuracy from the first round to later ones. */
function martingale(results: Results): TargetResult[] {
  const { after } = resultsFor(results, MODELS[0]);
  const published = (round: number) =>
    average(ACCURACY_BY_ROUND.map((rounds) => rounds[round - 1] - rounds[0]));
  const first = accuracyOf(after("all", 1)).mean;
  return SIMULATED.slice(1).map((round) => {
    const { mean, ci } = accuracyOf(after("all", round));
    const less = (x: number | null) => (x === null || first === null ? null : x - first);
    return judged({
      id: `debate.accuracy.${round}`,
      figure: "Change of one agent's mean accuracy",
      title: `round 1 to ${round}`,
      unit: "share",
      published: published(round),
      simulated: { mean: less(mean), ci: [less(ci[0]), less(ci[1])] },
      tolerance: TOLERANCE,
      kind: "predicted",
      source: SOURCE,
      definition: `mean share of right answers after round ${round}, less that after round 1; published as the mean of three benchmarks`,
      note: "From the first answers to round 1, published accuracy on arithmetic falls from .814 to .540. No martingale does that.",
    });
  });
}

// ---------------------------------------------------------------- table and figure

function debateTable(results: Results): StudyTable {
  return tableOf(
    {
      name: "debates",
      title: "A vote after so many rounds of talk",
      note: "Accuracy of the vote of five, of one agent on average, and what it takes, on the same questions.",
    },
    MODELS.flatMap((model) =>
      NETWORKS.flatMap((network) =>
        [0, ...ROUNDS]
          .filter((rounds) => rounds > 0 || network === "all")
          .map((rounds) => ({
            model,
            network,
            rounds,
            result: resultsFor(results, model).after(network, rounds),
          })),
      ),
    ),
    [
      ["model", "", ({ model }) => model.title],
      ["network", "", ({ network, rounds }) => (rounds === 0 ? "no talk" : TITLES[network])],
      ["rounds", "", ({ rounds }) => rounds],
      ["vote", "share", ({ result }) => estimateOf(result, "success")],
      ["one agent", "share", ({ result }) => accuracyOf(result)],
      ["talked away", "per task", ({ result }) => estimateOf(result, "beliefs.misled")],
      ["corrected", "per task", ({ result }) => estimateOf(result, "beliefs.corrected")],
      ["turns", "per task", ({ result }) => estimateOf(result, "turns")],
    ],
  );
}

function debateFigure(results: Results): StudyFigure {
  const rounds = [0, ...SIMULATED];
  return {
    name: "debate",
    title: "The more agents talk, the less their vote is worth",
    alt: "Accuracy of a vote of five agents against the rounds of talk before it, for two models. Both simulated curves fall from the vote without talk towards the accuracy of one agent, and the published marks fall with them.",
    kind: "lines",
    x: { title: "Rounds of talk before the vote" },
    y: { title: "Accuracy (share)" },
    series: [
      ...MODELS.map((model) =>
        seriesOf(model.title, rounds, (n) => [
          n,
          estimateOf(resultsFor(results, model).after("all", n), "success"),
        ]),
      ),
      ...MODELS.map(({ title, vote, debate }) =>
        seriesOf(
          title,
          [[0, vote] as const, ...ROUNDS.map((n, i) => [n, debate.all[i]] as const)],
          ([n, accuracy]) => [n, accuracy],
          PUBLISHED,
        ),
      ),
    ],
  };
}

// ---------------------------------------------------------------- the study

/** The study of Choi et al. (arXiv 2508.17536): a vote against a debate and a vote. */
export const DEBATE = defineStudy({
  name: "debate",
  title: "Debate or vote",
  question: "Do agents that talk before they vote do better than agents that only vote?",
  source: SOURCE,
  replications: 4096,
  runs: (replications) => runsOf(trials(replications)),
  run: async ({ replications, simulate }) => {
    const results = await simulate(trials(replications));
    return {
      targets: [...calibrated(results), ...changes(results), ...martingale(results)],
      tables: [debateTable(results)],
      figures: [debateFigure(results)],
    };
  },
});
