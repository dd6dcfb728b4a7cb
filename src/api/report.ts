/**
 * Results and replications as pages that work from disk.
 *
 * @module faultline/report
 */
import { breathing } from "../experiment/inThread.ts";
import { replaying } from "../experiment/replay/watch.ts";
import { type ReportInput, reportOf } from "../pages/report/report.ts";
import { formatOf, writeFile } from "./files.ts";
import { type ScenarioInput, scenariosOf } from "./scenarios.ts";

/** What a report is made of: a result of `run`, `compare`, `sweep` or `reproduce`, or the JSON document of one. */
export type Reported = ReportInput["result"];

/** Format and heading of a report. */
export interface ReportOptions {
  /** Default: html. */
  readonly format?: "html" | "md";
  /** Heading; default: that of the result, or how many there are. */
  readonly title?: string;
}

/**
 * The result is of a kind that reports cannot show.
 *
 * @example
 * import { ReportError } from "faultline/report";
 *
 * console.log(ReportError.prototype instanceof Error); // true
 */
export { ReportError } from "../pages/report/report.ts";

/**
 * Makes a report: one page that gives the answer first and explains it after, with tables, charts and definitions.
 * @param results one result or several
 * @returns the text of an HTML page that needs no network, or of a Markdown document
 * @throws ReportError if reports cannot show that kind of result; RangeError if there is no result
 *
 * @example
 * import { loadScenario, run } from "faultline";
 * import { makeReport } from "faultline/report";
 *
 * const result = await run(await loadScenario("team.yaml"), { replications: 400 });
 * const text = await makeReport(result, { format: "md", title: "A single agent" });
 * console.log(text.startsWith("# A single agent")); // true
 */
export function makeReport(
  results: Reported | readonly Reported[],
  { format = "html", title }: ReportOptions = {},
): Promise<string> {
  const inputs = (Array.isArray(results) ? results : [results]) as readonly Reported[];
  return reportOf(
    inputs.map((result) => ({ result })),
    { format, title },
  );
}

/**
 * Writes a report to a file, and the folders above it where they are missing.
 * @param file ends with `.html` or `.md`
 * @throws ReportError if reports cannot show that kind of result; RangeError if the file ends otherwise
 *
 * @example
 * import { loadScenario, run } from "faultline";
 * import { writeReport } from "faultline/report";
 *
 * const result = await run(await loadScenario("team.yaml"), { replications: 400 });
 * await writeReport(result, "pages/single.html");
 */
export async function writeReport(
  results: Reported | readonly Reported[],
  file: string,
  options: Omit<ReportOptions, "format"> = {},
): Promise<void> {
  const format = formatOf(file, ["html", "md"]);
  writeFile(file, await makeReport(results, { ...options, format }));
}

/** Which replication to play. */
export interface ReplayOptions {
  /** Default: the first scenario's own seed. */
  readonly seed?: string;
  /** Number of the replication, from 0 (the default) to 2^32 - 1; see `findReplication`. */
  readonly replication?: number;
  /** Ends the work: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Makes a page that plays one replication: who works, what is sent, made and checked, where errors begin and end.
 * @param scenarios one, or two that are played side by side with the same luck
 * @returns the text of an HTML page that needs no network
 * @throws ScenarioError if a scenario is not valid
 * @throws RangeError if there are more than two, or the replication is out of range
 *
 * @example
 * import { loadScenario } from "faultline";
 * import { makeReplay } from "faultline/report";
 *
 * const page = await makeReplay(await loadScenario("team.yaml"), { replication: 3 });
 * console.log(page.includes("<title>team")); // true
 */
export async function makeReplay(
  scenarios: ScenarioInput | readonly ScenarioInput[],
  { seed, replication = 0, signal }: ReplayOptions = {},
): Promise<string> {
  const made = scenariosOf(scenarios);
  const settings = { seed: seed ?? made[0]?.seed, replication };
  const documents = [];
  for (const scenario of made)
    documents.push(await breathing(replaying(scenario, settings), signal));
  const { replayPage } = await import("../pages/replay/page.ts");
  return replayPage(documents);
}

/**
 * Writes the page of {@link makeReplay} to a file, and makes the folders above it where they are missing.
 * @param file ends with `.html`
 * @throws what `makeReplay` throws; RangeError if the file ends otherwise
 *
 * @example
 * import { loadScenario } from "faultline";
 * import { writeReplay } from "faultline/report";
 *
 * const teams = [await loadScenario("single.yaml"), await loadScenario("team.yaml")];
 * await writeReplay(teams, "pages/replay.html", { replication: 3 });
 */
export async function writeReplay(
  scenarios: ScenarioInput | readonly ScenarioInput[],
  file: string,
  options: ReplayOptions = {},
): Promise<void> {
  formatOf(file, ["html"]);
  writeFile(file, await makeReplay(scenarios, options));
}
