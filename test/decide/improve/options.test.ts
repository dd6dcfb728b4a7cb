// The options that follow from a scenario: which there are, that they make valid scenarios, and that those of a step can be written.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Combining, usable } from "../../../src/decide/improve/combining.ts";
import { derivedOptions } from "../../../src/decide/improve/derived.ts";
import { optionsOf } from "../../../src/decide/improve/improve.ts";
import { stepText } from "../../../src/decide/improve/stepFile.ts";
import { View } from "../../../src/decide/improve/view.ts";
import { canonicalJson } from "../../../src/documents/canonicalJson.ts";
import { memoryFiles } from "../../../src/documents/reading/files.ts";
import { nodeFiles } from "../../../src/documents/reading/nodeFiles.ts";
import { run } from "../../../src/experiment/experiment.ts";
import { type MetricValue, readMetric } from "../../../src/experiment/result.ts";
import { decisive } from "../../../src/scenario/decisive.ts";
import { loadScenario } from "../../../src/scenario/load.ts";

const PIPELINE = "scenarios/templates/pipeline.yaml";
const FINANCE = "scenarios/kim2025/finance-agent-centralized.yaml";

const loadFile = (file: string) => loadScenario(file, { files: nodeFiles(file) });
const loadText = (text: string) =>
  loadScenario("mine.yaml", { files: memoryFiles({ "mine.yaml": text }) });

const namesOf = async (text: string) => {
  const { tree, scenario } = await loadText(text);
  const { options, leftOut } = await optionsOf({ tree, scenario });
  return { names: options.map(({ name }) => name), leftOut, options };
};

const SINGLE = `
task: { graph: { shape: graph, claims: { facts: [], payout: { needs: [facts], critical: true } } }, difficultySpread: 1 }
models: { small: { errorRate: 0.1 }, large: { errorRate: 0.03 } }
agents: { clerk: { model: small } }
protocol: [{ work: { who: clerk } }, { aggregate: { how: first, from: clerk } }]
`;

describe("derived options", () => {
  test("of the pipeline: what applies, and why the rest does not", async () => {
    const { tree, scenario } = await loadFile(PIPELINE);
    const { options, leftOut } = await optionsOf({ tree, scenario });
    expect(options.map(({ name }) => name)).toEqual([
      ...["intake-on-large", "assessor-on-small", "clerk-on-large", "lead-on-small"],
      ...["one-more-round", "intake-second-look", "assessor-second-look", "clerk-second-look"],
      ...["lead-second-look", "intake-read-by-large", "assessor-read-by-small"],
      ...["clerk-read-by-large", "check-by-assessor", "check-by-clerk", "send-twice"],
    ]);
    const reasons = Object.fromEntries(leftOut.map(({ name, why }) => [name, why]));
    expect(reasons).toMatchObject({
      human: "the team has a person",
      tokens: "nothing limits the tokens of a task",
      voting: "more than one group makes claims",
      "reviewer-looks-at-all": expect.stringContaining("never hear of it"),
    });
  });

  test("of an agent alone: a self-check, a vote, a router, a second opinion, a person", async () => {
    const { names, options } = await namesOf(SINGLE);
    expect(names).toEqual([
      ...["clerk-self-check", "clerk-on-large", "clerk-vote"],
      ...["route-hard-to-large", "clerk-read-by-large", "person-for-risky"],
    ]);
    const assumed = options.filter(({ assumes }) => assumes !== undefined);
    expect(assumed.map(({ kind }) => kind)).toEqual([
      ...["self-check", "routing", "second-opinion", "human"],
    ]);
  });

  test("each is worth what its mechanism says: a vote of three makes 3p² - 2p³ of an error rate p", async () => {
    const text = SINGLE.replace(
      /task:.*/,
      "task: { graph: { shape: chain, size: 1 }, alternatives: 1 }",
    );
    const { tree, scenario } = await loadText(text);
    const { options } = await optionsOf({ tree, scenario });
    const index = options.findIndex(({ kind }) => kind === "voting");
    const combining = new Combining({ tree, scenario }, options, (one) => one);
    const voting = await combining.scenarioOf([index]);
    if (typeof voting === "string") throw new Error(voting);
    const { scenarios } = await run([{ ...voting, repeats: 1 }], {
      seed: "a",
      replications: 20_000,
    });
    const [low, high] = (readMetric(scenarios[0].metrics, "success") as MetricValue).ci as [
      number,
      number,
    ];
    const truth = 1 - (3 * 0.1 ** 2 - 2 * 0.1 ** 3);
    expect([low < truth, truth < high]).toEqual([true, true]);
  });

  test("nothing applies to a program that makes a claim alone", async () => {
    const text = `
task: { graph: { shape: chain, size: 1 } }
agents: { tool: { kind: code, errorRate: 0.1 } }
protocol: [{ work: { who: tool } }, { aggregate: { how: majority, from: tool } }]
`;
    const { tree, scenario } = await loadText(text);
    const derived = derivedOptions(new View(tree, scenario));
    const { options } = await usable({ tree, scenario }, derived.options);
    expect(options.map(({ kind }) => kind)).toEqual(["voting"]);
  });
});

