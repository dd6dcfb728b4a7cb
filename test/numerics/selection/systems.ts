// Systems whose means are known, to try selection on: what is right, and what it takes.
import { Selection, type SelectionVerdict } from "../../../src/numerics/selection/selection.ts";
import type { Random } from "../random.ts";

export interface Trial {
  readonly means: readonly number[];
  /** Share of the variance that all systems have in common. */
  readonly common: number;
  /** Of an observation of mean p: standard normal around it, or the share of 64 tasks that succeed. */
  readonly kind: "normal" | "binary";
  readonly within: number;
}

export interface Outcome {
  readonly verdict: SelectionVerdict;
  /** Observations of all systems, and of all if each had as many as the one with most. */
  readonly used: number;
  readonly equal: number;
}

const MOST = 20_000;
const TASKS = 64;

/** Looks after 10 observations, and each time after a fifth more. */
export function tried({ means, common, kind, within }: Trial, random: Random): Outcome {
  const systems = means.length;
  const selection = new Selection({ systems, constraints: 0, confidence: 0.95, within });
  let [done, used] = [0, 0];
  while (done < MOST && selection.verdict.kind === "open") {
    const next = Math.max(10, Math.ceil(done * 1.2));
    const shared = Array.from({ length: next - done }, () => sharedOf(kind, random));
    const { left } = selection;
    selection.take(
      left.map((i) =>
        shared.map((luck) => ({
          value: observe(kind, means[i], common, luck, random),
          slacks: [],
        })),
      ),
    );
    used += left.length * (next - done);
    done = next;
  }
  return { verdict: selection.verdict, used, equal: systems * done };
}

const sharedOf = (kind: Trial["kind"], random: Random) =>
  kind === "normal" ? [random.normal()] : Array.from({ length: TASKS }, () => random.uniform());

/** A task is common with the chance `common`: then all systems of the same mean succeed together. */
function observe(
  kind: Trial["kind"],
  mean: number,
  common: number,
  luck: readonly number[],
  random: Random,
): number {
  if (kind === "normal")
    return mean + Math.sqrt(common) * luck[0] + Math.sqrt(1 - common) * random.normal();
  let successes = 0;
  for (const shared of luck) {
    const own = common > 0 && shared < common ? shared / common : random.uniform();
    successes += own < mean ? 1 : 0;
  }
  return successes / TASKS;
}

/** One system is the best, all others are worse by `gap`: the hardest to tell apart. */
export const slippage = (systems: number, best: number, gap: number): number[] =>
  Array.from({ length: systems }, (_, i) => (i === 1 ? best : best - gap));

export const isRight = ({ verdict }: Outcome) => "chosen" in verdict && verdict.chosen === 1;
