// Documents that commands wrote, damaged, on their way through the commands that read them.
import { memoryDisk } from "../cli/memoryDisk.ts";
import { faultline, type Outcome } from "../cli/memoryWorld.ts";
import { faultOfOutcome, type Trials } from "../support/fuzzing.ts";
import { type Json, mutateDocument, mutateText, pick, type Random } from "../support/mutations.ts";
import { INPUTS, shippedDocuments, type Written, writtenDocuments } from "./documents.ts";

const READ = ["run", "precise", "compare", "sweep", "trace", "lineage"];

/** Trials with documents that are made once. */
export async function damagedResults(): Promise<Trials> {
  const written = await writtenDocuments();
  const results = [
    ...READ.map((name) => written[name]),
    ...Object.values(await shippedDocuments()),
  ];
  const kinds: readonly Trials[] = [
    ...Array<Trials>(8).fill((random) => resultTrial(random, pick(results, random), written)),
    (random) => manifestTrial(random, written),
    (random) => inputTrial(random, "p/plan.json", written.plan, [["merge", "p"]], [2, 3, 8]),
    (random) =>
      inputTrial(
        random,
        "out/calibrate-fit/state.json",
        written["calibrate-state"],
        [["calibrate", "fit.yaml", "--resume", "--jobs", "1"]],
        [0, 2, 3, 8],
      ),
  ];
  return (random) => pick(kinds, random)(random);
}

/** A damaged document: an event log by its events, others by their values, and some by their text. */
function damaged(text: string, random: Random): string {
  if (random() < 0.25) return mutateText(text, random);
  if (!text.startsWith('{"t":')) return JSON.stringify(mutateDocument(JSON.parse(text), random));
  const events = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Json);
  const mutated = mutateDocument(events, random);
  return (Array.isArray(mutated) ? mutated : [mutated])
    .map((event) => `${JSON.stringify(event)}\n`)
    .join("");
}

const CODES = [0, 2, 3];
const RESULT = "r/result.json";
const MANIFEST = "r/manifest.json";

/** All charts and the report of a damaged result. */
function resultTrial(random: Random, document: string, { manifest }: Written) {
  const format = pick(["html", "md", "md", "md"], random);
  const drawn = random();
  return {
    path: RESULT,
    text: damaged(document, random),
    async faultOf(text: string) {
      const ask = asking({ [RESULT]: text, [MANIFEST]: manifest });
      const listed = await ask(["plot", "r", "--chart", "list"]);
      if (listed.fault !== undefined) return listed.fault;
      const charts = listed.outcome.stdout.trim().split("\n").filter(Boolean);
      const names = charts.map((line) => line.split(" ")[0]);
      const asked = [
        ...names.map((name) => ["plot", "r", "--chart", name, "--format", "vl.json"]),
        ...names
          .slice(Math.floor(drawn * names.length))
          .slice(0, 1)
          .map((name) => ["plot", "r", "--chart", name, "--out", "chart.svg"]),
        ["report", "r", "--format", format],
      ];
      for (const args of asked) {
        const { fault } = await ask(args);
        if (fault !== undefined) return fault;
      }
      return undefined;
    },
  };
}

function manifestTrial(random: Random, { manifest, run }: Written) {
  return {
    path: MANIFEST,
    text: damaged(manifest, random),
    faultOf: async (text: string) =>
      (await asking({ [RESULT]: run, [MANIFEST]: text })(["report", "r", "--format", "md"])).fault,
  };
}

function asking(files: Readonly<Record<string, string>>) {
  const disk = memoryDisk();
  for (const [path, text] of Object.entries(files)) disk.files.set(path, Buffer.from(text));
  return async (args: readonly string[]) => {
    const outcome = await faultline(args, { disk });
    const codes = args[0] === "plot" && args.includes("list") ? [0, 3] : CODES;
    return { outcome, fault: faultOfDocument(args, outcome, codes, Object.keys(files)) };
  };
}

function inputTrial(
  random: Random,
  path: string,
  document: string,
  commands: readonly (readonly string[])[],
  codes: readonly number[],
) {
  const args = pick(commands, random);
  return {
    path,
    text: damaged(document, random),
    async faultOf(text: string) {
      const files = { ...INPUTS, [path]: text };
      return faultOfDocument(args, await faultline(args, { files }), codes, [path]);
    },
  };
}

/** As of any command; and a document that is refused has its place told. */
function faultOfDocument(
  args: readonly string[],
  outcome: Outcome,
  codes: readonly number[],
  paths: readonly string[],
): string | undefined {
  const fault = faultOfOutcome(args, outcome, codes);
  if (fault !== undefined || outcome.code !== 3) return fault;
  // A plan has files inside, whose problems have places of their own.
  const isPlan = paths.includes("p/plan.json");
  const place = isPlan
    ? /^.+: error: /
    : new RegExp(`^(${paths.join("|")})(:\\d+:\\d+: error: | is )`, "m");
  const hasPlace = place.test(outcome.stderr) || /^faultline: \S+ is /.test(outcome.stderr);
  return hasPlace ? undefined : `no place: ${args.join(" ")}\n${outcome.stderr.slice(0, 1500)}`;
}
