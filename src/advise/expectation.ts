// What is expected of the teams before any of them is measured: simulated with several parameter sets of the ensemble, each
// with its share of the replications and its draw of numbers that are uncertain, and moved by what experience says.
import type { Overrides } from "../documents/reading/overrides.ts";
import { type Basis, believed, pullOf } from "./basis.ts";
import type { Experience } from "./belief/experience.ts";
import type { JointNormal } from "./belief/jointNormal.ts";
import type { Candidates } from "./candidates/candidates.ts";
import { type Draw, drawsOf } from "./candidates/draws.ts";
import { parameterSets, parameterSetsNumbered } from "./candidates/members.ts";
import type { KnownShape } from "./candidates/shapes.ts";
import type { SimulationOptions } from "./simulation/modelOnTask.ts";
import type { FreeNumber } from "./simulation/numbers.ts";
import { evenly, SETS, seedOf, shares } from "./simulation/sets.ts";
import { modelsFor, simulateTeams } from "./simulation/teams.ts";

/** Parameter sets in their circumstances, and the place of each among the sets of the experience. */
export interface Circumstances {
  readonly draws: readonly Draw[];
  readonly places: readonly number[];
}

/** So many parameter sets as there are replications for. */
export async function circumstancesOf(
  candidates: Candidates,
  shape: KnownShape,
  experience: Experience | undefined,
  replications: number,
): Promise<Circumstances> {
  const sets =
    experience === undefined ? parameterSets(SETS) : parameterSetsNumbered(experience.sets);
  const places = evenly(sets.length, shares(replications).sets);
  const taken = places.map((place) => sets[place]);
  return { draws: await drawsOf(candidates, taken, shape), places };
}

export interface Question {
  readonly candidates: Candidates;
  /** Names of the teams, in the order of the belief. */
  readonly teams: readonly string[];
  /** Numbers that may be the model's own. */
  readonly numbers: readonly FreeNumber[];
  /** Success of the single agent, in (0, 1). */
  readonly single: number;
  readonly overrides: Overrides;
  /** Values for the generic teams alone. */
  readonly teamOverrides: Overrides;
  readonly basis: Basis;
}

export interface Expectation {
  /** Of the teams, in log-odds. */
  readonly belief: JointNormal;
  /** Parameter sets with which no number gives the single agent its success, so that the nearest was taken. */
  readonly unreached: number;
}

/** @throws ScenarioError when a candidate is not valid */
export async function expectationOf(
  question: Question,
  { draws, places }: Circumstances,
  options: SimulationOptions,
): Promise<Expectation> {
  const { candidates, teams, numbers, single, overrides, teamOverrides, basis } = question;
  const replications = Math.ceil(options.replications / draws.length);
  const simulated: (readonly number[])[] = [];
  let unreached = 0;
  for (const [index, { set, genericOverrides, taskOverrides }] of draws.entries()) {
    const draw = { index, of: draws.length, seed: options.seed };
    const models = await modelsFor(
      candidates,
      { genericOverrides, overrides: { ...taskOverrides, ...overrides }, teamOverrides },
      { ...options, replications, seed: seedOf(options.seed, set), draw },
      numbers,
    );
    const aim = { single, pull: pullOf(basis) };
    const { logOdds, isReached } = await simulateTeams(models, aim, teams, replications);
    simulated.push(logOdds);
    if (!isReached) unreached++;
  }
  return { belief: believed(basis, simulated, places, single), unreached };
}
