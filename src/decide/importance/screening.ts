// Screening: which of many inputs are worth a closer look.
import { rootKey } from "../../numerics/draws.ts";
import {
  type Effects,
  morrisEffects,
  morrisTrajectory,
} from "../../numerics/sensitivity/morris.ts";
import type { Input } from "./inputs.ts";
import type { Responses } from "./response.ts";

/** With more inputs than that, some are screened out. */
export const MOST_INPUTS_KEPT = 15;

/** Trajectories, each of one more points than there are inputs. */
export const TRAJECTORIES = 12;

/** Of the greatest mu*: inputs with less are held. */
const LEAST = 0.02;

export interface Screening {
  readonly kept: readonly Input[];
  /** The greatest first. */
  readonly held: readonly (Effects & { readonly input: Input })[];
}

/** Values that screening needs. */
export const screeningValues = (inputs: number): number =>
  inputs > MOST_INPUTS_KEPT ? 2 * TRAJECTORIES * (inputs + 1) : 0;

/** Keeps all inputs where there are few. */
export async function screen(
  responses: Responses,
  inputs: readonly Input[],
  seed: string,
  onBase: (points: number) => void,
): Promise<Screening> {
  if (inputs.length <= MOST_INPUTS_KEPT) return { kept: inputs, held: [] };
  const groups = coordinatesOf(inputs);
  const root = rootKey(`${seed}/importance`);
  const trajectories = Array.from({ length: TRAJECTORIES }, (_, t) =>
    morrisTrajectory(groups, root, t),
  );
  const bases = trajectories.map(({ points }, t) => ({ name: `screening ${t}`, points }));
  const found = await responses.of(inputs, bases, onBase);
  // A trajectory with a value that is undefined tells nothing.
  const told = [...found.keys()].filter((t) => found[t].every((pair) => pair !== null));
  if (told.length < 2) return { kept: inputs, held: [] };
  const values = told.map((t) =>
    found[t].map((pair) => (pair === null ? 0 : (pair[0] + pair[1]) / 2)),
  );
  const effects = morrisEffects(
    told.map((t) => trajectories[t]),
    values,
    groups,
  ).map((effect, j) => ({ ...effect, input: inputs[j] }));
  const ranked = effects.sort((a, b) => b.muStar.mean - a.muStar.mean);
  const least = LEAST * ranked[0].muStar.mean;
  const isKept = (_: unknown, rank: number) =>
    rank < MOST_INPUTS_KEPT && ranked[rank].muStar.mean >= least;
  const kept = new Set(ranked.filter(isKept).map(({ input }) => input));
  return {
    kept: inputs.filter((input) => kept.has(input)),
    held: ranked.filter(({ input }) => !kept.has(input)),
  };
}

/** The coordinates of each input, in their order. */
export function coordinatesOf(inputs: readonly Input[]): number[][] {
  let next = 0;
  return inputs.map(({ parts }) => parts.map(() => next++));
}
