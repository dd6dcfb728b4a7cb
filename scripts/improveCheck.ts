// Whether `improve` finds the best of all sets of eight changes, which enumeration tells, at what share of its cost; and whether its
// first step is the same with ten seeds where it is called decided. Prints tables for docs/guides/improve.md. Takes some minutes:
//
//     npm run improve-check
import { Combining, type Made, type OptionSet } from "../src/decide/improve/combining.ts";
import { type Budget, improve, metricsFor, optionsOf } from "../src/decide/improve/improve.ts";
import { Judge } from "../src/decide/improve/judging.ts";
import { Observations } from "../src/decide/improve/observations.ts";
import type { Option } from "../src/decide/improve/option.ts";
import { subsets } from "../src/decide/improve/subsets.ts";
import { openTrials } from "../src/decide/trials.ts";
import { nodeFiles } from "../src/documents/reading/nodeFiles.ts";
import { loadScenario } from "../src/scenario/load.ts";

interface Case {
  readonly file: string;
  readonly goal: string;
  readonly budget?: Budget;
  /** Eight of the changes; by default the first. */
  readonly names?: readonly string[];
}

const PIPELINE = "scenarios/templates/pipeline.yaml";
const FINANCE = "scenarios/kim2025/finance-agent-centralized.yaml";
const EIGHT = [
  ...["intake-on-large", "clerk-on-large", "lead-on-small", "intake-second-look"],
  ...["assessor-second-look", "intake-read-by-large", "clerk-read-by-large", "check-by-clerk"],
];

const CASES: readonly Case[] = [
  { file: PIPELINE, goal: "success", names: EIGHT },
  { file: PIPELINE, goal: "loss.total", names: EIGHT },
  { file: PIPELINE, goal: "totalCost", names: EIGHT },
  { file: FINANCE, goal: "success" },
  { file: FINANCE, goal: "success", budget: { dollars: 0.03 } },
];

/** Blocks of 64 tasks in which enumeration sees every set, which is as many as the search gives to the closest races. */
const BLOCKS = 64;
const SEEDS = 10;
const CHANGES = 8;

const main = async () => {
  console.log(
    "| Scenario, goal | Best of 256 | Found | Found less | Cost of the search | First steps of ten seeds |",
  );
  console.log("| --- | --- | --- | --: | --: | --- |");
  for (const one of CASES) console.log(await rowOf(one));
};

async function rowOf({ file, goal, budget, names }: Case): Promise<string> {
  const { tree, scenario } = await loadScenario(file, { files: nodeFiles(file) });
  const base = { tree, scenario };
  const { options } = await optionsOf(base);
  const eight = names
    ? options.filter(({ name }) => names.includes(name))
    : options.slice(0, CHANGES);
  if (eight.length !== CHANGES) throw new Error(`${file}: ${eight.length} changes`);
  const searching = { base, goal, eight, budget };

  const found = await searched({ ...searching, seed: "check", atMost: CHANGES });
  const truth = await enumerated(searching, found.dollars);
  const foundSet = found.names.map((name) => eight.findIndex((option) => option.name === name));
  const { mean, error } = truth.judge.gain(
    truth.best,
    foundSet.sort((a, b) => a - b),
  );
  const share = found.replications / truth.replications;
  const firsts = await firstSteps(searching);
  const textOf = (set: OptionSet) => set.map((i) => eight[i].name).join(" + ");
  const less = `${signed(mean)} ±${(2 * error).toPrecision(2)}`;
  const where = `${scenario.name}, ${goal}${found.dollars === undefined ? "" : ` for $${found.dollars}`}`;
  return `| ${where} | ${textOf(truth.best)} | ${found.names.join(" + ")} | ${less} | ${(100 * share).toFixed(1)} % | ${firsts} |`;
}

const signed = (x: number) => (x === 0 ? "0" : x.toPrecision(2));

interface Searching {
  readonly base: Made;
  readonly goal: string;
  readonly eight: readonly Option[];
  readonly budget?: Budget | undefined;
}

async function searched({
  base,
  goal,
  eight,
  budget,
  seed,
  atMost,
}: Searching & { readonly seed: string; readonly atMost: number }) {
  const trials = await openTrials({ metrics: metricsFor(goal, []) });
  try {
    const { result } = await improve(base, trials, { goal, budget, atMost, seed, options: eight });
    return {
      result,
      dollars: result.budget ?? undefined,
      names: result.path.at(-1)?.changes ?? [],
      replications: trials.spent.replications,
    };
  } finally {
    await trials.close();
  }
}

/** All sets in all blocks, of a seed of its own. */
async function enumerated({ base, goal, eight }: Searching, budget: number | undefined) {
  const trials = await openTrials({ metrics: metricsFor(goal, []) });
  try {
    const combining = new Combining(base, eight, (scenario) => scenario);
    const observations = new Observations(trials, combining, { seed: "truth", instances: 64 });
    const aim = { sign: signOf(goal), isCost: false, budget, constraints: [] } as const;
    const judge = new Judge(observations, aim, eight);
    await observeAll(observations, combining);
    const [best] = judge.ranked(observations.sets, BLOCKS);
    return { judge, best, replications: trials.spent.replications };
  } finally {
    await trials.close();
  }
}

async function observeAll(observations: Observations, combining: Combining) {
  const all = subsets([...combining.options.keys()], 0, CHANGES);
  for (const set of all.filter((one) => combining.isAllowed(one)))
    await observations.upTo(BLOCKS, [set]);
}

const signOf = (goal: string): 1 | -1 => (/^(loss|total)/.test(goal) ? -1 : 1);

/** Which first steps ten seeds give, and how often each is called decided. */
async function firstSteps(searching: Searching): Promise<string> {
  const counts = new Map<string, number>();
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { result } = await searched({ ...searching, seed: `seed/${seed}`, atMost: 1 });
    const { first } = result;
    const text =
      first === null ? "none" : `${first.option}${first.decided ? ", decided" : ", undecided"}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return sorted.map(([text, count]) => `${count} × ${text}`).join("; ");
}

await main();
