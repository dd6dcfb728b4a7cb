/**
 * The downhill simplex method, as an ask/tell interface: local search without derivatives.
 *
 * Nelder and Mead, "A simplex method for function minimization", Computer Journal 7 (1965), with the
 * coefficients of Gao and Han, "Implementing the Nelder-Mead simplex algorithm with adaptive
 * parameters", Computational Optimization and Applications 51 (2012), which keep the simplex from
 * collapsing in more than a few dimensions. Ties as in Lagarias et al., SIAM J. Optim. 9 (1998): a new
 * vertex comes after its equals. Bounds are those of `box.ts`: the simplex lives in free coordinates,
 * so that it is never flattened against a bound.
 */
import { checkInBox, fromBox, toBox } from "./box.ts";
import {
  type Candidate,
  checkCount,
  orderOf,
  ranked,
  valuesFromState,
  valuesToState,
} from "./candidates.ts";

/** What a search starts from. */
export interface NelderMeadOptions {
  /** First vertex, in the unit box; at least one coordinate. */
  readonly start: ArrayLike<number>;
  /** Length of the first edges in widths of the box, in (0, 0.5]; 0.05 by default. */
  readonly step?: number;
  /** Search stops once no vertex is further from the best; in widths of the box, > 0; 1e-10 by default. */
  readonly tolerance?: number;
}

/** What the points asked for are to decide. */
type Move = "simplex" | "reflect" | "expand" | "contractOutside" | "contractInside" | "shrink";

/** State of a search as JSON. */
export interface NelderMeadState {
  readonly options: Required<Omit<NelderMeadOptions, "start">> & { readonly start: number[] };
  readonly vertices: number[][];
  readonly values: (number | null)[];
  readonly move: Move;
  readonly reflected: number | null;
  readonly stopped: "tolerance" | null;
}

/** Minimises over the unit box [0, 1]^n from a start. Deterministic; draws nothing. */
export class NelderMead {
  readonly options: NelderMeadState["options"];
  /** Set when the simplex is smaller than the tolerance; `ask` and `tell` go on working. */
  stopped: "tolerance" | undefined;

  private readonly dimension: number;
  private readonly expansion: number;
  private readonly contraction: number;
  private readonly shrinkage: number;
  /** In free coordinates; once told, from the best to the worst. */
  private vertices: Float64Array[];
  private values: number[] = [];
  private move: Move = "simplex";
  /** Value of the reflected point, while an expansion or contraction is asked for. */
  private reflected = Number.POSITIVE_INFINITY;

  /** Throws RangeError if an option is outside its range. */
  constructor({ start, step = 0.05, tolerance = 1e-10 }: NelderMeadOptions) {
    this.dimension = start.length;
    if (this.dimension === 0) throw new RangeError("Start: must have at least one coordinate");
    checkInBox(start, this.dimension);
    if (!(step > 0 && step <= 0.5)) throw new RangeError(`Step ${step}: must be in (0, 0.5]`);
    if (!(tolerance > 0)) throw new RangeError(`Tolerance ${tolerance}: must be > 0`);
    this.options = { start: Array.from(start), step, tolerance };
    // In one dimension the formulas would shrink to a point: there the classical ones of n = 2 hold.
    const n = Math.max(2, this.dimension);
    this.expansion = 1 + 2 / n;
    this.contraction = 0.75 - 1 / (2 * n);
    this.shrinkage = 1 - 1 / n;
    this.vertices = firstSimplex(Float64Array.from(start, fromBox), step);
  }

  /** Best vertex; undefined before the first `tell`. */
  get best(): Candidate | undefined {
    if (this.values.length === 0) return undefined;
    return { point: this.vertices[0].map(toBox), value: this.values[0] };
  }

  /** Points to evaluate, in the unit box: n + 1 at first, n to shrink, otherwise one. */
  ask(): Float64Array[] {
    return this.trials().map((trial) => trial.map(toBox));
  }

  /**
   * Takes the values of the points of `ask`, in their order. Values that are not finite rank last.
   * Throws RangeError unless there is one value per point.
   */
  tell(values: readonly number[]): void {
    const trials = this.trials();
    checkCount(values, trials.length);
    this.decide(trials, values.map(ranked));
    if (this.move === "reflect" && this.size() <= this.options.tolerance)
      this.stopped = "tolerance";
  }

