// The numbers that may tell one model on a task from another. Each can be solved for, so that the single agent has a
// given success rate. Everything else is the same for all models.
import type { Scale } from "../../calibrate/parameters.ts";
import type { Scenario } from "../../scenario/schema.ts";

export interface FreeNumber {
  /** Dotted path in the scenario. */
  readonly path: string;
  /** What it is called in a sentence. */
  readonly title: string;
  readonly scale: Scale;
  /** Whether a task file leaves it open: a file with a task states the other numbers itself. */
  readonly isOpen: boolean;
  /** Values among which it is sought; undefined where a scenario has no such number. */
  bounds(scenario: Scenario): readonly [low: number, high: number] | undefined;
}

/**
 * In the order in which they are tried: what a model finds difficult is its own where that can give the single agent its
 * success. The error rate is none of them: it shifts the same log-odds as the difficulty and predicts the same.
 */
export const NUMBERS: readonly FreeNumber[] = [
  {
    path: "task.difficulty",
    title: "the difficulty",
    scale: "linear",
    isOpen: true,
    bounds: () => [-9, 7],
  },
  {
    path: "models.base.pace",
    title: "the claims per turn",
    scale: "log",
    isOpen: true,
    bounds: () => [0.05, 4],
  },
  {
    path: "task.graph.size",
    title: "the mean number of claims",
    scale: "log",
    isOpen: false,
    bounds: ({ task: { graph } }) =>
      graph.shape === "generated" && graph.limit > 1 ? [1, graph.limit] : undefined,
  },
];

/** The value of a number in a scenario that has it. */
export function valueAt(scenario: Scenario, { path }: FreeNumber): number {
  let value: unknown = scenario;
  for (const key of path.split(".")) value = (value as Record<string, unknown>)[key];
  return value as number;
}
