// Votes that are correlated: how much, what they are worth (Kish, Survey Sampling, 1965: the design effect), and how often
// their majority errs.
import { Engine } from "../../model/engine.ts";
import { FIELD } from "../../model/outcome.ts";
import { normalQuantile } from "../../numerics/distributions.ts";
import { rootKey } from "../../numerics/draws.ts";
import { shifted } from "../../numerics/logit.ts";
import { NETS, netOf } from "../../numerics/nets.ts";
import { compile } from "../../scenario/compiling/compile.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { type Bounded, ofBatches } from "../estimates.ts";

export interface VoteStatistics {
  readonly voters: number;
  /** Share of wrong votes. */
  readonly error: number;
  /** Share of the questions on which the majority is wrong. */
  readonly majorityError: number;
  /** How many independent votes have a mean that varies as much. */
  readonly effective: Bounded;
  /** Mean correlation φ of right and wrong between two votes, of which n are worth n / (1 + (n - 1) φ). */
  readonly correlation: number;
}

/**
 * What the votes of a scenario are worth: one claim, every agent that is aggregated votes once.
 * @param questions number of replications, at least two per net
 */
export function measureVotes(scenario: Scenario, seed: string, questions: number): VoteStatistics {
  const plan = compile(scenario);
  const engine = new Engine(plan, rootKey(seed));
  const voters = plan.aggregate.from.length;
  const all = new Moments();
  const nets = Array.from({ length: NETS }, () => new Moments());
  let failures = 0;
  for (let question = 0; question < questions; question++) {
    engine.run(question);
    const wrong = engine.outcome[FIELD.errorsAtAggregation] / voters;
    nets[netOf(Math.floor(question / plan.repeats))].add(wrong);
    all.add(wrong);
    failures += engine.outcome[FIELD.failure];
  }
  const value = all.effective;
  return {
    voters,
    error: all.mean,
    majorityError: failures / all.count,
    effective: ofBatches(
      value,
      nets.map(({ effective }) => effective),
    ),
    correlation: voters === 1 ? 1 : (voters / value - 1) / (voters - 1),
  };
}

class Moments {
  count = 0;
  private sum = 0;
  private squares = 0;

  add(x: number): void {
    this.count++;
    this.sum += x;
    this.squares += x * x;
  }

  get mean(): number {
    return this.sum / this.count;
  }

  /** Variance of one vote over that of the mean vote. */
  get effective(): number {
    const { mean } = this;
    return (mean * (1 - mean)) / (this.squares / this.count - mean * mean);
  }
}

const POINTS = 4000;

/**
 * Mean error rate of a vote, and correlation of right and wrong between two of one family: ρ + (1 - ρ) c, where c is the
 * common-cause share and ρ the correlation that the questions' difficulty alone makes, Var(p) / (p̄ (1 - p̄)).
 */
export function voteCorrelation(errorRate: number, spread: number, commonCause: number) {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < POINTS; i++) {
    const difficulty = spread * normalQuantile((i + 0.5) / POINTS);
    const p = shifted(errorRate, difficulty);
    sum += p;
    squares += p * p;
  }
  const error = sum / POINTS;
  const byDifficulty = (squares / POINTS - error * error) / (error * (1 - error));
  return { error, correlation: byDifficulty + (1 - byDifficulty) * commonCause };
}
