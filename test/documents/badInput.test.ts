// Every kind of bad input: one problem, at the exact place (the mark ‸), in words that help.
import { expect, test } from "vitest";
import type { Problem } from "../../src/documents/checking/problems.ts";
import type { Sections } from "../scenario/support.ts";
import { FILE, problemsOf, scenarioText, unmark } from "../scenario/support.ts";

interface BadInput {
  readonly title: string;
  /** The whole file, or what replaces sections of a good one. */
  readonly file: string | Sections;
  readonly message: string | RegExp;
  readonly rule?: string;
  readonly hint?: string;
}

const phases = (...lines: string[]): Sections => ({
  protocol: ["protocol:", ...lines.map((line) => `  - ${line}`)].join("\n"),
});
const AGGREGATE = "aggregate: { how: synthesize, by: boss }";

const BAD: BadInput[] = [
  // Text and syntax
  { title: "an empty file", file: "‸", message: "the file is empty" },
  { title: "a file of comments", file: "‸# nothing\n", message: "the file is empty" },
  { title: "a NUL", file: "name: a‸\0b", message: "control character", rule: "text" },
  { title: "an escape sequence", file: "name: ‸\u001b[2J", message: "U+001B" },
  { title: "a list for a file", file: "‸- a\n- b", message: "the file is a list, not a map" },
  { title: "a text for a file", file: "‸hello", message: 'the text "hello", not a map' },
  { title: "two documents", file: "name: a\n‸---\nname: b", message: "second document" },
  { title: "a tab", file: "task:\n‸\tgraph: 1", message: "tab in the indentation", hint: "spaces" },
  { title: "an open bracket", file: "task: [1, 2‸", message: "end with a ]" },
  { title: "an open quote", file: 'name: "abc‸', message: 'missing closing "quote' },
  { title: "a colon in a value", file: "name: ‸a: b", message: "a second key" },
  { title: "bad indentation", file: "name: ‸a\n  task: 1", message: "a second key" },
  { title: "a key without a space", file: "‸name:a\ntask: 1", message: "key has no value" },
  { title: "a missing comma", file: "task: { tools: ‸1 difficulty: 2 }", message: "between { }" },
  { title: "broken JSON", file: '{"name": "a",\n "task": {"tools": 1}‸', message: "end with a }" },
  { title: "YAML 1.1", file: "‸%YAML 1.1\n---\nname: a", message: "YAML 1.1" },
  { title: "a tag", file: { head: "name: !!js/function ‸x" }, message: "tag" },
  { title: "a known tag", file: { head: "name: !!str ‸x" }, message: "tag" },
  {
    title: "a merge key",
    file: { head: "‸<<: { name: a }" },
    message: "merge key",
    hint: "extends",
  },
  { title: "a duplicate key", file: { head: "name: a\n‸name: b" }, message: "first in line 1" },
  { title: "a number for a key", file: { head: "‸1: a" }, message: "the key is the number 1" },
  { title: "a list for a key", file: { head: "‸[a]: b" }, message: "the key is a list" },
  { title: "__proto__", file: { head: "‸__proto__: { polluted: true }" }, message: '"__proto__"' },
  {
    title: "constructor",
    file: { agents: "agents: { boss: {}, worker: { ‸constructor: { a: {} } } }" },
    message: '"constructor" is not allowed',
  },
  {
    title: "a tag on a required value",
    file: { models: "models: { base: { errorRate: !!float ‸0.1 } }" },
    message: "tag",
  },
  { title: "an alias to nothing", file: { head: "name: ‸*x" }, message: "*x refers to nothing" },
  {
    title: "an alias in itself",
    file: { head: "parameters: &p { a: ‸*p }" },
    message: "inside its own",
  },

  // extends
  {
    title: "extends of a number",
    file: { head: "extends: ‸5" },
    message: "extends is the number 5",
  },
  { title: "extends of a map", file: { head: "‸extends: { a: b }" }, message: "extends is a map" },
  {
    title: "a missing base",
    file: { head: "extends: ‸x.yaml" },
    message: "there is no file x.yaml",
  },
  { title: "an absolute base", file: { head: "extends: ‸/etc/passwd" }, message: "relative path" },
  { title: "a URL", file: { head: "extends: ‸https://example.com/a" }, message: "relative path" },
  { title: "a drive", file: { head: "extends: ‸C:\\a.yaml" }, message: "relative path" },
  {
    title: "a base outside",
    file: { head: "extends: [‸../x.yaml]" },
    message: "outside the project",
  },
  {
    title: "extends of itself",
    file: { head: "extends: ‸team.yaml" },
    message: "team.yaml → team.yaml",
  },

  // Keys
  {
    title: "an unknown section",
    file: { head: "‸budgets: {}" },
    message: '"budgets"',
    hint: "budget?",
  },
  {
    title: "a misspelt key",
    file: { models: "models: { base: { ‸errorate: 0.1 } }" },
    message: '"errorate" is not known in models.base',
    hint: "did you mean errorRate?",
  },
  {
    title: "a key that belongs elsewhere",
    file: { agents: "agents: { boss: {}, worker: { ‸commonCause: 0.1 } }" },
    message: '"commonCause"',
    hint: "commonCause belongs in models.NAME",
  },
  {
    title: "a key of another kind",
    file: { task: "task: { graph: { shape: chain, size: 3, ‸spread: 1 } }" },
    message: '"spread" is not known in task.graph',
    rule: "keys here are shape, size",
  },
  { title: "a missing section", file: { head: "‸name: a", task: "" }, message: "task is missing" },
  {
    title: "a missing key",
    file: { models: "models: { ‸base: {} }" },
    message: "models.base.errorRate is missing",
    rule: "from 0 to 1",
  },
  { title: "an empty section", file: { task: "‸task:" }, message: "task is empty" },
  {
    title: "a missing kind",
    file: { task: "task: { ‸graph: { size: 3 } }" },
    message: "task.graph.shape is missing",
    rule: "one of chain, layers, graph, generated",
  },
  {
    title: "a misspelt kind key",
    file: { task: "task: { ‸graph: { shpe: chain, size: 3 } }" },
    message: "task.graph.shape is missing",
    hint: "did you mean shape instead of shpe?",
  },
  {
    title: "an unknown kind",
    file: { task: "task: { graph: { shape: ‸chian, size: 3 } }" },
    message: 'task.graph.shape is the text "chian"',
    hint: "did you mean chain?",
  },
  {
    title: "a name with a space",
    file: { models: "models: { ‸my model: { errorRate: 0.1 } }" },
    message: '"my model" is not a name',
    rule: "a name starts with a letter",
  },

  // Values
  {
    title: "a percentage in words",
    file: { models: "models: { base: { errorRate: ‸50 percent } }" },
    message: 'models.base.errorRate is the text "50 percent"',
    rule: "from 0 to 1",
    hint: "write 0.5",
  },
  {
    title: "a percentage as a number",
    file: { models: "models: { base: { errorRate: ‸50 } }" },
    message: "is 50, above the largest value 1",
    hint: "write 0.5",
  },
  {
    title: "a negative probability",
    file: { models: "models: { base: { errorRate: ‸-0.1 } }" },
    message: "is -0.1, below the smallest value 0",
  },
  {
    title: "a quoted number",
    file: { models: 'models: { base: { errorRate: ‸"0.1" } }' },
    message: 'is the text "0.1"',
    hint: "write 0.1 without quotes",
  },
  {
    title: "a decimal comma",
    file: { models: "models:\n  base:\n    errorRate: ‸0,1" },
    message: 'is the text "0,1"',
    hint: "write 0.1",
  },
  {
    title: "digits in groups",
    file: { tail: "replications: ‸20_000" },
    message: 'is the text "20_000"',
    hint: "write 20000",
  },
  {
    title: "a unit where none belongs",
    file: { tail: "budget: { tokens: ‸5000 tokens }" },
    message: 'is the text "5000 tokens"',
    hint: "write 5000",
  },
  {
    title: "NaN",
    file: { models: "models: { base: { errorRate: ‸.nan } }" },
    message: "not a number",
  },
  {
    title: "infinity",
    file: { tail: "budget: { tokens: ‸.inf }" },
    message: "is infinite",
    rule: "finite",
  },
  { title: "an overflow", file: { tail: "budget: { tokens: ‸1e999 }" }, message: "is infinite" },
  {
    title: "half an agent",
    file: { agents: "agents: { boss: {}, worker: { count: ‸1.5 } }" },
    message: "not whole",
  },
  {
    title: "a million agents",
    file: { agents: "agents: { boss: {}, worker: { count: ‸1000000 } }" },
    message: "is 1000000, above the largest value 100000",
    rule: "from 0 to 100,000",
  },
  {
    title: "an unknown word",
    file: { agents: "agents: { boss: { role: ‸orchestrater }, worker: {} }" },
    message: 'agents.boss.role is the text "orchestrater"',
    rule: "Role is one of worker, orchestrator",
    hint: "did you mean orchestrator?",
  },
  {
    title: "yes for true",
    file: { topology: "topology: { preset: star, directed: ‸yes }" },
    message: 'is the text "yes"',
    hint: "write true",
  },
  {
    title: "kilograms for a duration",
    file: {
      topology: "topology: { preset: star, latency: { distribution: constant, mean: ‸4 kg } }",
    },
    message: 'topology.latency.mean is the text "4 kg"',
    rule: "250ms, 4s, 2min, 1h or 1d",
  },
  {
    title: "another name of a unit",
    file: { tail: "limits: { time: ‸4 minutes }" },
    message: 'limits.time is the text "4 minutes"',
    hint: "write 4min",
  },
  {
    title: "an endless duration",
    file: { tail: "limits: { time: ‸1e300d }" },
    message: "limits.time",
  },
  {
    title: "a negative duration",
    file: { tail: "workload: { arrivals: fixed, interval: ‸-1 }\nrepeats: 1" },
    message: "workload.interval is the number -1",
    rule: "a duration",
  },
  {
    title: "a number for a text",
    file: { tail: "seed: ‸5" },
    message: "seed is the number 5",
    hint: '"5"',
  },
  { title: "a list for a map", file: { agents: "‸agents: [worker]" }, message: "agents is a list" },
  { title: "a text for a map", file: { tail: "budget: ‸plenty" }, message: "budget is the text" },
  {
    title: "a map for a list",
    file: { protocol: "‸protocol: { work: 1 }" },
    message: "protocol is a map",
  },
  { title: "an empty list", file: { protocol: "‸protocol: []" }, message: "too few items" },
  {
    title: "another format",
    file: { head: "faultline: ‸2" },
    message: "faultline is the number 2",
  },
  { title: "a list of agentDefaults", file: { head: "‸agentDefaults: [1]" }, message: "is a list" },

  // Phases
  {
    title: "a misspelt phase",
    file: phases("work: { who: worker }", "‸chekc: { by: boss }", AGGREGATE),
    message: '"chekc" is not known in protocol.1',
    hint: "did you mean check?",
  },
  {
    title: "two phases in one",
    file: phases("‸work: { who: worker }\n    check: { by: boss }", AGGREGATE),
    message: "protocol.0 is several phases at once: work, check",
  },
  {
    title: "an empty phase",
    file: phases("work: { who: worker }", "‸{}", AGGREGATE),
    message: "is empty",
  },
  {
    title: "a phase without a map",
    file: phases("‸work", AGGREGATE),
    message: 'protocol.0 is the text "work"',
    hint: "write work: { ... }",
  },
  {
    title: "an impossible reference",
    file: phases("work: { who: ‸worker.x }", AGGREGATE),
    message: 'protocol.0.work.who is the text "worker.x"',
    rule: "by its name (worker)",
  },
  {
    title: "an impossible reference in a list",
    file: phases("work: { who: [worker, ‸9] }", AGGREGATE),
    message: "protocol.0.work.who.1 is the number 9",
  },
  {
    title: "a list without references",
    file: phases("work: { ‸who: [] }", AGGREGATE),
    message: "protocol.0.work.who has too few items",
  },
  {
    title: "a phase in a repeat",
    file: phases("repeat:\n      phases:\n        - work: { who: worker, turns: ‸0 }", AGGREGATE),
    message: "protocol.0.repeat.phases.0.work.turns is 0, below",
  },
];

for (const { title, file, message, rule, hint } of BAD) {
  test(title, async () => {
    const { text, line, column } = unmark(typeof file === "string" ? file : scenarioText(file));
    const problems = await problemsOf(text);
    expect(problems.map(summary)).toHaveLength(1);
    const [problem] = problems;
    expect(problem).toMatchObject({ file: FILE, line, column, severity: "error" });
    expect(problem.message).toMatch(message);
    if (rule !== undefined) expect(problem.rule).toContain(rule);
    if (hint !== undefined) expect(problem.hint).toContain(hint);
  });
}

function summary({ line, column, message }: Problem): string {
  return `${line}:${column} ${message}`;
}
