// The charts: one table, in the order in which they are offered, and how a result becomes one of them.

import type { ResultDocument } from "../results/results.ts";
import type { Chart, ChartDefinition, ChartOptions } from "./definition.ts";
import { frame, isNothing } from "./frame.ts";
import { amplification } from "./kinds/amplification.ts";
import { choice } from "./kinds/choice.ts";
import { cost } from "./kinds/cost.ts";
import { differences } from "./kinds/differences.ts";
import { errors } from "./kinds/errors.ts";
import { fit } from "./kinds/fit.ts";
import { improvement } from "./kinds/improvement.ts";
import { latency } from "./kinds/latency.ts";
import { lineage } from "./kinds/lineage.ts";
import { money } from "./kinds/money.ts";
import { reliability } from "./kinds/reliability.ts";
import { studyCharts } from "./kinds/studyFigure.ts";
import { success } from "./kinds/success.ts";
import { sweepLine } from "./kinds/sweepLine.ts";
import { sweepMap } from "./kinds/sweepMap.ts";
import { threshold } from "./kinds/threshold.ts";
import { timeline } from "./kinds/timeline.ts";
import { topology } from "./kinds/topology.ts";
import { tornado } from "./kinds/tornado.ts";
import { factorAxes, isScattered } from "./sweeps.ts";
import { THEMES } from "./theme.ts";

export type { Chart, ChartDefinition, ChartOptions };

/** All charts but the figures of studies, which a reproduction brings along. */
export const CHARTS: readonly ChartDefinition[] = [
  amplification,
  success,
  choice,
  threshold,
  sweepMap,
  sweepLine,
  tornado,
  cost,
  money,
  differences,
  reliability,
  latency,
  errors,
  timeline,
  topology,
  lineage,
  fit,
  improvement,
];

/** There is no such chart, or the result cannot feed it. */
export class ChartError extends Error {
  override readonly name = "ChartError";
}

/** The charts that results of this kind feed, and the figures that this one brings along. */
export function chartsOf(result: ResultDocument): readonly ChartDefinition[] {
  const figures = result.schema === "faultline/reproduce@1" ? studyCharts(result) : [];
  const fed = CHARTS.filter((chart) => feeds(result, chart));
  // Of points at random the effect of each factor says more than a map of two of them.
  const isRandom = result.schema === "faultline/sweep@1" && isScattered(result, factorAxes(result));
  const first: readonly ChartDefinition[] = isRandom ? [tornado, sweepLine] : [];
  return [...first, ...fed.filter((chart) => !first.includes(chart)), ...figures];
}

/** A chart of a result, and why it would tell nothing where that is so. */
export interface Offer {
  readonly name: string;
  readonly shows: string;
  readonly why?: string;
}

/** The charts that results of this kind feed, the best first, with what each shows of this one. */
export function offersFor(result: ResultDocument): readonly Offer[] {
  return chartsOf(result).map(({ name, shows, draw }) => {
    const drawn = draw(result as never, THEMES.light);
    return { name, shows, ...(isNothing(drawn) ? { why: drawn.why } : {}) };
  });
}

/** Names of the charts that a result has something for, the one that shows it best first. */
export function chartsFor(result: ResultDocument): readonly string[] {
  return offersFor(result).flatMap(({ name, why }) => (why === undefined ? [name] : []));
}

const feeds = ({ schema }: ResultDocument, { from }: ChartDefinition) =>
  (from as readonly string[]).includes(schema);

/**
 * Makes a chart of a result. Where the result has no value for it, the picture says why.
 * @throws ChartError when there is no such chart, or results of this kind do not feed it
 */
export function makeChart(
  name: string,
  result: ResultDocument,
  { theme = "light" }: ChartOptions = {},
): Chart {
  const charts = chartsOf(result);
  const fitting = charts.map((chart) => chart.name);
  const definition = [...charts, ...CHARTS].find((chart) => chart.name === name);
  if (definition === undefined)
    throw new ChartError(
      `there is no chart ${name}; of this result can be made: ${fitting.join(", ")}`,
    );
  if (!fitting.includes(name))
    throw new ChartError(
      `${name} is made of ${definition.from.join(" or ")}, and this result is ${result.schema}; of it can be made: ${fitting.join(", ")}`,
    );
  return frame(name, definition.draw(result as never, THEMES[theme]), THEMES[theme]);
}
