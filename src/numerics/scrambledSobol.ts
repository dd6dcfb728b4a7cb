/**
 * Points of scrambled nets: the Sobol sequence with Owen's nested uniform scrambling, a scrambling of its own for every
 * net and dimension. Each point alone is uniform in the cube; the first 2^k points of a net are as even as those of the
 * sequence. In the first two dimensions they are a (0, k, 2)-net: every box of volume 2^-k that is cut by halving has
 * exactly one.
 *
 * Owen, "Scrambled net variance for integrals of smooth functions", Annals of Statistics 25 (1997).
 */
import { Draws, openUnit, type RootKey } from "./draws.ts";
import { directionNumbers, sobolBits } from "./sobol.ts";

/** Apart from all that replications draw. */
const DOMAIN = 4;

const BITS = 32;

export class ScrambledSobol {
  private readonly directions: readonly Uint32Array[];
  /** Every node of the tree of halvings, named by dimension, level and place, is flipped by a draw of its own. */
  private readonly flips: Draws;
  private point = 0;

  /** @throws RangeError when there are more dimensions than the Sobol sequence has */
  constructor(root: RootKey, dimensions: number) {
    this.directions = Array.from({ length: dimensions }, (_, i) => directionNumbers(i));
    this.flips = new Draws(root, DOMAIN);
  }

  /** Moves to a point of a net; both from 0 to 2^32 - 1. */
  enter(net: number, point: number): void {
    this.flips.enter(net);
    this.point = point;
  }

  /** A coordinate of the point, in (0, 1): an odd multiple of 2^-33. */
  coordinate(dimension: number): number {
    const bits = sobolBits(this.directions[dimension], this.point);
    let scrambled = 0;
    for (let level = 0; level < BITS; level++) {
      const node = level === 0 ? 0 : bits >>> (BITS - level);
      const digit = (bits >>> (BITS - 1 - level)) ^ this.flips.bits(dimension, node, level, 0);
      scrambled = (scrambled << 1) | (digit & 1);
    }
    return openUnit(scrambled >>> 0);
  }
}