  /** State from which `fromJSON` goes on, byte for byte. */
  toJSON(): NelderMeadState {
    return {
      options: this.options,
      vertices: this.vertices.map((vertex) => [...vertex]),
      values: valuesToState(this.values),
      move: this.move,
      reflected: valuesToState([this.reflected])[0],
      stopped: this.stopped ?? null,
    };
  }

  /** The search of a state that `toJSON` gave. */
  static fromJSON(state: NelderMeadState): NelderMead {
    const search = new NelderMead(state.options);
    search.vertices = state.vertices.map((vertex) => Float64Array.from(vertex));
    search.values = valuesFromState(state.values);
    search.move = state.move;
    search.reflected = valuesFromState([state.reflected])[0];
    search.stopped = state.stopped ?? undefined;
    return search;
  }

  /** Points of the move, in free coordinates. */
  private trials(): Float64Array[] {
    switch (this.move) {
      case "simplex":
        return this.vertices;
      case "reflect":
        return [this.along(1)];
      case "expand":
        return [this.along(this.expansion)];
      case "contractOutside":
        return [this.along(this.contraction)];
      case "contractInside":
        return [this.along(-this.contraction)];
      case "shrink": {
        const [best, ...others] = this.vertices;
        return others.map((vertex) =>
          vertex.map((x, i) => best[i] + this.shrinkage * (x - best[i])),
        );
      }
    }
  }

  /** Centroid of all vertices but the worst, plus `factor` times the way from the worst to it. */
  private along(factor: number): Float64Array {
    const n = this.dimension;
    const worst = this.vertices[n];
    return worst.map((x, i) => {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += this.vertices[k][i];
      return sum / n + factor * (sum / n - x);
    });
  }

  private decide(trials: readonly Float64Array[], values: readonly number[]): void {
    switch (this.move) {
      case "simplex":
        this.settle(trials, values);
        break;
      case "shrink":
        this.settle([this.vertices[0], ...trials], [this.values[0], ...values]);
        break;
      case "reflect":
        this.judgeReflection(trials[0], values[0]);
        break;
      case "expand":
        if (values[0] < this.reflected) this.replaceWorst(trials[0], values[0]);
        else this.replaceWorst(this.along(1), this.reflected);
        break;
      case "contractOutside":
        if (values[0] <= this.reflected) this.replaceWorst(trials[0], values[0]);
        else this.move = "shrink";
        break;
      case "contractInside":
        if (values[0] < this.values[this.dimension]) this.replaceWorst(trials[0], values[0]);
        else this.move = "shrink";
        break;
    }
  }

  private judgeReflection(point: Float64Array, value: number): void {
    const n = this.dimension;
    this.reflected = value;
    if (value < this.values[0]) this.move = "expand";
    else if (value < this.values[n - 1]) this.replaceWorst(point, value);
    else this.move = value < this.values[n] ? "contractOutside" : "contractInside";
  }

  private replaceWorst(point: Float64Array, value: number): void {
    const n = this.dimension;
    this.settle([...this.vertices.slice(0, n), point], [...this.values.slice(0, n), value]);
  }

  /** Takes over a simplex, sorted, and goes on with a reflection. */
  private settle(vertices: readonly Float64Array[], values: readonly number[]): void {
    const order = orderOf(values);
    this.vertices = order.map((i) => vertices[i]);
    this.values = order.map((i) => values[i]);
    this.move = "reflect";
  }

  /** Largest distance of a vertex to the best in one coordinate. */
  private size(): number {
    const [best, ...others] = this.vertices;
    let size = 0;
    for (const vertex of others)
      for (let i = 0; i < best.length; i++) size = Math.max(size, Math.abs(vertex[i] - best[i]));
    return size;
  }
}

/** The start and one vertex along each coordinate, on the side where there is more room. */
function firstSimplex(start: Float64Array, step: number): Float64Array[] {
  const moved = Array.from(start, (_, axis) =>
    start.map((x, i) => (i === axis ? x + (x > 0.5 ? -step : step) : x)),
  );
  return [start, ...moved];
}
