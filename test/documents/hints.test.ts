// A hint proposes what was meant, or nothing; and what it proposes is valid.
import { describe, expect, test } from "vitest";
import { METRICS } from "../../src/metrics/definitions.ts";
import { KNOWN_METRICS, nearestMetric } from "../../src/metrics/naming.ts";
import { problemsOf, scenarioText } from "../scenario/support.ts";

const rate = (written: string) =>
  scenarioText({ models: `models:\n  base:\n    errorRate: ${written}` });
const tail = (text: string) => scenarioText({ tail: text });
const name = (text: string) => scenarioText({ head: `name: ${text}` });

const CASES: readonly [string, string | undefined][] = [
  [rate("1/5"), "0.2"],
  [rate('"1/3"'), '"= 1/3"'],
  [rate("10 percent"), "0.1"],
  [rate("1e-2%"), "0.0001"],
  [rate("57"), "0.57"],
  [rate("1.2"), undefined],
  [rate("0,125"), "0.125"],
  [rate(".5."), undefined],
  [rate("twenty"), undefined],
  [rate("100k"), undefined],
  [rate('"0.1"'), "0.1"],
  [rate("0.1 kg"), undefined],
  [tail("replications: 100k"), "100000"],
  [tail("replications: 2K"), "2000"],
  [tail("replications: 1M"), "1000000"],
  [tail("replications: 1_000"), "1000"],
  [tail("replications: 1,000"), "1000"],
  [tail("replications: 1 000"), "1000"],
  [tail("replications: 1.000.000"), "1000000"],
  [tail('replications: "1.000"'), undefined],
  [tail("replications: 1.5k"), "1500"],
  [tail("replications: 2.5"), undefined],
  [tail("budget: { tokens: 5000 tokens }"), "5000"],
  [tail("budget:\n  tokens: 1.000,5"), "1000.5"],
  [tail("budget:\n  tokens: 1,500"), undefined],
  [tail("limits: { time: 5 sec }"), "5s"],
  [tail("limits: { time: 5M }"), undefined],
  [tail("seed: 007"), '"007"'],
  [tail("seed: 12345678901234567890"), '"12345678901234567890"'],
  [tail("seed: 1e3"), '"1e3"'],
  [tail("seed: 0x10"), '"0x10"'],
  [tail("seed: true"), '"true"'],
  [name("1e3"), undefined],
  [name("2024-01-01"), undefined],
  [name("my team"), "my-team"],
  [scenarioText({ topology: "topology: { preset: star, directed: on }" }), "true"],
  [scenarioText({ topology: "topology: { preset: star, directed: off }" }), "false"],
  [tail("thresholds: [pass^8 >= 0.1]"), "passHat8 >= 0.1"],
  [tail("thresholds: [success >= 70%]"), "success >= 0.7"],
  [tail("thresholds: [success >= 70]"), "success >= 0.7"],
  [tail('thresholds: ["Latency p95 ≤ 2s"]'), "latency.p95 <= 2"],
  [tail("thresholds: [turns <= 50%]"), undefined],
];

test.each(CASES)("%s", async (text, replacement) => {
  const [problem, ...others] = await problemsOf(text, { metricNames: KNOWN_METRICS });
  expect(others).toEqual([]);
  expect(problem.replacement).toBe(replacement);
  if (replacement === undefined) expect(problem.hint ?? "").not.toMatch(/^write [\d"]/);
});

test("a decimal comma between braces is told as one", async () => {
  const [problem, ...others] = await problemsOf(
    scenarioText({ models: "models: { base: { errorRate: 0,2 } }" }),
  );
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ line: 2, column: 30, hint: "write 0.2" });
});

test("every metric is found by its name, and by its title where it is its own", () => {
  for (const { name: own, title } of METRICS) {
    expect(nearestMetric(own)).toBe(own);
    const namesakes = METRICS.filter((other) => other.title === title);
    if (namesakes.length === 1) expect(nearestMetric(title), title).toBe(own);
  }
});

test.each([
  ["p95 latency", "latency.p95"],
  ["mean latency", "latency.mean"],
  ["success per cost", "success"],
])("a metric whose words are turned round: %s", (text, name) => {
  expect(nearestMetric(text)).toBe(name);
});

describe("names of JavaScript's objects", () => {
  const WORDS = [
    "toString",
    "valueOf",
    "hasOwnProperty",
    "isPrototypeOf",
    "constructor",
    "__proto__",
  ];

  test.each(WORDS)("%s is a key, a word or a name like any other", async (word) => {
    const texts = [
      scenarioText({ protocol: `protocol: [{ aggregate: { how: { ${word}: 1 } } }]` }),
      scenarioText({ protocol: `protocol: [{ aggregate: { how: ${word} } }]` }),
      scenarioText({ task: `task: { graph: { shape: { ${word}: 1 } } }` }),
      scenarioText({ agents: `agents: { ${word}: {} }` }),
      scenarioText({ agents: `agents: { worker: { ${word}: 1, model: ${word} } }` }),
      scenarioText({ head: `${word}: 1\nagentDefaults: { ${word}: { ${word}: 1 } }` }),
      rate(`"= ${word}"`),
      rate(`"= ${word}(1)"`),
      tail(`thresholds: [${word} >= 1, { ${word}: 1 }]`),
    ];
    for (const text of texts)
      for (const problem of await problemsOf(text, { metricNames: KNOWN_METRICS })) {
        expect(problem.line).toBeGreaterThan(0);
        expect(problem.message).not.toContain("[object");
      }
    const overrides = Object.fromEntries([
      [word, 1],
      [`agents.${word}`, 1],
      [`task.${word}.x`, 1],
    ]);
    expect(await problemsOf(scenarioText(), { overrides })).toHaveLength(3);
  });
});

test("a fault of agentDefaults is told once, however many groups there are", async () => {
  const groups = Array.from({ length: 300 }, (_, i) => `g${i}: {}`).join(", ");
  const keys = Array.from({ length: 300 }, (_, i) => `k${i}: 1`).join(", ");
  const problems = await problemsOf(
    scenarioText({
      head: `agentDefaults: { guess: half, ${keys} }`,
      agents: `agents: { boss: { role: orchestrator }, worker: { count: 3 }, ${groups} }`,
    }),
  );
  const errors = problems.filter(({ severity }) => severity === "error");
  expect(errors).toHaveLength(102);
  expect(errors.at(-1)?.message).toContain("200 more keys are not known in agentDefaults");
});
