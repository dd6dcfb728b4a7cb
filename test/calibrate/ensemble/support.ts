// Ensembles about functions that take the place of a simulation.
import type { Target } from "../../../src/calibrate/calibration.ts";
import { type Ensemble, sampleEnsemble } from "../../../src/calibrate/ensemble/sample.ts";

export const target = (id: string, published: number, error: number, weight = 1): Target => ({
  id,
  metric: "turns",
  of: ["a"],
  published,
  scale: 2 * error,
  error,
  accepted: [published - 2 * error, published + 2 * error],
  weight,
  effort: 1,
  source: "us",
  parts: [],
  mean: "arithmetic",
});

export const PLAN = { size: 256, waves: 3, points: 64, candidates: 512, moves: 0 };

export function ensembleOf(
  targets: readonly Target[],
  figuresAt: (point: Float64Array) => number[],
  { seed = "ensemble", best = [0.5, 0.5], plan = PLAN, spread = 0 } = {},
): Promise<Ensemble> {
  return sampleEnsemble({
    ...{ seed, targets, plan },
    best: Float64Array.from(best),
    simulate: async (points) =>
      points.map((point) => ({
        figures: figuresAt(point),
        variances: targets.map(() => spread),
      })),
  });
}

export const coordinate = ({ members }: Ensemble, d: number) =>
  members.map(({ point }) => point[d]);
