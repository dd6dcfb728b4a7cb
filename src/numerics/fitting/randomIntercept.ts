/**
 * Logistic regression with one random intercept: the log-odds of an error are those of its group plus a normal number that
 * all observations of a cluster share. An error may also be handed on: given w wrong premises, an observation is wrong with
 * 1 - (1 - e)(1 - q)^w.
 *
 * Breslow and Clayton, "Approximate inference in generalized linear mixed models", JASA 88 (1993). The likelihood is
 * integrated by the trapezoidal rule over the normal number, which converges as fast as Gauss-Hermite quadrature, and whose
 * nodes serve all clusters, so that logarithms are computed once per group and node.
 */
import { logistic } from "../logit.ts";
import type { Objective, Value } from "./newton.ts";

/** Observations of a cluster that are alike. */
export interface Cell {
  /** From 0. */
  readonly group: number;
  /** Wrong premises that each of them builds on. */
  readonly premises: number;
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
  /** For each group the variable of its propagation; undefined where it has no wrong premise. */
  readonly propagation: readonly (number | undefined)[];
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

/** A group with a number of wrong premises: logarithms of the chances at each node, and their slopes. */
interface Kind {
  readonly group: number;
  readonly premises: number;
  readonly right: Float64Array;
  readonly wrong: Float64Array;
  readonly rightSlope: Float64Array;
  readonly wrongSlope: Float64Array;
  /** Slopes by the log-odds of propagation. */
  rightByPropagation: number;
  readonly wrongByPropagation: Float64Array;
}

/**
 * Log-likelihood by the log-odds of each group, then the standard deviation of the intercept, then the log-odds of the
 * propagation of each group that has one.
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
    const propagations = layout.propagation.filter((variable) => variable !== undefined).length;
    const logOdds = [-MOST_LOG_ODDS, MOST_LOG_ODDS] as const;
    this.bounds = [
      ...Array.from({ length: layout.groups }, () => logOdds),
      [LEAST_SPREAD, layout.isSpread ? MOST_SPREAD : LEAST_SPREAD],
      ...Array.from({ length: propagations }, () => logOdds),
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
    const isAlike = ({ group, premises }: Kind) =>
      group === cell.group && premises === cell.premises;
    const found = this.kinds.find(isAlike);
    if (found !== undefined) return { ...cell, kind: found };
    const column = () => new Float64Array(this.nodes.length);
    const kind: Kind = {
      group: cell.group,
      premises: cell.premises,
      right: column(),
      wrong: column(),
      rightSlope: column(),
      wrongSlope: column(),
      rightByPropagation: 0,
      wrongByPropagation: column(),
    };
    this.kinds.push(kind);
    return { ...cell, kind };
  };

  private tabulate(kind: Kind, point: Float64Array): void {
    const { groups, propagation } = this.layout;
    const { group, premises } = kind;
    const variable = propagation[group];
    const isHandedOn = premises > 0 && variable !== undefined;
    const q = isHandedOn ? logistic(point[variable]) : 0;
    const spared = isHandedOn ? -premises * softplus(point[variable]) : 0;
    kind.rightByPropagation = -premises * q;
    for (const [k, z] of this.nodes.entries()) {
      const logOdds = point[group] + point[groups] * z;
      const right = spared - softplus(logOdds);
      const error = logistic(logOdds);
      kind.right[k] = right;
      kind.rightSlope[k] = -error;
      // Without wrong premises, log e itself, so that small errors keep their digits.
      kind.wrong[k] = isHandedOn ? Math.log(-Math.expm1(right)) : -softplus(-logOdds);
      const odds = isHandedOn ? 1 / Math.expm1(-right) : (1 - error) / error;
      kind.wrongSlope[k] = isHandedOn ? odds * error : 1 - error;
      kind.wrongByPropagation[k] = odds * premises * q;
    }
  }

  /** Log-likelihood of a cluster; its gradient is added. */
  private add(cells: readonly Known[], count: number, gradient: Float64Array): number {
    const { nodes, logWeights } = this;
    const { groups, propagation } = this.layout;
    const posterior = Float64Array.from(logWeights);
    for (const { kind, wrong, right } of cells)
      for (let k = 0; k < posterior.length; k++) {
        if (wrong > 0) posterior[k] += wrong * kind.wrong[k];
        if (right > 0) posterior[k] += right * kind.right[k];
      }
    const [most, sum] = normalise(posterior);
    for (const { kind, wrong, right } of cells) {
      let [byGroup, bySpread, byPropagation] = [0, 0, 0];
      for (let k = 0; k < posterior.length; k++) {
        const slope = wrong * kind.wrongSlope[k] + right * kind.rightSlope[k];
        byGroup += posterior[k] * slope;
        bySpread += posterior[k] * slope * nodes[k];
        if (kind.premises > 0 && wrong > 0)
          byPropagation += posterior[k] * wrong * kind.wrongByPropagation[k];
      }
      gradient[kind.group] += count * byGroup;
      gradient[groups] += count * bySpread;
      const variable = kind.premises > 0 ? propagation[kind.group] : undefined;
      if (variable !== undefined)
        gradient[variable] += count * (byPropagation + right * kind.rightByPropagation);
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

/** log(1 + e^x). */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
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
