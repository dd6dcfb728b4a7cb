// The figures of Kim et al., arXiv 2512.08296, as targets: how near is near enough, and which definition the simulated
// value follows. Nothing that simulates reads them.
//
// Calibrated are all figures with a view to which the shipped parameters were chosen: success by cell, propagation
// amplification, turns, message density, redundancy and the single agents' trajectories; and what follows from these.
import { average } from "../../numerics/statistics.ts";
import { absolute, range, relative, type Tolerance } from "../target.ts";
import { averageOf, defined, perTask, quotient, type Target } from "./definitions.ts";
import { LAWS } from "./laws.ts";
import type { Formula } from "./observations.ts";
import {
  AMPLIFICATIONS,
  ARCHITECTURES,
  type Architecture,
  BENCHMARKS,
  type Benchmark,
  CHANGES,
  DENSITIES,
  EFFICIENCIES,
  failureRatios,
  MEAN_SUCCESS,
  meanSuccess,
  OVERHEADS,
  PAPER,
  REDUNDANCIES,
  SUCCESS_PER_KILO_TOKEN,
  TASK_AMPLIFICATIONS,
  TEAMS,
  type Team,
  TRAJECTORIES,
  TURNS,
} from "./published.ts";

const CALCULATED = `calculated from ${PAPER}: success rates by model (code: ybkim95/agent-scaling)`;

const success = perTask("success");
const failure = perTask("failure");
const turns = perTask("turns");
const errors = perTask("errorsAtAggregation");
const messages = perTask("messages");
const claims = perTask("claimsMade");
const claimsMadeTwice = perTask("claimsRedundant");
const tokens = perTask("tokens");

const inPercent = (ratio: number) => 100 * (ratio - 1);

/** Without the 0 before the decimal point. */
const rounded = (x: number, digits: number) => x.toFixed(digits).replace(/^(-?)0(?=\.)/, "$1");

const DERIVED = "Derived: it follows from figures that were calibrated.";

/** What the targets of one figure have in common; calibrated and from the paper unless they say otherwise. */
type Figure = Pick<Target, "figure" | "unit"> & Partial<Pick<Target, "kind" | "source">>;
type Particular = Omit<Target, "id" | "title" | keyof Figure> & Partial<Pick<Target, "source">>;

/** A target for each name of which the figure is published. */
function targetsOf<Name extends string>(
  key: string,
  figure: Figure,
  names: readonly Name[],
  particular: (name: Name) => Particular,
): Target[] {
  return names.map((name) => ({
    id: `kim2025.${key}.${name}`,
    title: name,
    kind: "calibrated",
    source: PAPER,
    ...figure,
    ...particular(name),
  }));
}

const AMPLIFICATION_NOTE =
  "The source contradicts itself: it gives amplification in four ways. Held against is the first, errors that propagate; the ratio is formed benchmark by benchmark, as its table does.";

const amplification = targetsOf(
  "amplification",
  { figure: "Amplification, propagation", unit: "ratio", source: `${PAPER} v1-v2` },
  TEAMS,
  (team) => ({
    ...AMPLIFICATIONS[team],
    note: AMPLIFICATION_NOTE,
    ...quotient("mean of ratios", "E / E_s", errors(team), errors("single")),
  }),
);

const allTurns = targetsOf(
  "turns",
  { figure: "Turns", unit: "per task" },
  ARCHITECTURES,
  (one) => ({
    published: TURNS[one][0],
    tolerance: relative(0.1),
    note: `Published as ${TURNS[one].join(" ± ")}.${
      one === "single"
        ? " The source contradicts itself: the trajectories that it gives by benchmark average 8.1 (kim2025.trajectory)."
        : ""
    }`,
    ...defined("T, averaged over the four benchmarks", averageOf(turns(one))),
  }),
);

const trajectories = targetsOf(
  "trajectory",
  { figure: "Turns of the single agent", unit: "per task" },
  BENCHMARKS,
  (benchmark) => ({
    published: TRAJECTORIES[benchmark],
    tolerance: null,
    note: "The source contradicts itself: these average 8.1, while it gives 7.2 turns for the single agent overall.",
    ...defined("T_s", (mean) => turns("single")(mean, benchmark)),
  }),
);

const overhead = targetsOf("overhead", { figure: "Overhead", unit: "%" }, TEAMS, (team) => ({
  published: OVERHEADS[team],
  tolerance: relative(0.15),
  note: `${DERIVED} The published values follow from the published mean turns.`,
  ...quotient("ratio of means", "100 (T / T_s - 1)", turns(team), turns("single"), inPercent),
}));

const density = targetsOf(
  "messageDensity",
  { figure: "Message density", unit: "messages per turn" },
  TEAMS,
  (team) => ({
    published: DENSITIES[team],
    tolerance: absolute(0.06),
    ...quotient("ratio of means", "messages / T", messages(team), turns(team)),
  }),
);

const redundancy = targetsOf(
  "redundancy",
  { figure: "Redundancy", unit: "share" },
  TEAMS,
  (team) => ({
    published: REDUNDANCIES[team][0],
    tolerance: absolute(0.08),
    note: `Published as ${REDUNDANCIES[team].join(" ± ")}.`,
    ...quotient(
      "ratio of means",
      "claims made twice or more / claims made",
      claimsMadeTwice(team),
      claims(team),
    ),
  }),
);

