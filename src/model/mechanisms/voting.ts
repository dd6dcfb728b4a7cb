// Voting: which answer to a claim wins among the candidates.
import type { TaskCase } from "../case.ts";
import type { AggregateStep } from "../steps.ts";
import { candidate } from "./candidates.ts";

/** A version with the answer that most ledgers hold, and of two such answers the one met first; 0: there is none. */
export function mostFrequent(task: TaskCase, step: AggregateStep, claim: number): number {
  const { ballots, versions } = task;
  ballots.clear();
  for (let voter = 0; voter < step.from.length; voter++) {
    const version = candidate(task, step, step.from[voter], claim);
    if (version > 0) ballots.add(versions.value[version], version);
  }
  let best = 0;
  let most = 0;
  for (let row = 0; row < ballots.count; row++) {
    if (ballots.votes[row] <= most) continue;
    most = ballots.votes[row];
    best = ballots.first[row];
  }
  return best;
}

/**
 * First-to-ahead-by-k (MAKER, arXiv 2511.09030): votes are counted in the order of the agents until an answer leads
 * all others by `step.lead`. Returns a version with it; 0: none leads.
 */
export function leader(task: TaskCase, step: AggregateStep, claim: number): number {
  const { ballots, versions } = task;
  ballots.clear();
  let ahead = -1;
  let aheadVotes = 0;
  /** Most votes of any answer but the one ahead. */
  let otherVotes = 0;
  for (let voter = 0; voter < step.from.length; voter++) {
    const version = candidate(task, step, step.from[voter], claim);
    if (version === 0) continue;
    const row = ballots.add(versions.value[version], version);
    const votes = ballots.votes[row];
    if (votes <= aheadVotes) {
      otherVotes = Math.max(otherVotes, votes);
      continue;
    }
    if (row !== ahead) otherVotes = aheadVotes;
    ahead = row;
    aheadVotes = votes;
    if (aheadVotes - otherVotes >= step.lead) return version;
  }
  return 0;
}
