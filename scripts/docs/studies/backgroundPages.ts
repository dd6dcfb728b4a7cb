// The pages docs/background/NAME.md whose numbers come from studies: their prose is pages/NAME.md.
import { readFileSync } from "node:fs";
import type { Reproduction } from "../../../src/literature/reproduce.ts";
import type { Study } from "../../../src/literature/study.ts";
import { fill, type Places } from "../places.ts";
import { placesOfStudies, runOf } from "./studyPage.ts";

export const BACKGROUND_PAGES = ["article", "error-amplification", "validity", "advice"] as const;

/** What a study found. */
export interface Found {
  readonly study: Study;
  readonly result: Reproduction;
  /** What drives it. */
  readonly ablations?: Reproduction | undefined;
}

/** The prose of a page, with places. */
export const backgroundProse = (name: (typeof BACKGROUND_PAGES)[number]): string =>
  readFileSync(new URL(`pages/${name}.md`, import.meta.url), "utf8");

/**
 * A page as Markdown.
 * @param found of the studies that the page speaks of, at least
 * @param own what stands at the places of kim2025 alone
 */
export function backgroundPage(prose: string, found: readonly Found[], own: Places): string {
  const results = found.flatMap(({ result, ablations }) =>
    ablations === undefined ? [result] : [result, ablations],
  );
  const runs = found.map(({ study, result }) => [`run ${study.name}`, runOf(study, result)]);
  const places = { ...placesOfStudies(results, "background"), ...Object.fromEntries(runs), ...own };
  return fill(prose, placedIn(prose, places));
}

/** The places that a page has: these pages take a few tables and pictures of the studies, not all. */
const placedIn = (prose: string, places: Places): Places =>
  Object.fromEntries(Object.entries(places).filter(([name]) => prose.includes(`{{${name}}}`)));
