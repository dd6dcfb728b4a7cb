// Estimates from logs: files or runs become a scenario of the team that made them.
import { relative, resolve, sep } from "node:path";
import { nodeFiles } from "../documents/reading/nodeFiles.ts";
import type { EstimateResult } from "../estimate/document.ts";
import type { Like } from "../estimate/estimateTeam.ts";
import type { ReadSummary } from "../logs/read.ts";
import type { LoggedRun } from "../logs/run.ts";
import { withMethods } from "./names.ts";
import { loadScenario } from "./scenarios.ts";

/** How logs are read, whose structure the scenario has, and who is told of the progress. */
export interface EstimateOptions {
  /** Name of the scenario; default: `team`. */
  readonly name?: string;
  /** Path of a scenario file whose structure is taken over: only numbers that the logs tell take the place of its own. */
  readonly like?: string;
  /** Of tables: columns by the names that Faultline has for them, such as `{ run: "trace_id", success: "passed" }`. */
  readonly map?: Readonly<Record<string, string>>;
  /** Called now and then with the share that is done, 0..1. */
  readonly onProgress?: (share: number) => void;
  /** Ends the estimate: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The document that `faultline estimate --json` prints, and the scenario. */
export type Estimated = EstimateResult & {
  /** Text of the scenario's file: every number with its interval, and a comment of where it comes from. */
  readonly yaml: string;
};

/** Share of the work that reading files is taken to be. */
const READING = 0.5;

/**
 * Estimates a team from logs of its runs, and makes a scenario of it.
 * @param from paths of files and folders, in any format that `faultline estimate` reads, or runs. Of many runs a random sample
 * of whole tasks counts
 * @returns estimates with intervals, the numbers of the scenario, the certificate, and the scenario as text
 * @throws ScenarioError if `like` is not valid
 * @throws RangeError if no run has a turn or an outcome
 * @throws Error if a path is missing, or no run can be read
 *
 * @example
 * import { defineScenario, estimate, type LoggedRun } from "faultline";
 *
 * const runs = Array.from({ length: 20 }, (_, i): LoggedRun => ({
 *   id: `run ${i}`,
 *   place: "made here",
 *   task: `task ${i % 5}`,
 *   success: i % 3 === 0 ? 0 : 1,
 *   isComplete: true,
 *   turns: [{ agent: "solver", tools: [] }],
 *   messages: [],
 * }));
 * const { estimates, certificate, yaml } = await estimate(runs);
 * console.log(estimates.outcome?.success.interval, certificate.rows.length, yaml);
 */
export async function estimate(
  from: string | readonly string[] | readonly LoggedRun[],
  options: EstimateOptions = {},
): Promise<Estimated> {
  const { name = "team", like, map = {}, onProgress, signal } = options;
  const { Gatherer } = await import("../estimate/gather.ts");
  const { estimateTeam } = await import("../estimate/estimateTeam.ts");
  const gatherer = new Gatherer();
  const paths = pathsIn(from);
  let read: ReadSummary | undefined;
  if (paths === undefined) for (const run of from as readonly LoggedRun[]) gatherer.take(run);
  else {
    const { readLogs } = await import("../logs/read.ts");
    read = await readLogs(paths, {
      onRun: (run) => gatherer.take(run),
      map,
      onProgress: (done, total) => onProgress?.(total === 0 ? 0 : (READING * done) / total),
      ...(signal && { signal }),
    });
  }
  const team = await estimateTeam(gatherer.runs(), {
    name,
    path: `${name}.yaml`,
    like: like === undefined ? undefined : await likeOf(like),
    signal,
    onProgress: (share) => onProgress?.(READING + (1 - READING) * share),
  });
  const { documentOf } = await import("../estimate/document.ts");
  const { headerOf } = await import("../estimate/writing/header.ts");
  const { scenarioText } = await import("../estimate/writing/scenarioFile.ts");
  const document = documentOf({ name, like, read, totals: gatherer.totals, team });
  const header = headerOf(document, paths === undefined ? "estimate(runs)" : paths.join(" "));
  const yaml = scenarioText(team.draft, { header, isUncertain: true });
  return withMethods(document, { yaml });
}

function pathsIn(from: Parameters<typeof estimate>[0]): readonly string[] | undefined {
  if (typeof from === "string") return [from];
  return typeof from[0] === "string" ? (from as readonly string[]) : undefined;
}

async function likeOf(path: string): Promise<Like> {
  const base = relative(resolve("."), resolve(path)).split(sep).join("/");
  return { scenario: await loadScenario(path), base, files: nodeFiles(path) };
}
