// Published figures in charts: as dots with the simulated ones, and what the subtitle says of them.
import type { Reproduction, TargetResult } from "../../literature/reproduce.ts";
import { INTERVAL, reproductionSample } from "../../wording/sample.ts";
import type { Dot } from "../dots.ts";
import { byArchitecture, type Series, seriesOf } from "../series.ts";
import type { Theme } from "../theme.ts";

/**
 * A dot for every target, with architectures in their order.
 * @param panelOf title of a target's panel; undefined where it is not drawn
 */
export function targetDots(
  targets: readonly TargetResult[],
  theme: Theme,
  panelOf: (target: TargetResult) => string | undefined,
): Dot[] {
  const series = seriesOf([...new Set(targets.map(({ title }) => title))], theme);
  const seriesNamed = (title: string) => series.find(({ name }) => name === title) as Series;
  return targets
    .flatMap((target): Dot[] => {
      const panel = panelOf(target);
      if (panel === undefined) return [];
      const { title, simulated, published, publishedCi } = target;
      const one = seriesNamed(title);
      const beside = { mean: published, ci: publishedCi };
      return [{ panel, series: one, row: one.label, value: simulated, published: beside }];
    })
    .sort((a, b) => byArchitecture(a.series, b.series));
}

export function publishedNote(result: Reproduction): string {
  return `${reproductionSample(result)} Dots: simulated, with ${INTERVAL}; diamonds: published, with their intervals in grey where there are any.`;
}
