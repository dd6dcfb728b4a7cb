// Shipped scenarios, experiments and targets, damaged, on their way through the commands that read them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseDocument, stringify, visit } from "yaml";
import { loadCalibration } from "../../src/calibrate/file/load.ts";
import { type Problem, ScenarioError } from "../../src/documents/checking/problems.ts";
import { memoryFiles, type SourceFiles } from "../../src/documents/reading/files.ts";
import { SHIPPED } from "../../src/documents/reading/nodeFiles.ts";
import { KNOWN_METRICS } from "../../src/metrics/naming.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import { DesignTooLargeError } from "../../src/sweep/designs/design.ts";
import { loadExperiment } from "../../src/sweep/file/load.ts";
import { faultline } from "../cli/memoryWorld.ts";
import { faultOfOutcome, type Trials } from "../support/fuzzing.ts";
import { type Json, mutateDocument, mutateText, pick, type Random } from "../support/mutations.ts";

type Kind = "scenario" | "experiment" | "targets";

/** A file that ships with Faultline, and how it is read. */
interface Sample {
  readonly kind: Kind;
  readonly path: string;
  readonly text: string;
}

const shipped = Object.fromEntries(
  readdirSync(SHIPPED, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(yaml|json)$/.test(name))
    .map((name) => [name, readFileSync(join(SHIPPED, name), "utf8")]),
);

const samples: readonly Sample[] = Object.keys(shipped)
  .filter((path) => path.endsWith(".yaml"))
  .sort()
  .map((path) => ({ kind: kindOf(shipped[path]), path, text: shipped[path] }));

function kindOf(text: string): Kind {
  const { targets, scenarios, factors } = parse(text) ?? {};
  return targets ? "targets" : scenarios && factors ? "experiment" : "scenario";
}

/** What a command may end with; a valid file may have a threshold that is missed, or ask for what there is not. */
const COMMANDS: Readonly<Record<Kind, readonly { args: readonly string[]; codes: number[] }[]>> = {
  scenario: [
    { args: ["validate"], codes: [0, 3] },
    { args: ["validate", "--json"], codes: [0, 3] },
    { args: ["inspect"], codes: [0, 3] },
    { args: ["run", "--replications", "8", "--no-save", "--jobs", "1"], codes: [0, 2, 3, 4, 5] },
    { args: ["sweep", "--vary", "agentDefaults.guess=0:1:3", "--dry-run"], codes: [0, 2, 3] },
  ],
  experiment: [
    { args: ["sweep", "--dry-run"], codes: [0, 2, 3] },
    { args: ["status"], codes: [0, 2, 3] },
  ],
  // A fit is long, so what is valid is only read.
  targets: [],
};

/** Kinds by how often they are damaged: targets name many scenarios, and take ten times as long to read. */
const OFTEN: readonly Kind[] = [
  ...Array<Kind>(28).fill("scenario"),
  "experiment",
  "experiment",
  "targets",
];

export const damagedFiles: Trials = (random) => {
  const often = pick(OFTEN, random);
  const sample = pick(
    samples.filter(({ kind }) => kind === often),
    random,
  );
  const { kind, path } = sample;
  const command = COMMANDS[kind].length > 0 ? pick(COMMANDS[kind], random) : undefined;
  return {
    path,
    text: damaged(sample.text, random),
    async faultOf(text) {
      const { problems, isValid } = await read({ ...sample, text });
      const lines = text.split("\n");
      for (const problem of problems) {
        const fault =
          faultOfProblem(problem, path, lines) ?? (await faultOfHint(problem, { ...sample, text }));
        if (fault !== undefined) return `${fault}: ${JSON.stringify(problem)}`;
      }
      const refusing = isValid
        ? undefined
        : { args: [kind === "targets" ? "calibrate" : "validate"], codes: [3] };
      const { args, codes } = command ?? refusing ?? { args: [], codes: [] };
      if (args.length === 0) return undefined;
      const [name, ...options] = args;
      const words = [name, path, ...options];
      const files = { ...shipped, [path]: text };
      return faultOfOutcome(words, await faultline(words, { files }), codes);
    },
  };
};

function damaged(text: string, random: Random): string {
  return random() < 0.35
    ? mutateText(text, random)
    : stringify(mutateDocument(parse(text) as Json, random));
}

// ---------------------------------------------------------------- problems and hints

interface Reading {
  readonly problems: readonly Problem[];
  readonly isValid: boolean;
}

async function read({ kind, path, text }: Sample): Promise<Reading> {
  const files: SourceFiles = memoryFiles({ ...shipped, [path]: text });
  try {
    const problems = await problemsOfValid(kind, path, files);
    return { problems, isValid: true };
  } catch (error) {
    if (error instanceof ScenarioError) return { problems: error.problems, isValid: false };
    if (error instanceof DesignTooLargeError) return { problems: [], isValid: false };
    throw error;
  }
}

async function problemsOfValid(kind: Kind, path: string, files: SourceFiles) {
  if (kind === "targets") return (await loadCalibration(path, { files })).warnings;
  if (kind === "experiment") return (await loadExperiment(path, { files })).warnings;
  return (await loadScenario(path, { files, metricNames: KNOWN_METRICS })).warnings;
}

function faultOfProblem(
  { file, line, column, message, rule = "", hint = "" }: Problem,
  path: string,
  lines: readonly string[],
): string | undefined {
  if (message === "" || message.length + rule.length + hint.length > 5000) return "no fit words";
  const [own] = /undefined|\[object|NaN|function/.exec(`${message} ${hint}`) ?? [];
  if (own !== undefined && !lines.some((text) => text.includes(own))) return "words of the program";
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
  const { problems } = await read({ ...sample, text });
  const isLeft = problems.some(
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
