/**
 * Logistic regression with one random intercept: the log-odds of an error are those of its group plus a normal number that
 * all observations of a cluster share. An error may also come from outside, on several ways: an observation that meets way j
 * w_j times is wrong with 1 - (1 - e) Π (1 - q_j)^w_j.
 *
 * Breslow and Clayton, "Approximate inference in generalized linear mixed models", JASA 88 (1993). The likelihood is
 * integrated by the trapezoidal rule over the normal number, which converges as fast as Gauss-Hermite quadrature, and whose
 * nodes serve all clusters, so that logarithms are computed once per group and node.
 */
import { logistic, softplus } from "../logit.ts";
import type { Objective, Value } from "./newton.ts";

/** Observations of a cluster that are alike. */
export interface Cell {
  /** From 0. */
  readonly group: number;
  /** How often each of them meets each way. */
  readonly met: readonly number[];
  readonly wrong: number;
  readonly right: number;
}

export interface Cluster {
  readonly cells: readonly Cell[];
  /** How many clusters are just like this. */
  readonly count: number;
}

export interface Layout {
  readonly groups: number;
  /** For each group and way the variable of its chance; undefined where it is 0. They come after the spread. */
  readonly ways: readonly (readonly (number | undefined)[])[];
  /** Whether clusters differ; else the standard deviation stays at {@link LEAST_SPREAD}. */
  readonly isSpread: boolean;
}

/** Normal numbers over which is integrated: up to this size, in steps that fit clusters of so many observations. */
const REACH = 6;
const STEP = 1 / 4;
const FITTING = 16;

const MOST_LOG_ODDS = 30;
/** Stands for 0, where the likelihood is level, so that a search would stay there. */
export const LEAST_SPREAD = 0.01;
/** A standard deviation as it is told. */
export const spreadOf = (x: number): number => (x <= LEAST_SPREAD ? 0 : x);
/** The largest standard deviation of the intercept, in log-odds: nearly all is never or always. */
export const MOST_SPREAD = 8;

/** What is added to each group on the log-odds scale: half an error and half a success, as Jeffreys' prior does. */
const HALF = 0.5;

/** A group with how often it meets each way: logarithms of the chances at each node, and their slopes. */
interface Kind {
  readonly group: number;
  /** The variables of the ways that it meets, and how often. */
  readonly ways: readonly { readonly variable: number; readonly count: number }[];
  readonly key: string;
  readonly right: Float64Array;
  readonly wrong: Float64Array;
  readonly rightSlope: Float64Array;
  readonly wrongSlope: Float64Array;
  /** Slopes by the log-odds of each way: of what is right, and of what is wrong over the odds of being right. */
  readonly byWay: Float64Array;
  readonly odds: Float64Array;
}

/**
 * Log-likelihood by the log-odds of each group, then the standard deviation of the intercept, then the log-odds of the ways.
 * @param isPenalised whether Jeffreys' half an error and half a success are added to each group, so that groups without an
 *   error, or without a success, have finite log-odds
 */
export class RandomIntercept implements Objective {
  readonly bounds: Objective["bounds"];
  private readonly clusters: readonly {
    readonly cells: readonly Known[];
    readonly count: number;
  }[];
  private readonly layout: Layout;
  private readonly isPenalised: boolean;
  private readonly nodes: Float64Array;
  private readonly logWeights: Float64Array;
  private readonly kinds: Kind[] = [];

  constructor(clusters: readonly Cluster[], layout: Layout, isPenalised: boolean) {
    this.layout = layout;
    this.isPenalised = isPenalised;
    const ways = layout.ways.flat().filter((variable) => variable !== undefined).length;
    const logOdds = [-MOST_LOG_ODDS, MOST_LOG_ODDS] as const;
    this.bounds = [
      ...Array.from({ length: layout.groups }, () => logOdds),
      [LEAST_SPREAD, layout.isSpread ? MOST_SPREAD : LEAST_SPREAD],
      ...Array.from({ length: ways }, () => logOdds),
    ];
    this.nodes = nodesFor(clusters);
    this.logWeights = this.nodes.map((z) => (-z * z) / 2);
    this.clusters = clusters.map(({ cells, count }) => ({ count, cells: cells.map(this.known) }));
  }

  at(point: Float64Array): Value {
    for (const kind of this.kinds) this.tabulate(kind, point);
    const gradient = new Float64Array(point.length);
    let value = this.isPenalised ? this.penalty(point, gradient) : 0;
    for (const { cells, count } of this.clusters) value += count * this.add(cells, count, gradient);
    return { value, gradient };
  }

