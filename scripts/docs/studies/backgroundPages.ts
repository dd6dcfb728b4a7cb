// The pages docs/background/NAME.md whose numbers come from the study kim2025: their prose is pages/NAME.md.
import { readFileSync } from "node:fs";
import { KIM2025 } from "../../../src/literature/kim2025/study.ts";
import type { Reproduction } from "../../../src/literature/reproduce.ts";
import { fill, type Places } from "../places.ts";
import { placesOf, runOf } from "./studyPage.ts";

const NAMES = ["error-amplification", "validity"] as const;

/**
 * The pages as Markdown, by their place below docs/.
 * @param own what stands at the places of kim2025 alone
 */
export function backgroundPages(result: Reproduction, own: Places): Record<string, string> {
  const places = { ...placesOf(result, "background"), ...own, run: runOf(KIM2025, result) };
  const pages = NAMES.map((name) => {
    const prose = readFileSync(new URL(`pages/${name}.md`, import.meta.url), "utf8");
    return [`background/${name}.md`, fill(prose, placedIn(prose, places))];
  });
  return Object.fromEntries(pages);
}

/** The places that a page has: these pages take a few tables of the study, not all. */
const placedIn = (prose: string, places: Places): Places =>
  Object.fromEntries(Object.entries(places).filter(([name]) => prose.includes(`{{${name}}}`)));
