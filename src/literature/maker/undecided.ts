// Steps still undecided after so many samples, where answers may be of no use: the exact chain of the lead of a vote, for
// three ways in which bad answers come about. The simulated vote (scenarios/maker/invalid.yaml) has to agree with it.
import { square } from "../../numerics/power.ts";

/** How bad answers are spread over the steps: the parameters of scenarios/maker/invalid.yaml. */
export interface Clustering {
  readonly id: "independent" | "hardness" | "kinds";
  readonly title: string;
  /** Chance that an answer is bad, on a step of difficulty 0. */
  readonly errorRate: number;
  /** Share of the bad answers that are thrown away for their form. The others are wrong votes. */
  readonly recall: number;
  /** Standard deviation of the log-odds of a bad answer over steps. */
  readonly spread: number;
  /** Share of the steps on which answers can be bad at all. */
  readonly prone: number;
}

/**
 * The parameters are solved for the first published counts: undecided after 3 samples and after 3 votes, and, with a
 * clustering parameter, after 4 samples. All other counts are predictions.
 */
export const CLUSTERINGS: readonly Clustering[] = [
  {
    id: "independent",
    title: "bad answers at random",
    errorRate: 0.026764,
    recall: 0.991789,
    spread: 0,
    prone: 1,
  },
  {
    id: "hardness",
    title: "steps that differ in difficulty",
    errorRate: 0.0100643,
    recall: 0.993955,
    spread: 1.616667,
    prone: 1,
  },
  {
    id: "kinds",
    title: "some steps that are prone to them",
    errorRate: 0.1145943,
    recall: 0.993163,
    spread: 0,
    prone: 0.2555222,
  },
];

/** Samples from which a clustering is fitted, so that later ones are predicted. */
export const lastFitted = ({ id }: Clustering): number => (id === "independent" ? 3 : 4);

/**
 * Share of the steps on which no answer leads by k after so many samples, bad ones included.
 * @param samples an integer >= 0
 */
export function undecidedShare(clustering: Clustering, k: number, samples: number): number {
  const { recall } = clustering;
  return overSteps(clustering, (bad) =>
    undecided({ right: 1 - bad, wrong: bad * (1 - recall), k }, samples),
  );
}

/** The same after so many votes: bad answers that are thrown away do not count. */
export function undecidedByVotes(clustering: Clustering, k: number, votes: number): number {
  const { recall } = clustering;
  return overSteps(clustering, (bad) => {
    const wrong = (bad * (1 - recall)) / (1 - bad * recall);
    return undecided({ right: 1 - wrong, wrong, k }, votes);
  });
}

interface Ballot {
  /** Chances of a right and of a wrong vote; with what is left, the answer has no vote. */
  readonly right: number;
  readonly wrong: number;
  readonly k: number;
}

/** Chance that a walk of this many ballots, one up for a right vote and one down for a wrong one, stays within (-k, k). */
function undecided({ right, wrong, k }: Ballot, ballots: number): number {
  const size = 2 * k - 1;
  let chance = new Float64Array(size);
  chance[k - 1] = 1;
  for (let ballot = 0; ballot < ballots; ballot++) {
    const next = new Float64Array(size);
    for (let lead = 0; lead < size; lead++) {
      next[lead] += chance[lead] * (1 - right - wrong);
      if (lead + 1 < size) next[lead + 1] += chance[lead] * right;
      if (lead > 0) next[lead - 1] += chance[lead] * wrong;
    }
    chance = next;
  }
  return chance.reduce((sum, p) => sum + p, 0);
}

/** Standard normal deviates from -8 to 8: of a smooth function the trapezoidal rule is then exact to rounding. */
const NODES = Array.from({ length: 257 }, (_, i) => (i - 128) / 16);
const WEIGHTS = NODES.map((z) => Math.exp(-square(z) / 2));
const WEIGHT = WEIGHTS.reduce((sum, w) => sum + w, 0);

/** Mean over the steps of what follows from the chance that an answer is bad. */
function overSteps({ errorRate, spread, prone }: Clustering, of: (bad: number) => number): number {
  const odds = errorRate / (1 - errorRate);
  const bad = (z: number) => 1 - 1 / (1 + odds * Math.exp(spread * z));
  const among =
    spread === 0
      ? of(errorRate)
      : NODES.reduce((sum, z, i) => sum + WEIGHTS[i] * of(bad(z)), 0) / WEIGHT;
  return prone * among + (1 - prone) * of(0);
}
