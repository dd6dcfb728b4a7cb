// On what an advice rests: the discrepancy of a published benchmark, what benchmarks teach of a task of one's own, or nothing
// but the simulation.
import { corrected, type LogOdds, spreadOver } from "./belief/discrepancy.ts";
import type { Experience, KnownBenchmark } from "./belief/experience.ts";
import type { JointNormal } from "./belief/jointNormal.ts";
import { drawnToSingle, type OwnTask } from "./belief/ownTask.ts";
import type { KnownShape } from "./candidates/shapes.ts";
import { PULL } from "./simulation/pull.ts";

/**
 * `benchmark`: published models were tried on the task; `stated` and `guessed`: a task of one's own, the shape of which its
 * file states in full or leaves open in part; `simulation`: no experience.
 */
export const BASES = ["benchmark", "stated", "guessed", "simulation"] as const;

export type Basis =
  | { readonly kind: "benchmark"; readonly known: KnownBenchmark; readonly shift: number }
  | { readonly kind: "stated" | "guessed"; readonly own: OwnTask }
  | { readonly kind: "simulation" };

/**
 * @param benchmark name of a shipped task, or undefined
 * @param family of a model that was published on it, or undefined
 */
export function basisOf(
  experience: Experience | undefined,
  benchmark: string | undefined,
  family: string | undefined,
  { unstated }: Pick<KnownShape, "unstated">,
): Basis {
  if (experience === undefined) return { kind: "simulation" };
  const known = benchmark === undefined ? undefined : experience.known[benchmark];
  if (known === undefined) {
    const kind = unstated.length === 0 ? "stated" : "guessed";
    return { kind, own: experience.own[kind] };
  }
  const shift = family === undefined ? 0 : known.families[family];
  return { kind: "benchmark", known, shift };
}

/** Share of the difference to the mean model that is believed for teams. */
export const pullOf = ({ kind }: Basis): number => (kind === "benchmark" ? PULL : 1);

/**
 * What is believed of teams, in log-odds.
 * @param simulated of every parameter set
 * @param sets place of each parameter set among those of the experience
 * @param single success of the single agent, in (0, 1)
 */
export function believed(
  basis: Basis,
  simulated: LogOdds,
  sets: readonly number[],
  single: number,
): JointNormal {
  if (basis.kind === "simulation") return spreadOver(simulated, { common: 0, relative: 0 });
  if (basis.kind !== "benchmark") return drawnToSingle(single, simulated, basis.own);
  const { known, shift } = basis;
  const corrections = sets.map((place) => known.corrections[place]);
  return corrected(simulated, { ...known, corrections }, shift);
}
