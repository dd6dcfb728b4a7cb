// One trial of the fuzzer: a file, damaged, goes through the command that reads it. It fails where the command does not
// end as a user's mistake should.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseDocument, stringify, visit } from "yaml";
import { loadCalibration } from "../../src/calibrate/load.ts";
import { KNOWN_METRICS } from "../../src/metrics/naming.ts";
import { type Problem, ScenarioError } from "../../src/scenario/checking/problems.ts";
import { compile } from "../../src/scenario/compiling/compile.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import type { SourceFiles } from "../../src/scenario/reading/files.ts";
import { nodeFiles, SHIPPED } from "../../src/scenario/reading/nodeFiles.ts";
import { DesignTooLargeError } from "../../src/sweep/designs/design.ts";
import { loadExperiment } from "../../src/sweep/load.ts";
import {
  damagedText,
  damagedTree,
  fewestLines,
  type Plain,
  pick,
  type Random,
  randomOf,
} from "./mutations.ts";

/** A file that ships with Faultline, and how it is read. */
export interface Sample {
  readonly kind: "scenario" | "experiment" | "targets";
  readonly path: string;
  readonly text: string;
}

/** Most time of the processor that reading may take, in microseconds: what else the machine does is not counted. */
const LONGEST = 5_000_000;

export function shippedSamples(): Sample[] {
  const files = readdirSync(SHIPPED, { recursive: true, encoding: "utf8" }).sort();
  return files
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => {
      const path = join(SHIPPED, name);
      const text = readFileSync(path, "utf8");
      const { targets, scenarios, factors } = parse(text) ?? {};
      const kind = targets ? "targets" : scenarios && factors ? "experiment" : "scenario";
      return { kind, path, text };
    });
}

/** The sample damaged by the random numbers of a seed. */
export function damaged(samples: readonly Sample[], seed: number): Sample {
  const random: Random = randomOf(seed);
  const sample = pick(samples, random);
  const text =
    random.next(3) === 0
      ? damagedText(sample.text, random)
      : stringify(damagedTree(parse(sample.text) as Plain, random));
  return { ...sample, text };
}

/** What is wrong with how the sample is read; undefined where nothing is. */
export async function faultOf(sample: Sample): Promise<string | undefined> {
  const begun = process.cpuUsage();
  try {
    const problems = await read(sample);
    const { user, system } = process.cpuUsage(begun);
    if (user + system > LONGEST) return "it takes too long";
    const lines = sample.text.split("\n");
    for (const problem of problems) {
      const fault = faultOfProblem(problem, sample, lines) ?? (await faultOfHint(problem, sample));
      if (fault !== undefined) return `${fault}: ${JSON.stringify(problem)}`;
    }
  } catch (error) {
    return `internal error: ${error instanceof Error ? error.stack : error}`;
  }
  return undefined;
}

/** The shortest text, by whole lines, that fails as the sample does. */
export async function minimised(sample: Sample): Promise<Sample> {
  const kindOf = (fault: string | undefined) => fault?.slice(0, 30);
  const kind = kindOf(await faultOf(sample));
  const fails = async (text: string) => kindOf(await faultOf({ ...sample, text })) === kind;
  return { ...sample, text: await fewestLines(sample.text, fails) };
}

/** All problems with a file in place of the one that ships. */
async function read({ kind, path, text }: Sample): Promise<readonly Problem[]> {
  const disk = nodeFiles(path);
  const files: SourceFiles = {
    ...disk,
    size: (name) => (name === path ? text.length : (disk.size?.(name) ?? 0)),
    read: (name) => (name === path ? Buffer.from(text) : disk.read(name)),
  };
  try {
    if (kind === "targets") return (await loadCalibration(path, { files })).warnings;
    if (kind === "experiment") {
      const { sweep, warnings } = await loadExperiment(path, { files });
      await sweep.cellAt(0);
      return warnings;
    }
    const { scenario, warnings } = await loadScenario(path, { files, metricNames: KNOWN_METRICS });
    compile(scenario);
    return warnings;
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    if (error instanceof DesignTooLargeError) return [];
    throw error;
  }
}

function faultOfProblem(
  { file, line, column, message, rule = "", hint = "" }: Problem,
  { path }: Sample,
  lines: readonly string[],
): string | undefined {
  if (message === "" || message.length + rule.length + hint.length > 5000) return "no fit words";
  if (
    /undefined|\[object|NaN|function/.test(`${message} ${hint}`) &&
    !/NaN|not a number/.test(message)
  )
    return "words of the program";
  if (file !== path) return undefined;
  const isPlace = line >= 1 && line <= lines.length && column >= 1;
  return isPlace && column <= lines[line - 1].length + 2 ? undefined : "no place";
}

/** What a hint says to write takes away the problem. */
async function faultOfHint(problem: Problem, sample: Sample): Promise<string | undefined> {
  const { file, replacement } = problem;
  if (replacement === undefined || file !== sample.path) return undefined;
  const text = replaced(sample.text, problem, replacement);
  if (text === undefined) return undefined;
  const after = await read({ ...sample, text });
  const isLeft = after.some(
    ({ path, line, column, message }) =>
      path === problem.path &&
      line === problem.line &&
      column === problem.column &&
      (message === problem.message || message.includes(replacement)),
  );
  return isLeft ? "the hint does not help" : undefined;
}

/** The text with the scalar at the place of a problem replaced. */
function replaced(
  text: string,
  { line, column }: Problem,
  replacement: string,
): string | undefined {
  const document = parseDocument(text, { schema: "core", uniqueKeys: false });
  const start =
    text
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length + (line > 1 ? 1 : 0);
  const offset = start + column - 1;
  let end: number | undefined;
  visit(document, {
    Scalar(_, node) {
      if (node.range?.[0] === offset) end = node.range[1];
    },
  });
  return end === undefined ? undefined : text.slice(0, offset) + replacement + text.slice(end);
}
