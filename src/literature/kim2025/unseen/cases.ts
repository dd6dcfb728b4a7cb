// What is predicted: the teams of one model on one benchmark, of which only the single agent's success is known.
import {
  BENCHMARKS,
  type Benchmark,
  KIM2025_SUCCESS,
  type SuccessRate,
  TEAMS,
} from "../published.ts";

export interface Case {
  readonly family: string;
  readonly model: string;
  readonly benchmark: Benchmark;
  /** Success rate of the single agent, 0..1. */
  readonly single: number;
  /** Success rates of the teams, in the order of TEAMS. */
  readonly teams: readonly number[];
}

/** Every model on every benchmark. */
export function casesOf(rates: readonly SuccessRate[] = KIM2025_SUCCESS): Case[] {
  const models = new Map(rates.map(({ model, family }) => [model, family]));
  const rateOf = (model: string, benchmark: string, architecture: string) => {
    const found = rates.find(
      (r) => r.model === model && r.benchmark === benchmark && r.architecture === architecture,
    );
    if (found === undefined)
      throw new RangeError(`No rate of ${model}, ${benchmark}, ${architecture}: all must be there`);
    return found.rate;
  };
  return [...models].flatMap(([model, family]) =>
    BENCHMARKS.map((benchmark) => ({
      family,
      model,
      benchmark,
      single: rateOf(model, benchmark, "single"),
      teams: TEAMS.map((team) => rateOf(model, benchmark, team)),
    })),
  );
}

/** Instances of a benchmark, by the digits of its rates. */
export const instancesOf = (benchmark: Benchmark) => (benchmark === "finance-agent" ? 50 : 100);

/** The models of cases, each once. */
export const modelsOf = (cases: readonly Case[]) => [...new Set(cases.map(({ model }) => model))];
