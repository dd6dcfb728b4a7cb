// The design of an analysis: base points of the inputs, in independent nets, with what the metric comes to at their points.
import { type RootKey, rootKey } from "../../numerics/draws.ts";
import {
  type BaseDesign,
  BasePoints,
  designOf,
  MOST_OF_A_CUBE,
  mixed,
  sizeOfDesign,
} from "../../numerics/sensitivity/design.ts";
import {
  type EvaluatedBase,
  type Pair,
  type SensitivityIndices,
  sensitivityIndices,
} from "../../numerics/sensitivity/indices.ts";
import {
  type MeansOfThirds,
  meansOfThirds,
  type Placed,
} from "../../numerics/sensitivity/thirds.ts";
import type { Input } from "./inputs.ts";
import type { Response, Responses } from "./response.ts";
import { coordinatesOf, MOST_INPUTS_KEPT, screeningValues } from "./screening.ts";

/** Independent nets of base points: enough to tell how far estimates err. */
export const NETS = 32;

/** Fewest base points. */
export const FEWEST = 2 * NETS;

/** Inputs of which is said what knowing them would bring, all together. */
export const MOST_MEASURED = 3;

/** Too few replications. */
export class BudgetError extends RangeError {
  /** The fewest that suffice. */
  readonly fewest: number;

  constructor(asked: number, fewest: number) {
    super(`${asked} replications: an analysis of these inputs needs ${fewest} at least`);
    this.fewest = fewest;
  }
}

/** How much is simulated: as is usual, unless one of these is given. */
export interface Size {
  /** Replications of all together. */
  readonly replications?: number | undefined;
  /** Base points, rounded up to a multiple of NETS. */
  readonly basePoints?: number | undefined;
}

export interface Plan {
  /** A multiple of NETS. */
  readonly basePoints: number;
  /** Values of the metric, at most. */
  readonly values: number;
}

/**
 * How many base points there will be.
 * @param inputs their number
 * @param perValue replications of one value
 * @param usual replications where no size is given; too few of them are no error
 * @throws BudgetError when the replications that were asked for do not suffice
 */
export function planOf(
  inputs: number,
  { replications, basePoints }: Size,
  perValue: number,
  usual: number,
): Plan {
  const kept = Math.min(inputs, MOST_INPUTS_KEPT);
  // Where not all subsets are there, those of the first two and three inputs are added.
  const added = kept > MOST_OF_A_CUBE ? MOST_MEASURED - 1 : 0;
  const perBase = 2 * (sizeOfDesign(kept) + added);
  const screening = screeningValues(inputs);
  const valuesOf = (bases: number) => screening + bases * perBase;
  const basesOf = (budget: number) =>
    NETS * Math.floor((Math.floor(budget / perValue) - screening) / perBase / NETS);
  const chosen =
    basePoints !== undefined
      ? NETS * Math.ceil(Math.max(basePoints, FEWEST) / NETS)
      : replications === undefined
        ? Math.max(basesOf(usual), FEWEST)
        : basesOf(replications);
  if (chosen < FEWEST) throw new BudgetError(replications as number, valuesOf(FEWEST) * perValue);
  return { basePoints: chosen, values: valuesOf(chosen) };
}

/** A base point, and what is known of it so far. */
interface Base {
  readonly net: number;
  /** By which it is seeded; the same in a larger design. */
  readonly name: string;
  readonly design: BaseDesign;
  readonly ends: readonly [readonly number[], readonly number[]];
  /** By mask. */
  readonly found: Map<number, Response>;
}

export class Design {
  private readonly inputs: readonly Input[];
  private readonly groups: readonly (readonly number[])[];
  private readonly bases: readonly Base[];
  private readonly root: RootKey;

  constructor(inputs: readonly Input[], basePoints: number, seed: string) {
    this.inputs = inputs;
    this.groups = coordinatesOf(inputs);
    this.root = rootKey(`${seed}/importance`);
    const points = new BasePoints(this.root, this.groups.flat().length);
    const designed = designOf(inputs.length, this.root);
    this.bases = Array.from({ length: basePoints }, (_, i) => {
      // Point after point of all nets: so the first points of a larger design are those of a smaller one.
      const [net, point] = [i % NETS, Math.floor(i / NETS)];
      const [name, design, ends] = [`${net}.${point}`, designed(i), points.at(net, point)];
      return { net, name, design, ends, found: new Map() };
    });
  }

  /**
   * Evaluates the points that are missing.
   * @param sets masks that are needed beside those of the design
   * @param onBase called with the points of each base point that is complete
   */
  async evaluate(
    responses: Responses,
    sets: readonly number[],
    onBase: (points: number) => void,
  ): Promise<void> {
    const missing = this.bases.flatMap((base) => {
      const masks = new Set([...base.design.masks, ...sets]);
      const left = [...masks].filter((mask) => !base.found.has(mask));
      return left.length === 0 ? [] : [{ base, masks: left }];
    });
    const wanted = missing.map(({ base: { name, ends }, masks }) => ({
      name,
      points: masks.map((mask) => mixed(ends, this.groups, mask)),
    }));
    const found = await responses.of(this.inputs, wanted, onBase);
    for (const [i, { base, masks }] of missing.entries())
      for (const [k, mask] of masks.entries()) base.found.set(mask, found[i][k]);
  }

  get basePoints(): number {
    return this.bases.length;
  }

  /** Points that were evaluated. */
  get points(): number {
    return this.bases.reduce((sum, { found }) => sum + found.size, 0);
  }

  /** Share of the points without a value. */
  get undefinedShare(): number {
    const missing = this.bases.flatMap(({ found }) => [...found.values()].filter(isUndefined));
    return missing.length / this.points;
  }

  /** Base points without a value at some point. */
  get leftOut(): number {
    return this.bases.filter(({ found }) => [...found.values()].some(isUndefined)).length;
  }

  /** Whether enough is left to tell how far estimates err. */
  get suffices(): boolean {
    return this.nets().filter((net) => net.length > 0).length >= 2;
  }

  indices(sets: readonly number[]): SensitivityIndices {
    return sensitivityIndices(this.inputs.length, this.nets(), sets, this.root);
  }

  /** The values of all points A and B, which are independent of each other: means over both seeds. */
  values(): number[] {
    return this.nets().flatMap((net) =>
      net.flatMap(({ values }) => [values[0], values[values.length - 1]].map(meanOf)),
    );
  }

  /** Means of the metric by thirds of an input that is one number. */
  thirds(input: number): MeansOfThirds {
    const [coordinate] = this.groups[input];
    const nets = Array.from({ length: NETS }, (): Placed[] => []);
    for (const { net, ends, found } of this.complete())
      for (const [mask, pair] of found) {
        const end = (mask >>> input) & 1;
        nets[net].push([ends[end][coordinate], meanOf(pair as Pair)]);
      }
    return meansOfThirds(nets, this.root);
  }

  private complete(): readonly Base[] {
    return this.bases.filter(({ found }) => ![...found.values()].some(isUndefined));
  }

  /** Base points that are complete, by net. */
  private nets(): readonly (readonly EvaluatedBase[])[] {
    const nets = Array.from({ length: NETS }, (): EvaluatedBase[] => []);
    for (const { net, design, found } of this.complete()) {
      const all = [...found.entries()].sort(([a], [b]) => a - b) as [number, Pair][];
      nets[net].push({
        ...design,
        masks: all.map(([mask]) => mask),
        values: all.map(([, pair]) => pair),
      });
    }
    return nets;
  }
}

const isUndefined = (response: Response) => response === null;
const meanOf = ([first, second]: Pair) => (first + second) / 2;
