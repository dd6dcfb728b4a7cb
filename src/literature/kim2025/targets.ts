// The figures of Kim et al., "Towards a Science of Scaling Agent Systems", arXiv 2512.08296: what was published, how near
// is near enough, and which definition the simulated value follows. The constants live here alone: nothing that
// simulates reads them.
//
// Calibrated are all figures of which the shipped parameters were chosen with a view to: success by cell, propagation
// amplification, turns, message density, redundancy and the single agents' trajectories; and what follows from these.
import type { OutcomeField } from "../../model/outcome.ts";
import { average } from "../../numerics/statistics.ts";
import type { Provenance, Target, Tolerance } from "../target.ts";
import type { BenchmarkStudy } from "./benchmarkStudy.ts";
import { findings } from "./findings.ts";
import { LAW_SERIES, LAWS } from "./laws.ts";
import type { Formula, Means } from "./observations.ts";
import {
  ARCHITECTURES,
  type Architecture,
  BENCHMARKS,
  type Benchmark,
  KIM2025_SUCCESS,
  meanSuccess,
  TEAMS,
  type Team,
} from "./published.ts";

const PAPER = "Kim et al., arXiv 2512.08296";
const BY_MODEL = `${PAPER}: success rates by model (code: ybkim95/agent-scaling)`;
const CALCULATED = `calculated from ${BY_MODEL}`;

// ---------------------------------------------------------------- tolerances

const relative = (within: number): Tolerance => ({ kind: "relative", within });
const absolute = (within: number): Tolerance => ({ kind: "absolute", within });
const range = (from: number | null, to: number | null): Tolerance => ({ kind: "range", from, to });

// ---------------------------------------------------------------- definitions

/** A quantity of one benchmark. */
type PerBenchmark = (mean: Means, benchmark: Benchmark) => number;

const averageOf =
  (quantity: PerBenchmark): Formula =>
  (mean) =>
    average(BENCHMARKS.map((b) => quantity(mean, b)));

const quotientOf =
  (numerator: PerBenchmark, denominator: PerBenchmark): PerBenchmark =>
  (mean, b) =>
    numerator(mean, b) / denominator(mean, b);

type Defined = Pick<Target, "definition" | "of" | "other">;

const defined = (definition: string, formula: Formula) => ({
  definition,
  of: ((observed) => observed.estimate(formula)) satisfies Target["of"],
});

/** A quotient over the four benchmarks can be taken in two ways: the first is held against, the other is told as well. */
function quotient(
  held: "ratio of means" | "mean of ratios",
  text: string,
  numerator: PerBenchmark,
  denominator: PerBenchmark,
  finish: (ratio: number) => number = (ratio) => ratio,
): Defined {
  const [above, below] = [averageOf(numerator), averageOf(denominator)];
  const ratioOfMeans = defined(
    `${text}, numerator and denominator averaged over the four benchmarks`,
    (mean) => finish(above(mean) / below(mean)),
  );
  const ratio = averageOf(quotientOf(numerator, denominator));
  const meanOfRatios = defined(`mean over the four benchmarks of ${text}`, (mean) =>
    finish(ratio(mean)),
  );
  return held === "ratio of means"
    ? { ...ratioOfMeans, other: meanOfRatios }
    : { ...meanOfRatios, other: ratioOfMeans };
}

const perTask =
  (field: OutcomeField) =>
  (architecture: Architecture): PerBenchmark =>
  (mean, b) =>
    mean(b, architecture, field);

const success = perTask("success");
const failure = perTask("failure");
const turns = perTask("turns");
const errors = perTask("errorsAtAggregation");
const messages = perTask("messages");
const claims = perTask("claimsMade");
const claimsMadeTwice = perTask("claimsRedundant");
const tokens = perTask("tokens");

const inPercent = (ratio: number) => 100 * (ratio - 1);

// ---------------------------------------------------------------- figures

const DERIVED = "Derived: it follows from figures that were calibrated.";

/** Without the 0 before the decimal point. */
function rounded(x: number, digits: number): string {
  return x.toFixed(digits).replace(/^(-?)0(?=\.)/, "$1");
}

/** What the targets of one figure have in common. */
interface Figure {
  readonly key: string;
  readonly figure: string;
  readonly unit: string;
  readonly kind: Provenance;
  readonly source: string;
}

type Particular = Defined &
  Pick<Target, "title" | "published" | "publishedCi" | "tolerance" | "note">;

const target = ({ key, ...figure }: Figure, name: string, particular: Particular): Target => ({
  id: `kim2025.${key}.${name}`,
  ...figure,
  ...particular,
});

