// Votes on questions that differ in difficulty, by quadrature: the level and the spread that give the accuracy of one agent
// and that of a vote.
//
// An agent is wrong with the log-odds level + spread z, where z is standard normal and the same for all agents. Wrong answers
// scatter evenly over the alternatives. Of answers with equally many votes each wins alike.
import { bisect } from "../../numerics/bisect.ts";
import { logistic } from "../../numerics/logit.ts";
import { normalMean } from "../../numerics/normalMean.ts";
import { power } from "../../numerics/power.ts";
import type { Difficulty } from "../taubench/difficulty.ts";

/** Chance that the most frequent of `voters` answers is right. */
export function accuracyOf(
  voters: number,
  alternatives: number,
  { level, spread }: Difficulty,
): number {
  const ballots = ballotsOf(voters, alternatives);
  return normalMean((z) =>
    chanceToWin(ballots, voters, alternatives, logistic(level + spread * z)),
  );
}

/**
 * The difficulty at which one agent and a vote have these accuracies: the level follows from the first, and the gain of the vote
 * shrinks as the spread grows, since agents then fail together.
 */
export function fitVote(
  single: number,
  vote: number,
  voters: number,
  alternatives: number,
): Difficulty {
  const levelFor = (spread: number) =>
    bisect(-60, 60, (level) => accuracyOf(1, alternatives, { level, spread }) <= single, 50);
  const gainsTooLittle = (spread: number) =>
    accuracyOf(voters, alternatives, { level: levelFor(spread), spread }) <= vote;
  const spread = bisect(0, 20, gainsTooLittle, 50);
  return { level: levelFor(spread), spread };
}

/** One way in which the votes can fall. */
interface Ballot {
  /** Votes for the right answer. */
  readonly right: number;
  /** Ways in which the voters can vote so. */
  readonly ways: number;
  /** Chance that the right answer wins then. */
  readonly wins: number;
}

function ballotsOf(voters: number, alternatives: number): Ballot[] {
  const ballots: Ballot[] = [];
  const place = (answer: number, left: number, votes: readonly number[], ways: number): void => {
    if (answer === alternatives) {
      const all = [...votes, left];
      const most = Math.max(...all);
      const tied = all.filter((count) => count === most).length;
      ballots.push({ right: votes[0], ways, wins: votes[0] === most ? 1 / tied : 0 });
      return;
    }
    for (let count = 0; count <= left; count++)
      place(answer + 1, left - count, [...votes, count], ways * choose(left, count));
  };
  place(0, voters, [], 1);
  return ballots;
}

function chanceToWin(
  ballots: readonly Ballot[],
  voters: number,
  alternatives: number,
  wrong: number,
): number {
  return ballots.reduce((sum, { right, ways, wins }) => {
    if (wins === 0) return sum;
    return (
      sum + wins * ways * power(1 - wrong, right) * power(wrong / alternatives, voters - right)
    );
  }, 0);
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return Math.round(ways);
}
