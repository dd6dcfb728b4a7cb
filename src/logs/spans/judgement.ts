// Which evaluations say whether something is right, and what they say.
import type { Evaluation } from "./span.ts";

/**
 * Words of names of evaluations that tell of success, the surest first: of several evaluations the first word counts. Others, such
 * as toxicity, hallucination, relevance or helpfulness, say something else.
 */
const SUCCESS = [
  "success",
  "successful",
  "solved",
  "resolved",
  "passed",
  "pass",
  "reward",
  "correct",
  "correctness",
  "accuracy",
  "match",
  "completion",
];

/** Names with one of these words tell of one quality only. */
const OTHER = new Set(["toxicity", "hallucination", "bias", "safety", "style", "tone", "latency"]);

const PASS = new Set(["pass", "passed", "correct", "success", "yes", "true", "resolved", "accept"]);
const FAIL = new Set(["fail", "failed", "incorrect", "failure", "no", "false", "wrong", "reject"]);

/**
 * What evaluations say of success, from 0 to 1.
 * @param onOutside called for each that is outside 0 to 1 and does not count
 */
export function successOf(
  evaluations: readonly Evaluation[],
  onOutside: () => void,
): number | undefined {
  const judged = evaluations
    .map((evaluation) => ({ rank: rankOf(evaluation.name), evaluation }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank);
  for (const { evaluation } of judged) {
    const value = scoreOf(evaluation, onOutside);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Whether evaluations of a turn call it right: a score of a half or more does. Labels count whatever the name. */
export function correctnessOf(
  evaluations: readonly Evaluation[],
  onOutside: () => void,
): boolean | undefined {
  const named = successOf(evaluations, onOutside);
  if (named !== undefined) return named >= 0.5;
  const labels = evaluations.filter(({ name }) => !wordsOf(name).some((word) => OTHER.has(word)));
  const [label] = labels.map((one) => labelled(one)).filter((one) => one !== undefined);
  return label === undefined ? undefined : label === 1;
}

function rankOf(name: string): number {
  const words = wordsOf(name);
  if (words.some((word) => OTHER.has(word))) return -1;
  return SUCCESS.findIndex((word) => words.includes(word));
}

const wordsOf = (name: string) =>
  name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/);

function scoreOf(evaluation: Evaluation, onOutside: () => void): number | undefined {
  const { score } = evaluation;
  if (score === undefined) return labelled(evaluation);
  if (score >= 0 && score <= 1) return score;
  onOutside();
  return labelled(evaluation);
}

function labelled({ label }: Evaluation): number | undefined {
  const word = label?.trim().toLowerCase() ?? "";
  return PASS.has(word) ? 1 : FAIL.has(word) ? 0 : undefined;
}
