// RouteLLM's curves: routers of several thresholds between a weak and a strong model, simulated in batches of their own
// seeds, and the share of strong calls that a part of the quality gap asks for.
import { average } from "../../numerics/statistics.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { type Bounded, ofBatches } from "../estimates.ts";
import { judged, type TargetResult } from "../judging.ts";
import { shipped } from "../shipped.ts";
import { PUBLISHED, pairs, seriesOf } from "../show.ts";
import { estimateIn, type Results, type Trial, trial } from "../simulate.ts";
import type { StudyFigure } from "../study.ts";
import { absolute, type Provenance } from "../target.ts";
import { noiseFor, type RoutedPair, thresholdFor } from "./curve.ts";
import { type PublishedRouter, RANDOM, ROUTELLM, ROUTERS } from "./published.ts";

/** Shares of strong calls that thresholds are set for. */
const SHARES = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const ALL: readonly PublishedRouter[] = [RANDOM, ...ROUTERS];
const TOLERANCE = absolute(0.05);

/** Batches that the intervals are formed from. */
export const BATCHES = 5;

const trialName = (id: string, share: number) => `routellm/${id}/${share}`;
const fileOf = (id: string) => `routing/routellm-${id}.yaml`;

/** The two models and the tasks of a shipped scenario. */
export function pairOf({ models, task }: Scenario): RoutedPair {
  const [weak, strong] = [models.weak.errorRate, models.strong.errorRate];
  return { weak, strong, spread: task.difficultySpread };
}

/** What a batch simulates. */
export function routerTrials(replications: number): Trial[] {
  const ends = ["weak", "strong"].map((id) =>
    trial(`routellm/${id}`, { file: fileOf(id) }, replications),
  );
  const routed = pairs(ALL, SHARES).map(([{ id }, share]) => {
    const changes = (unchanged: Scenario) => ({
      "parameters.threshold": thresholdFor(share, pairOf(unchanged), unchanged.parameters.noise),
    });
    return trial(trialName(id, share), { file: fileOf(id), changes }, replications);
  });
  return [...ends, ...routed];
}

interface CurvePoint {
  /** Strong calls. */
  readonly share: number;
  /** Part of the gap. */
  readonly part: number;
}

const meanOf = (batches: readonly Results[], name: string, metric: string) =>
  average(batches.map((batch) => estimateIn(batch, name, metric).mean as number));

/** From all to the weak model to all to the strong one. */
function curveOf(batches: readonly Results[], id: string): CurvePoint[] {
  const weak = meanOf(batches, "routellm/weak", "success");
  const gap = meanOf(batches, "routellm/strong", "success") - weak;
  const between = SHARES.map((share) => ({
    share: meanOf(batches, trialName(id, share), "escalated"),
    part: (meanOf(batches, trialName(id, share), "success") - weak) / gap,
  }));
  return [{ share: 0, part: 0 }, ...between, { share: 1, part: 1 }];
}

/** Share of strong calls at which the curve, joined by straight lines, first reaches a part of the gap. */
function shareAt(curve: readonly CurvePoint[], part: number): number {
  const above = Math.max(
    1,
    curve.findIndex((point) => point.part >= part),
  );
  const [from, to] = [curve[above - 1], curve[above]];
  return from.share + ((to.share - from.share) * (part - from.part)) / (to.part - from.part);
}

/** The share of all batches, with the t interval of the batches about it. */
function shareOf(batches: readonly Results[], id: string, part: number): Bounded {
  const mean = shareAt(curveOf(batches, id), part);
  const each = batches.map((batch) => shareAt(curveOf([batch], id), part));
  return ofBatches(mean, each);
}

export function routerTargets(batches: readonly Results[]): TargetResult[] {
  return ALL.flatMap((router) => {
    const target = (part: number, published: number, kind: Provenance) =>
      judged({
        id: `routing.routellm.${router.id}.${100 * part}`,
        figure: "routellm",
        title: `${router.title}: strong calls for ${100 * part} % of the gap`,
        unit: "share",
        published,
        simulated: shareOf(batches, router.id, part),
        tolerance: TOLERANCE,
        kind,
        source: ROUTELLM,
        definition:
          "share of strong calls at which (S - S_weak) / (S_strong - S_weak) reaches the part, between thresholds by straight lines",
      });
    return [
      target(0.5, router.half, "identity"),
      target(0.8, router.most, router === RANDOM ? "identity" : "predicted"),
    ];
  });
}

/** The noise of a shipped router, fitted anew. */
export async function refit({ id, half }: PublishedRouter): Promise<number> {
  return noiseFor(half, pairOf(await shipped(fileOf(id))));
}

export function routerFigure(batches: readonly Results[]): StudyFigure {
  const simulated = ALL.map(({ id, title }) =>
    seriesOf(title, curveOf(batches, id), ({ share, part }) => [share, part]),
  );
  const published = ALL.flatMap(({ half, most }) => [[half, 0.5] as const, [most, 0.8] as const]);
  return {
    name: "routellm",
    title: "What routers recover of the quality gap",
    alt: "Part of the gap between a weak and a strong model that a router recovers, over the share of calls that go to the strong one. A random router follows the diagonal; better routers lie above it, and the published points lie near their curves.",
    kind: "lines",
    x: { title: "Calls to the strong model (share)" },
    y: { title: "Quality gap recovered (share)" },
    series: [...simulated, seriesOf("published", published, ([x, y]) => [x, y], PUBLISHED)],
  };
}
