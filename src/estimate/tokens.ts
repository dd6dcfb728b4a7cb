// What the calls of a model take: tokens, the growth of the context, and prices.
import type { LoggedRun, LoggedTurn } from "../logs/run.ts";
import { groupBy } from "../numerics/grouping.ts";
import { square } from "../numerics/power.ts";
import { average } from "../numerics/statistics.ts";
import type { Estimate, ModelEstimates, Unidentified } from "./estimates.ts";
import { taskOf } from "./gather.ts";
import { clustersOf, each, meanOf, withError } from "./measures.ts";
import { listPrice } from "./prices.ts";

type TokenEstimates = Pick<
  ModelEstimates,
  "inputTokens" | "outputTokens" | "cached" | "prompt" | "contextPerTurn" | "price"
>;

/** @param isOwn whether a turn is one of the model */
export function estimateTokens(
  runs: readonly LoggedRun[],
  model: string,
  isOwn: (turn: LoggedTurn) => boolean,
): TokenEstimates {
  const own = ({ turns }: LoggedRun) => turns.filter(isOwn);
  const perTurn = (field: "inputTokens" | "outputTokens") => (run: LoggedRun) =>
    own(run).flatMap(({ [field]: tokens }) => (tokens === undefined ? [] : [each(tokens)]));
  const cached = clustersOf(runs, (run) =>
    own(run).flatMap(({ cachedTokens: amount, inputTokens: size }) =>
      amount === undefined || size === undefined ? [] : [{ amount, size }],
    ),
  );
  return {
    inputTokens: meanOf(clustersOf(runs, perTurn("inputTokens")), "turns"),
    outputTokens: meanOf(clustersOf(runs, perTurn("outputTokens")), "turns"),
    cached: meanOf(cached, "turns"),
    ...estimateContext(runs, isOwn),
    price: pricesOf(runs.flatMap(own)) ?? listPrice(model),
  };
}

interface Place {
  readonly task: string;
  /** Turns that the agent took before this one in its run. */
  readonly x: number;
  /** Input tokens. */
  readonly y: number;
}

/**
 * The least-squares line through the input tokens of turns over their place among the turns of their agent in a run: where it
 * begins, the prompt, and its slope. Standard errors clustered by task (Liang and Zeger 1986).
 */
function estimateContext(
  runs: readonly LoggedRun[],
  isOwn: (turn: LoggedTurn) => boolean,
): { readonly prompt?: Estimate; readonly contextPerTurn?: Estimate } {
  const places = runs.flatMap((run) => placesIn(run, isOwn));
  const meanX = average(places.map(({ x }) => x));
  const meanY = average(places.map(({ y }) => y));
  const spread = places.reduce((sum, { x }) => sum + square(x - meanX), 0);
  const clusters = [...groupBy(places, ({ task }) => task).values()];
  if (!(spread > 0) || clusters.length < 2) return {};
  const slope = places.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const prompt = meanY - slope * meanX;
  /** Standard error of a coefficient by how much each turn weighs in it. */
  const error = (weight: (x: number) => number) => {
    const parts = clusters.map((cluster) =>
      cluster.reduce((sum, { x, y }) => sum + weight(x) * (y - prompt - slope * x), 0),
    );
    const squares = parts.reduce((sum, part) => sum + square(part), 0);
    return Math.sqrt((squares * clusters.length) / (clusters.length - 1));
  };
  const bySlope = error((x) => (x - meanX) / spread);
  const byPrompt = error((x) => 1 / places.length - (meanX * (x - meanX)) / spread);
  const words = {
    count: places.length,
    of: "turns",
    method: "least squares over the turns of an agent in a run, clustered by task",
  };
  const df = clusters.length - 1;
  return {
    prompt: withError(prompt, byPrompt, df, words),
    contextPerTurn: withError(slope, bySlope, df, words),
  };
}

function placesIn(run: LoggedRun, isOwn: (turn: LoggedTurn) => boolean): Place[] {
  const before = new Map<string, number>();
  return run.turns.flatMap((turn) => {
    const x = before.get(turn.agent) ?? 0;
    before.set(turn.agent, x + 1);
    const { inputTokens: y } = turn;
    return y === undefined || !isOwn(turn) ? [] : [{ task: taskOf(run), x, y }];
  });
}

const MILLION = 1e6;
/** Fewest turns with costs that prices are drawn from, and the least share of the costs that they must explain. */
const FEWEST_TURNS = 10;
const LEAST_FIT = 0.9;

/**
 * Prices by least squares of the dollars of turns over their tokens; undefined where input and output do not vary apart, or do not
 * explain the costs.
 */
function pricesOf(turns: readonly LoggedTurn[]): ModelEstimates["price"] {
  const paid = turns.flatMap(({ dollars, inputTokens, outputTokens }) =>
    dollars === undefined || inputTokens === undefined || outputTokens === undefined
      ? []
      : [{ dollars, input: inputTokens / MILLION, output: outputTokens / MILLION }],
  );
  if (paid.length < FEWEST_TURNS) return undefined;
  const sum = (term: (turn: (typeof paid)[number]) => number) =>
    paid.reduce((all, turn) => all + term(turn), 0);
  const ii = sum(({ input }) => input * input);
  const io = sum(({ input, output }) => input * output);
  const oo = sum(({ output }) => output * output);
  const id = sum(({ input, dollars }) => input * dollars);
  const od = sum(({ output, dollars }) => output * dollars);
  const determinant = ii * oo - io * io;
  if (!(determinant > 1e-6 * ii * oo)) return undefined;
  const input = (id * oo - od * io) / determinant;
  const output = (od * ii - id * io) / determinant;
  const missed = sum((turn) => square(turn.dollars - input * turn.input - output * turn.output));
  const all = sum(({ dollars }) => square(dollars));
  const isFit = input >= 0 && output >= 0 && missed <= (1 - LEAST_FIT) * all;
  return isFit ? { input, output, source: `costs of ${paid.length} turns in the logs` } : undefined;
}

/** What the logs do not tell of the tokens of a model. */
export function openTokens(model: string, { inputTokens, price }: ModelEstimates): Unidentified[] {
  const open: Unidentified[] = [];
  if (inputTokens === undefined)
    open.push({
      what: `models.${model}.prompt`,
      why: "no turn states its tokens",
      remedy: "log input and output tokens per turn",
    });
  if (price === undefined)
    open.push({
      what: `models.${model}.price`,
      why: "the logs state no costs per turn from which prices follow, and the model is not in the table of prices",
      remedy:
        "state the prices of input and output tokens in the scenario, or log dollars per turn",
    });
  return open;
}