  private known = (cell: Cell): Known => {
    const ways = this.layout.ways[cell.group].flatMap((variable, way) => {
      const count = cell.met[way];
      return variable === undefined || count === 0 ? [] : [{ variable, count }];
    });
    const key = JSON.stringify([cell.group, ways]);
    const found = this.kinds.find((kind) => kind.key === key);
    if (found !== undefined) return { ...cell, kind: found };
    const column = () => new Float64Array(this.nodes.length);
    const kind: Kind = {
      group: cell.group,
      ways,
      key,
      right: column(),
      wrong: column(),
      rightSlope: column(),
      wrongSlope: column(),
      byWay: new Float64Array(ways.length),
      odds: column(),
    };
    this.kinds.push(kind);
    return { ...cell, kind };
  };

  private tabulate(kind: Kind, point: Float64Array): void {
    const { groups } = this.layout;
    const { group, ways } = kind;
    let spared = 0;
    for (const [i, { variable, count }] of ways.entries()) {
      spared -= count * softplus(point[variable]);
      kind.byWay[i] = -count * logistic(point[variable]);
    }
    const isAlone = ways.length === 0;
    for (const [k, z] of this.nodes.entries()) {
      const logOdds = point[group] + point[groups] * z;
      const right = spared - softplus(logOdds);
      const error = logistic(logOdds);
      kind.right[k] = right;
      kind.rightSlope[k] = -error;
      // Where nothing comes from outside, log e itself, so that small errors keep their digits.
      kind.wrong[k] = isAlone ? -softplus(-logOdds) : Math.log(-Math.expm1(right));
      kind.odds[k] = isAlone ? (1 - error) / error : 1 / Math.expm1(-right);
      kind.wrongSlope[k] = isAlone ? 1 - error : kind.odds[k] * error;
    }
  }

  /** Log-likelihood of a cluster; its gradient is added. */
  private add(cells: readonly Known[], count: number, gradient: Float64Array): number {
    const { nodes, logWeights } = this;
    const { groups } = this.layout;
    const posterior = Float64Array.from(logWeights);
    for (const { kind, wrong, right } of cells)
      for (let k = 0; k < posterior.length; k++) {
        if (wrong > 0) posterior[k] += wrong * kind.wrong[k];
        if (right > 0) posterior[k] += right * kind.right[k];
      }
    const [most, sum] = normalise(posterior);
    for (const { kind, wrong, right } of cells) {
      let [byGroup, bySpread, odds] = [0, 0, 0];
      for (let k = 0; k < posterior.length; k++) {
        const slope = wrong * kind.wrongSlope[k] + right * kind.rightSlope[k];
        byGroup += posterior[k] * slope;
        bySpread += posterior[k] * slope * nodes[k];
        odds += posterior[k] * kind.odds[k];
      }
      gradient[kind.group] += count * byGroup;
      gradient[groups] += count * bySpread;
      for (const [i, { variable }] of kind.ways.entries())
        gradient[variable] += count * kind.byWay[i] * (right - wrong * odds);
    }
    return most + Math.log((sum * (nodes[1] - nodes[0])) / Math.sqrt(2 * Math.PI));
  }

  private penalty(point: Float64Array, gradient: Float64Array): number {
    let value = 0;
    for (const [i, x] of point.entries()) {
      if (i === this.layout.groups) continue;
      value -= HALF * (softplus(x) + softplus(-x));
      gradient[i] += HALF * (1 - 2 * logistic(x));
    }
    return value;
  }
}

interface Known extends Cell {
  readonly kind: Kind;
}

/** The more observations a cluster has, the better they know its number, and the closer the nodes stand. */
function nodesFor(clusters: readonly Cluster[]): Float64Array {
  const sizes = clusters.map(({ cells }) =>
    cells.reduce((sum, { wrong, right }) => sum + wrong + right, 0),
  );
  let step = STEP;
  for (let most = sizes.reduce((a, b) => Math.max(a, b), 0); most > FITTING; most /= 4) step /= 2;
  const reach = Math.round(REACH / step);
  return Float64Array.from({ length: 2 * reach + 1 }, (_, i) => (i - reach) * step);
}

/** Turns logarithms of weights into shares; the largest logarithm, and the sum relative to it. */
function normalise(weights: Float64Array): readonly [most: number, sum: number] {
  let most = Number.NEGATIVE_INFINITY;
  for (const weight of weights) most = Math.max(most, weight);
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += weights[k] = Math.exp(weights[k] - most);
  for (let k = 0; k < weights.length; k++) weights[k] /= sum;
  return [most, sum];
}