describe("sets of options", () => {
  test.each([PIPELINE, FINANCE])(
    "of %s make valid scenarios, which a file can hold",
    async (file) => {
      const base = await loadFile(file);
      const { options } = await optionsOf(base);
      const combining = new Combining(base, options, (one) => one);
      await fc.assert(
        fc.asyncProperty(fc.subarray([...options.keys()], { maxLength: 4 }), async (set) => {
          fc.pre(combining.isAllowed(set));
          const made = await combining.treeOf(set);
          if (typeof made === "string") throw new Error(`${set}: ${made}`);
          const step = {
            base: file.split("/").at(-1) as string,
            name: made.scenario.name,
            header: ["a"],
          };
          const folder = file.slice(0, file.lastIndexOf("/"));
          const text = stepText(base.tree, made.tree, step);
          const disk = nodeFiles(file);
          const texts = base.files.map((path) => [path, String(disk.read(path))]);
          const files = memoryFiles({
            ...Object.fromEntries(texts),
            [`${folder}/step.yaml`]: text,
          });
          const again = await loadScenario(`${folder}/step.yaml`, { files });
          expect(canonicalJson(decisive(again.scenario))).toBe(
            canonicalJson(decisive(made.scenario)),
          );
        }),
        { numRuns: 10 },
      );
    },
  );
});

describe("stated improvements", () => {
  const stated = (improvements: string) => `${SINGLE}improvements:\n${improvements}`;

  test("take the place of derived ones, add agents and models, and exclude each other where they meet", async () => {
    const { names, options } = await namesOf(
      stated(`
  - { name: better, set: { models.small.errorRate: 0.05 } }
  - { name: other, set: { models.small: { errorRate: 0.04 } } }
  - { name: new, set: { models.third: { errorRate: 0.01 }, agents.clerk.model: third }, price: $0.10, excludes: [better] }`),
    );
    expect(names).toEqual(["better", "other", "new"]);
    expect(options.map(({ excludes }) => excludes)).toEqual([
      ["other", "new"],
      ["better"],
      ["better"],
    ]);
    expect(options[2].price).toBe(0.1);
  });

  test("change nothing of what the scenario is", async () => {
    const [plain, more] = await Promise.all([
      loadText(SINGLE),
      loadText(stated('  - { name: a, set: { models.small.errorRate: "= 2 * 3" } }')),
    ]);
    expect(canonicalJson(decisive(more.scenario))).toBe(canonicalJson(decisive(plain.scenario)));
    expect(plain.scenario).not.toHaveProperty("improvements");
  });

  test.each([
    ["{ name: a, set: {} }", "this improvement changes nothing"],
    ["{ name: a, set: { seed: b }, excludes: [c] }", 'there is no improvement "c"'],
    [
      "{ name: a, set: { seed: b } }\n  - { name: a, set: { seed: c } }",
      'two improvements are called "a"',
    ],
    ["{ name: a, set: { seed: b }, price: -1 }", "-1"],
  ])("that make no sense are told: %s", async (improvement, message) => {
    await expect(loadText(stated(`  - ${improvement}`))).rejects.toThrow(message);
  });
});