const efficiency = targetsOf(
  "efficiency",
  { figure: "Efficiency", unit: "share" },
  ARCHITECTURES,
  (one) => ({
    published: EFFICIENCIES[one],
    tolerance: null,
    note: `${DERIVED} The published values follow from the published mean success and turns.`,
    ...defined("S / (T / T_s), each averaged over the four benchmarks", (mean) => {
      const relativeTurns = averageOf(turns(one))(mean) / averageOf(turns("single"))(mean);
      return averageOf(success(one))(mean) / relativeTurns;
    }),
    other: defined(
      "mean over the four benchmarks of S / (T / T_s)",
      averageOf(
        (mean, b) => (success(one)(mean, b) * turns("single")(mean, b)) / turns(one)(mean, b),
      ),
    ),
  }),
);

/** Mean over benchmarks of the six models' mean success. */
const sixModels = (architecture: Architecture) =>
  average(BENCHMARKS.map((b) => meanSuccess(b, architecture)));

const overallSuccess = targetsOf(
  "meanSuccess",
  { figure: "Success, mean of the benchmarks", unit: "share" },
  ARCHITECTURES,
  (one) => ({
    published: MEAN_SUCCESS[one],
    tolerance: null,
    note: `${DERIVED} The source's table mixes means of four and of six benchmarks, over nine models; the six models of the success rates by cell average ${rounded(sixModels(one), 3)}.`,
    ...defined("S, averaged over the four benchmarks", averageOf(success(one))),
  }),
);

/** Success by cell: the rates whose errors are averaged in the summary. */
export const CELLS: readonly Target[] = BENCHMARKS.flatMap((benchmark) =>
  targetsOf(
    `success.${benchmark}`,
    { figure: `Success, ${benchmark}`, unit: "share", source: `mean of six models, ${CALCULATED}` },
    ARCHITECTURES,
    (architecture) => ({
      published: meanSuccess(benchmark, architecture),
      tolerance: absolute(0.08),
      definition: "S",
      of: (observed) => observed.success(benchmark, architecture),
    }),
  ),
);

const taskAmplification = targetsOf(
  "taskAmplification",
  {
    figure: "Amplification, task",
    unit: "ratio",
    source: `calculated from ${PAPER}, success rates by model`,
  },
  TEAMS,
  (team) => {
    const { ofMeanModel, overModels } = failureRatios(team);
    return {
      published: TASK_AMPLIFICATIONS[team],
      tolerance: absolute(0.08),
      note: `${DERIVED} The published ratio covers more models than the six whose rates are at hand. These give ${rounded(overModels, 3)} as a mean over models and benchmarks, and ${rounded(ofMeanModel, 3)} for their mean rates.`,
      ...quotient("mean of ratios", "(1 - S) / (1 - S_s)", failure(team), failure("single")),
    };
  },
);

/** Changes up to this size, in percent, may have either sign. */
const NO_CHANGE = 5;

function changeTolerance(benchmark: Benchmark, team: Team, published: number): Tolerance | null {
  if (benchmark === "plancraft") return range(-75, -35);
  if (benchmark === "finance-agent" && team === "centralized") return range(65, 95);
  if (Math.abs(published) <= NO_CHANGE) return null;
  return published > 0 ? range(0, null) : range(null, 0);
}

const changesOf = (benchmark: Benchmark): Target[] =>
  targetsOf(
    `change.${benchmark}`,
    { figure: `Change of success against single, ${benchmark}`, unit: "%" },
    TEAMS,
    (team) => {
      const bySix = inPercent(meanSuccess(benchmark, team) / meanSuccess(benchmark, "single"));
      const stated = CHANGES[benchmark][team];
      const published = stated ?? bySix;
      return {
        source: stated === undefined ? CALCULATED : PAPER,
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
      };
    },
  );

const successPerKiloToken = targetsOf(
  "successPerKiloToken",
  { figure: "Success per 1K tokens, relative to single", unit: "ratio", kind: "predicted" },
  TEAMS,
  (team) => {
    const perToken =
      (one: Architecture): Formula =>
      (mean) =>
        averageOf(success(one))(mean) / averageOf(tokens(one))(mean);
    const [of, single] = [SUCCESS_PER_KILO_TOKEN[team], SUCCESS_PER_KILO_TOKEN.single];
    return {
      published: of / single,
      tolerance: null,
      note: `Published as ${of} against ${single}, which cannot be successes per 1,000 tokens at 4,800 tokens per trial: only the ratio is held against. Success is calibrated, tokens are not.`,
      ...defined(
        "(S / tokens) / (S_s / tokens_s), each averaged over the four benchmarks",
        (mean) => perToken(team)(mean) / perToken("single")(mean),
      ),
    };
  },
);

export const TARGETS: readonly Target[] = [
  ...amplification,
  ...taskAmplification,
  ...CELLS,
  ...overallSuccess,
  ...BENCHMARKS.flatMap(changesOf),
  ...allTurns,
  ...trajectories,
  ...overhead,
  ...density,
  ...redundancy,
  ...efficiency,
  ...successPerKiloToken,
  ...LAWS,
];

/** The figures by which the study is known: they need the benchmarks' own scenarios alone. */
export const BRIEF_TARGETS: readonly Target[] = [
  ...amplification,
  ...changesOf("finance-agent"),
  ...changesOf("plancraft"),
];