const AMPLIFICATION_NOTE =
  "The source contradicts itself. Its first versions describe amplification as errors that propagate, and that is the definition held against here; its authors' script defines overhead tokens per success relative to the single agent (one constant an architecture), its success rates give a ratio of failure rates of 1.05 to 1.30 (kim2025.taskAmplification), and its absorption gives a further value. Each configuration of the source has an amplification of its own, which its table averages: so the ratio is formed benchmark by benchmark here. Its overheads, by contrast, are those of the mean turns, as their values show.";

const AMPLIFICATIONS: Readonly<
  Record<Team, Pick<Target, "published" | "publishedCi" | "tolerance">>
> = {
  independent: { published: 17.2, publishedCi: [14.3, 20.1], tolerance: range(14.3, 20.1) },
  decentralized: { published: 7.8, tolerance: relative(0.15) },
  centralized: { published: 4.4, publishedCi: [3.8, 5.0], tolerance: range(3.8, 5.0) },
  hybrid: { published: 5.1, tolerance: relative(0.15) },
};

const amplification: Target[] = TEAMS.map((team) =>
  target(
    {
      key: "amplification",
      figure: "Amplification, propagation",
      unit: "ratio",
      kind: "calibrated",
      source: `${PAPER} v1-v2`,
    },
    team,
    {
      title: team,
      ...AMPLIFICATIONS[team],
      note: AMPLIFICATION_NOTE,
      ...quotient("mean of ratios", "E / E_s", errors(team), errors("single")),
    },
  ),
);

const TURNS: Readonly<Record<Architecture, readonly [mean: number, spread: number]>> = {
  single: [7.2, 2.1],
  independent: [11.4, 3.2],
  decentralized: [26.1, 7.5],
  centralized: [27.7, 8.1],
  hybrid: [44.3, 12.4],
};

const allTurns: Target[] = ARCHITECTURES.map((architecture) =>
  target(
    { key: "turns", figure: "Turns", unit: "a task", kind: "calibrated", source: PAPER },
    architecture,
    {
      title: architecture,
      published: TURNS[architecture][0],
      tolerance: relative(0.1),
      note: `Published as ${TURNS[architecture].join(" ± ")}.${
        architecture === "single"
          ? " The source contradicts itself: the trajectories that it gives by benchmark average 8.1 (kim2025.trajectory)."
          : ""
      }`,
      ...defined("T, averaged over the four benchmarks", averageOf(turns(architecture))),
    },
  ),
);

const TRAJECTORIES: Readonly<Record<Benchmark, number>> = {
  "finance-agent": 8.3,
  "browsecomp-plus": 9.7,
  workbench: 6.1,
  plancraft: 8.4,
};

const trajectories: Target[] = BENCHMARKS.map((benchmark) =>
  target(
    {
      key: "trajectory",
      figure: "Turns of the single agent",
      unit: "a task",
      kind: "calibrated",
      source: PAPER,
    },
    benchmark,
    {
      title: benchmark,
      published: TRAJECTORIES[benchmark],
      tolerance: null,
      note: "The source contradicts itself: these average 8.1, while it gives 7.2 turns for the single agent overall.",
      ...defined("T_s", (mean) => turns("single")(mean, benchmark)),
    },
  ),
);

const OVERHEADS: Readonly<Record<Team, number>> = {
  independent: 58,
  decentralized: 263,
  centralized: 285,
  hybrid: 515,
};

const overhead: Target[] = TEAMS.map((team) =>
  target(
    { key: "overhead", figure: "Overhead", unit: "%", kind: "calibrated", source: PAPER },
    team,
    {
      title: team,
      published: OVERHEADS[team],
      tolerance: relative(0.15),
      note: `${DERIVED} The published values follow from the published mean turns.`,
      ...quotient("ratio of means", "100 (T / T_s - 1)", turns(team), turns("single"), inPercent),
    },
  ),
);

const DENSITIES: Readonly<Record<Team, number>> = {
  independent: 0,
  decentralized: 0.41,
  centralized: 0.39,
  hybrid: 0.24,
};

const density: Target[] = TEAMS.map((team) =>
  target(
    {
      key: "messageDensity",
      figure: "Message density",
      unit: "messages a turn",
      kind: "calibrated",
      source: PAPER,
    },
    team,
    {
      title: team,
      published: DENSITIES[team],
      tolerance: absolute(0.06),
      ...quotient("ratio of means", "messages / T", messages(team), turns(team)),
    },
  ),
);

const REDUNDANCIES: Readonly<Record<Team, readonly [mean: number, spread: number]>> = {
  independent: [0.48, 0.09],
  decentralized: [0.5, 0.06],
  centralized: [0.41, 0.06],
  hybrid: [0.46, 0.04],
};

