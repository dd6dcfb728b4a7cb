// Predictors that know nothing of the mechanism: what predictions by simulation are to beat.
import { square } from "../../../numerics/power.ts";
import { average, clamp } from "../../../numerics/statistics.ts";
import { TEAMS } from "../published.ts";
import type { Case } from "./cases.ts";
import type { Trial } from "./scores.ts";

export interface Baseline {
  readonly name: string;
  readonly description: string;
  /** What is said of every case, without the rates of its own model's teams. */
  readonly predict: (cases: readonly Case[]) => readonly Trial[];
}

/** A predictor of rates: those of the teams, from the single agent and the other models of the benchmark. */
const rates =
  (of: (one: Case, others: readonly Case[]) => readonly number[]): Baseline["predict"] =>
  (cases) =>
    cases.map((one) => {
      const others = cases.filter((c) => c.benchmark === one.benchmark && c.model !== one.model);
      const says = { rates: of(one, others).map((rate) => clamp(rate, 0, 1)) };
      return { of: one, says, weight: 1 };
    });

const singlesOf = (cases: readonly Case[]) => cases.map(({ single }) => single);
const teamsOf = (cases: readonly Case[], team: number) => cases.map(({ teams }) => teams[team]);

/** Mean of other models' rates, moved by a share of the difference between the single agents. */
const shifted = (one: Case, others: readonly Case[], share: number) => {
  const shift = share * (one.single - average(singlesOf(others)));
  return TEAMS.map((_, team) => average(teamsOf(others, team)) + shift);
};

export const shiftedMean = (share: number): Baseline["predict"] =>
  rates((one, others) => shifted(one, others, share));

/** Lines in the single agent's rate, fitted to some cases. */
function lines(one: Case, fitted: readonly Case[]): number[] {
  const x = singlesOf(fitted);
  const xMean = average(x);
  const spread = average(x.map((value) => square(value - xMean)));
  return TEAMS.map((_, team) => {
    const y = teamsOf(fitted, team);
    const slope = average(x.map((value, i) => (value - xMean) * y[i])) / spread;
    return average(y) + slope * (one.single - xMean);
  });
}

/** Names of the baselines with which predictions by simulation are compared: without the family, and with it. */
export const FAIR = "mean, shifted by a quarter";
export const FAMILY = "family mean";

export const BASELINES: readonly Baseline[] = [
  {
    name: "mean",
    description: "the mean of the other models' rates of the same team on the same benchmark",
    predict: shiftedMean(0),
  },
  {
    name: FAIR,
    description:
      "the mean, plus a quarter of what the single agent has over the mean of the others'",
    predict: shiftedMean(0.25),
  },
  {
    name: "mean, shifted by half",
    description: "the mean, plus half of that difference",
    predict: shiftedMean(0.5),
  },
  {
    name: "mean, shifted in full",
    description: "the mean, plus all of that difference",
    predict: shiftedMean(1),
  },
  {
    name: "lines",
    description:
      "per team and benchmark, a line in the single agent's rate through the other models",
    predict: rates(lines),
  },
  {
    name: FAMILY,
    description: "the mean of the other models of the same family",
    predict: rates((one, others) =>
      shifted(
        one,
        others.filter(({ family }) => family === one.family),
        0,
      ),
    ),
  },
  {
    name: "fixed rule",
    description: "the single agent on PlanCraft, else the decentralized team; it predicts no rates",
    predict: (cases) =>
      cases.map((one) => ({
        of: one,
        says: { choice: one.benchmark === "plancraft" ? "single" : "decentralized" },
        weight: 1,
      })),
  },
  {
    name: "single",
    description: "every team succeeds as often as the single agent",
    predict: rates(({ single }) => TEAMS.map(() => single)),
  },
];

/**
 * Lines that have seen the rates that they predict. So they are no prediction: no line in the single agent's rate on the
 * benchmark does better.
 */
export const bestLines: Baseline["predict"] = (cases) =>
  cases.map((one) => ({
    of: one,
    says: {
      rates: lines(
        one,
        cases.filter(({ benchmark }) => benchmark === one.benchmark),
      ),
    },
    weight: 1,
  }));
