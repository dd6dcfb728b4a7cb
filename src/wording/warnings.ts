// Warnings that documents hold as text: which topic one is of, and the pages that a reader needs for some of them.
import { CALIBRATION_WARNINGS } from "../calibrate/warnings.ts";
import { EXPERIMENT_WARNINGS } from "../experiment/warnings.ts";
import { STORE_WARNINGS } from "../store/warnings.ts";
import { pageOf, type Topic } from "../topics.ts";

const KNOWN = [...EXPERIMENT_WARNINGS, ...CALIBRATION_WARNINGS, ...STORE_WARNINGS];

/** The topic of a warning, also where words stand before it; undefined for one of another version. */
export function topicOf(warning: string): Topic | undefined {
  return KNOWN.find(({ pattern }) => pattern.test(warning))?.topic;
}

/** The pages that explain some warnings, each once. */
export function pagesOf(warnings: readonly string[]): string[] {
  const topics = warnings.map(topicOf).filter((topic) => topic !== undefined);
  return [...new Set(topics)].map(pageOf);
}