const redundancy: Target[] = TEAMS.map((team) =>
  target(
    { key: "redundancy", figure: "Redundancy", unit: "share", kind: "calibrated", source: PAPER },
    team,
    {
      title: team,
      published: REDUNDANCIES[team][0],
      tolerance: absolute(0.08),
      note: `Published as ${REDUNDANCIES[team].join(" ± ")}.`,
      ...quotient(
        "ratio of means",
        "claims made twice or more / claims made",
        claimsMadeTwice(team),
        claims(team),
      ),
    },
  ),
);

const MEAN_SUCCESS: Readonly<Record<Architecture, number>> = {
  single: 0.466,
  independent: 0.37,
  decentralized: 0.477,
  centralized: 0.463,
  hybrid: 0.452,
};

const EFFICIENCIES: Readonly<Record<Architecture, number>> = {
  single: 0.466,
  independent: 0.234,
  decentralized: 0.132,
  centralized: 0.12,
  hybrid: 0.074,
};

const efficiency: Target[] = ARCHITECTURES.map((architecture) =>
  target(
    { key: "efficiency", figure: "Efficiency", unit: "share", kind: "calibrated", source: PAPER },
    architecture,
    {
      title: architecture,
      published: EFFICIENCIES[architecture],
      tolerance: null,
      note: `${DERIVED} The published values follow from the published mean success and turns.`,
      ...defined("S / (T / T_s), each averaged over the four benchmarks", (mean) => {
        const relativeTurns =
          averageOf(turns(architecture))(mean) / averageOf(turns("single"))(mean);
        return averageOf(success(architecture))(mean) / relativeTurns;
      }),
      other: defined(
        "mean over the four benchmarks of S / (T / T_s)",
        averageOf(
          (mean, b) =>
            (success(architecture)(mean, b) * turns("single")(mean, b)) /
            turns(architecture)(mean, b),
        ),
      ),
    },
  ),
);

/** Mean over benchmarks of the six models' mean success. */
const sixModels = (architecture: Architecture) =>
  average(BENCHMARKS.map((b) => meanSuccess(b, architecture)));

const overallSuccess: Target[] = ARCHITECTURES.map((architecture) =>
  target(
    {
      key: "meanSuccess",
      figure: "Success, mean of the benchmarks",
      unit: "share",
      kind: "calibrated",
      source: PAPER,
    },
    architecture,
    {
      title: architecture,
      published: MEAN_SUCCESS[architecture],
      tolerance: null,
      note: `${DERIVED} The source's table mixes means of four and of six benchmarks, over nine models; the six models of the success rates by cell average ${rounded(sixModels(architecture), 3)}.`,
      ...defined("S, averaged over the four benchmarks", averageOf(success(architecture))),
    },
  ),
);

const cells: Target[] = BENCHMARKS.flatMap((benchmark) =>
  ARCHITECTURES.map((architecture) =>
    target(
      {
        key: "success",
        figure: `Success, ${benchmark}`,
        unit: "share",
        kind: "calibrated",
        source: `mean of six models, ${CALCULATED}`,
      },
      `${benchmark}.${architecture}`,
      {
        title: architecture,
        published: meanSuccess(benchmark, architecture),
        tolerance: absolute(0.08),
        definition: "S",
        of: (observed) => observed.success(benchmark, architecture),
      },
    ),
  ),
);

const TASK_AMPLIFICATIONS: Readonly<Record<Team, number>> = {
  independent: 1.296,
  decentralized: 1.051,
  centralized: 1.111,
  hybrid: 1.072,
};

/** Mean over benchmarks of the ratio of failure rates, for the mean model and as a mean over models. */
function failureRatios(team: Team): { ofMeanModel: number; overModels: number } {
  const ratio = (of: number, single: number) => (1 - of) / (1 - single);
  const ratesOf = (benchmark: Benchmark, architecture: Architecture) =>
    KIM2025_SUCCESS.filter((s) => s.benchmark === benchmark && s.architecture === architecture);
  return {
    ofMeanModel: average(
      BENCHMARKS.map((b) => ratio(meanSuccess(b, team), meanSuccess(b, "single"))),
    ),
    overModels: average(
      BENCHMARKS.flatMap((b) => {
        const singles = ratesOf(b, "single");
        return ratesOf(b, team).map(({ rate }, i) => ratio(rate, singles[i].rate));
      }),
    ),
  };
}

const taskAmplification: Target[] = TEAMS.map((team) => {
  const { ofMeanModel, overModels } = failureRatios(team);
  return target(
    {
      key: "taskAmplification",
      figure: "Amplification, task",
      unit: "ratio",
      kind: "calibrated",
      source: `calculated from ${PAPER}, success rates by model`,
    },
    team,
    {
      title: team,
      published: TASK_AMPLIFICATIONS[team],
      tolerance: absolute(0.08),
      note: `${DERIVED} The published ratio covers more models than the six whose rates are at hand, which give ${rounded(overModels, 3)} as a mean over models and benchmarks, and ${rounded(ofMeanModel, 3)} for their mean rates, which is what one mean model a benchmark can be expected to show.`,
      ...quotient("mean of ratios", "(1 - S) / (1 - S_s)", failure(team), failure("single")),
    },
  );
});

