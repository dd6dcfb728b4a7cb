// A scenario whose changes are parameters, and trials that answer with a function of them: what is best is known without a search.

import type { Trial, Trials, TrialValues } from "../../../src/decide/trials.ts";
import { memoryFiles } from "../../../src/documents/reading/files.ts";
import { normalQuantile } from "../../../src/numerics/distributions.ts";
import { Draws, rootKey } from "../../../src/numerics/draws.ts";
import { type LoadedScenario, loadScenario } from "../../../src/scenario/load.ts";
import type { Scenario } from "../../../src/scenario/schema.ts";

/** Goal, and cost beside what the changes cost by themselves. */
export interface Value {
  readonly goal: number;
  readonly cost: number;
}

/** Which of the changes a scenario has. */
export type Changes = readonly boolean[];

export const all = (count: number): Changes[] =>
  Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (_, i) => ((bits >> i) & 1) === 1),
  );

/** A scenario with `count` changes that are called a, b, c, ... */
export function scenarioWith(count: number, more = ""): Promise<LoadedScenario> {
  const letters = Array.from({ length: count }, (_, i) => String.fromCharCode(97 + i));
  const files = memoryFiles({
    "known.yaml": `
task: { graph: { shape: chain, size: 2 } }
models: { base: { errorRate: 0.1 } }
agents: { worker: {} }
protocol: [{ work: { who: worker } }, { aggregate: { how: first } }]
parameters: { ${letters.map((letter) => `${letter}: 0`).join(", ")} }
improvements:
${letters.map((letter) => `  - { name: ${letter}, set: { parameters.${letter}: 1 } }`).join("\n")}
${more}`,
  });
  return loadScenario("known.yaml", { files });
}

/** Trials whose values are those of a function, with luck that all scenarios of a block share and luck of their own. */
export function knownTrials(
  count: number,
  value: (changes: Changes) => Value,
  luck: { readonly shared: number; readonly own: number },
): Trials {
  const spent = { trials: 0, replications: 0, found: 0 };
  const answer = ({ scenario, seed, instances }: Trial): TrialValues => {
    spent.trials++;
    spent.replications += instances;
    const changes = changesOf(scenario, count);
    const { goal, cost } = value(changes);
    const own = normal(`${seed}/${changes.map(Number).join("")}`);
    return [goal + luck.shared * normal(seed) + luck.own * own, cost];
  };
  return {
    spent,
    run: async (trials: readonly Trial[]) => trials.map(answer),
  } as unknown as Trials;
}

const changesOf = ({ parameters }: Scenario, count: number): Changes =>
  Object.values(parameters)
    .slice(0, count)
    .map((value) => value === 1);

const normal = (text: string): number =>
  normalQuantile(new Draws(rootKey(text), 0).uniform(0, 0, 0, 0));