/** Changes in percent that the source states; its rates by model give the others. */
const CHANGES: Readonly<Record<Benchmark, Partial<Record<Team, number>>>> = {
  "finance-agent": { decentralized: 74.5, centralized: 80.8, hybrid: 73.1 },
  "browsecomp-plus": { independent: -35, decentralized: 9.2, centralized: 0.2 },
  workbench: { decentralized: 5.7, centralized: -1.2, hybrid: -1.2 },
  plancraft: { independent: -70.1, decentralized: -41.5, centralized: -50.3, hybrid: -39.1 },
};

/** Changes up to this size, in percent, may have either sign. */
const NO_CHANGE = 5;

function changeTolerance(benchmark: Benchmark, team: Team, published: number): Tolerance | null {
  if (benchmark === "plancraft") return range(-75, -35);
  if (benchmark === "finance-agent" && team === "centralized") return range(65, 95);
  if (Math.abs(published) <= NO_CHANGE) return null;
  return published > 0 ? range(0, null) : range(null, 0);
}

const changes: Target[] = BENCHMARKS.flatMap((benchmark) =>
  TEAMS.map((team) => {
    const bySix = inPercent(meanSuccess(benchmark, team) / meanSuccess(benchmark, "single"));
    const stated = CHANGES[benchmark][team];
    const published = stated ?? bySix;
    return target(
      {
        key: "change",
        figure: `Change of success against single, ${benchmark}`,
        unit: "%",
        kind: "calibrated",
        source: stated === undefined ? CALCULATED : PAPER,
      },
      `${benchmark}.${team}`,
      {
        title: team,
        published,
        tolerance: changeTolerance(benchmark, team, published),
        note: `${DERIVED} ${
          stated === undefined
            ? "The source states no change for this cell: it is that of the six models' mean rates."
            : `The six models' mean rates give ${rounded(bySix, 1)} %.`
        }`,
        ...defined("100 (S / S_s - 1)", (mean) =>
          inPercent(success(team)(mean, benchmark) / success("single")(mean, benchmark)),
        ),
      },
    );
  }),
);

const SUCCESS_PER_KILO_TOKEN: Readonly<Record<Architecture, number>> = {
  single: 67.7,
  independent: 42.4,
  decentralized: 23.9,
  centralized: 21.5,
  hybrid: 13.6,
};

const successPerKiloToken: Target[] = TEAMS.map((team) => {
  const perToken =
    (architecture: Architecture): Formula =>
    (mean) =>
      averageOf(success(architecture))(mean) / averageOf(tokens(architecture))(mean);
  return target(
    {
      key: "successPerKiloToken",
      figure: "Success per 1K tokens, relative to single",
      unit: "ratio",
      kind: "predicted",
      source: PAPER,
    },
    team,
    {
      title: team,
      published: SUCCESS_PER_KILO_TOKEN[team] / SUCCESS_PER_KILO_TOKEN.single,
      tolerance: null,
      note: `Published as ${SUCCESS_PER_KILO_TOKEN[team]} against ${SUCCESS_PER_KILO_TOKEN.single}, which cannot be successes per 1,000 tokens at 4,800 tokens a trial: only the ratio is held against. Success is calibrated, tokens are not.`,
      ...defined(
        "(S / tokens) / (S_s / tokens_s), each averaged over the four benchmarks",
        (mean) => perToken(team)(mean) / perToken("single")(mean),
      ),
    },
  );
});

// ---------------------------------------------------------------- the study

export const KIM2025_BENCHMARKS: BenchmarkStudy = {
  name: "kim2025",
  title: "Towards a Science of Scaling Agent Systems",
  source: PAPER,
  benchmarks: BENCHMARKS,
  architectures: ARCHITECTURES,
  repeats: 1,
  series: LAW_SERIES,
  targets: [
    ...amplification,
    ...taskAmplification,
    ...cells,
    ...overallSuccess,
    ...changes,
    ...allTurns,
    ...trajectories,
    ...overhead,
    ...density,
    ...redundancy,
    ...efficiency,
    ...successPerKiloToken,
    ...LAWS,
  ],
  successTargets: cells,
  successTolerance: 0.035,
  findings,
};

/** The figures for which the study is known, without what the others need to be simulated. */
export const KIM2025_BRIEF: BenchmarkStudy = {
  ...KIM2025_BENCHMARKS,
  series: [],
  targets: [
    ...amplification,
    ...changes.filter(({ id }) => /\.(finance-agent|plancraft)\./.test(id)),
  ],
  successTargets: [],
};
