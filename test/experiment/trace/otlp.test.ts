import { describe, expect, test } from "vitest";
import { nodeFiles } from "../../../src/documents/reading/nodeFiles.ts";
import { writingOtlp } from "../../../src/experiment/trace/otlp/otlp.ts";
import { Engine } from "../../../src/model/engine.ts";
import { namedOutcome, type Outcome } from "../../../src/model/outcome.ts";
import { rootKey } from "../../../src/numerics/draws.ts";
import { compile } from "../../../src/scenario/compiling/compile.ts";
import { loadScenario } from "../../../src/scenario/load.ts";
import type { Scenario } from "../../../src/scenario/schema.ts";
import { scenario } from "../../support/scenarios.ts";

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface WrittenSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly events?: readonly { readonly name: string; readonly attributes: readonly Attribute[] }[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status?: { readonly code: number };
}

function linesOf(of: Scenario, replications: number, first = 0): string[] {
  const lines: string[] = [];
  const onLine = (line: string) => lines.push(line);
  for (const _ of writingOtlp(of, { first, replications, onLine }));
  return lines;
}

const spansIn = (line: string): WrittenSpan[] =>
  JSON.parse(line).resourceSpans[0].scopeSpans[0].spans;

/** The value of an attribute as a number or text; undefined where there is none. */
function value(of: { readonly attributes: readonly Attribute[] }, key: string) {
  const found = of.attributes.find((attribute) => attribute.key === key)?.value;
  if (found === undefined) return undefined;
  if ("intValue" in found) return Number(found.intValue);
  return found.doubleValue ?? found.stringValue ?? found.boolValue ?? found.arrayValue;
}

const amount = (of: WrittenSpan, key: string) => Number(value(of, key) ?? 0);
const operation = (span: WrittenSpan) => value(span, "gen_ai.operation.name");
const sum = (spans: readonly WrittenSpan[], key: string) =>
  spans.reduce((total, span) => total + amount(span, key), 0);
const eventsOf = (spans: readonly WrittenSpan[], name: string) =>
  spans.flatMap(({ events = [] }) => events.filter((event) => event.name === name));

/** What the outcome row says, counted in spans. */
function counted(spans: readonly WrittenSpan[]) {
  const calls = spans.filter((span) => operation(span) === "chat");
  const messages = spans.filter((span) => operation(span) === "faultline.message");
  const gaveUp = calls.filter((call) => value(call, "faultline.gave_up") === true);
  const failed = calls.filter((call) => call.status?.code === 2);
  const results = eventsOf(spans, "gen_ai.evaluation.result");
  const wrong = results.filter(
    (event) =>
      value(event, "gen_ai.evaluation.name") === "correct" &&
      value(event, "gen_ai.evaluation.score.value") === 0,
  );
  const own = wrong.filter((event) => value(event, "faultline.cause") !== "inherited");
  const synthesis = eventsOf(spans, "faultline.fault");
  const reviews = (verdict: string, isCorrect: boolean) =>
    eventsOf(spans, "faultline.review").filter(
      (event) =>
        value(event, "faultline.review.verdict") === verdict &&
        value(event, "faultline.review.correct") === isCorrect,
    ).length;
  return {
    turns: calls.length - failed.length + gaveUp.length,
    callsFailed: gaveUp.length,
    callsRetried: failed.length - gaveUp.length,
    messages: messages.filter((span) => value(span, "faultline.copy") === undefined).length,
    tokens:
      sum(calls, "gen_ai.usage.input_tokens") +
      sum(calls, "gen_ai.usage.output_tokens") +
      sum(messages, "faultline.tokens"),
    success: results.filter(
      (event) =>
        value(event, "gen_ai.evaluation.name") === "success" &&
        value(event, "gen_ai.evaluation.score.value") === 1,
    ).length,
    caught: reviews("reject", false),
    missed: reviews("accept", false),
    falseAlarms: reviews("reject", true),
    inherited: wrong.length - own.length,
    faultsSynthesis: synthesis.length,
    faultsDistortion: sum(messages, "faultline.distorted"),
    faults: own.length + synthesis.length + sum(messages, "faultline.distorted"),
  } satisfies Partial<Outcome>;
}

/** Everything can happen: failures, time-outs, limits, broadcasts, losses on the way, tools, people. */
const ROUGH = {
  task: {
    graph: {
      shape: "graph",
      claims: {
        a: { tools: 3 },
        b: { needs: ["a"] },
        c: { needs: ["a"], tools: 1 },
        d: { needs: ["b", "c"] },
      },
    },
    difficultySpread: 1,
  },
  models: {
    base: {
      errorRate: 0.2,
      failure: 0.2,
      timeout: "6s",
      retries: 1,
      backoff: "1s",
      pace: 1.5,
      rateLimit: { calls: 40, burst: 2 },
    },
  },
  agents: {
    lead: {
      role: "orchestrator",
      synthesisLoss: 0.2,
      checks: { orchestrator: { recall: 0.6, falseAlarm: 0.2 } },
    },
    worker: {
      count: 2,
      toolFailure: 0.2,
      omission: 0.2,
      distortion: 0.2,
      propagation: 0.8,
      checks: { self: { recall: 0.5, falseAlarm: 0.1 }, peer: { recall: 0.5, falseAlarm: 0.1 } },
    },
    clerk: {
      kind: "human",
      errorRate: 0.1,
      duration: { distribution: "constant", mean: 30 },
      price: { perTurn: 2 },
    },
  },
  topology: { preset: "complete" },
  protocol: [
    {
      repeat: {
        rounds: 3,
        until: "complete",
        phases: [
          { assign: { by: "lead", to: ["worker", "clerk"], mode: "replicate", k: 2 } },
          { send: { from: "lead", to: ["worker", "clerk"], what: "accepted", broadcast: true } },
          { work: { who: ["worker", "clerk"], turns: 3 } },
          { send: { from: ["worker", "clerk"], to: "worker", broadcast: true } },
          { check: { by: "worker" } },
          { send: { from: ["worker", "clerk"], to: "lead", what: "all" } },
          { check: { by: "lead" } },
        ],
      },
    },
    { aggregate: { how: "synthesize", by: "lead" } },
  ],
  repeats: 4,
};
const rough = scenario(ROUGH);
const stream = scenario({
  ...ROUGH,
  workload: { arrivals: "poisson", interval: "20s", tasks: 6 },
});
const cut = scenario({ ...ROUGH, limits: { time: "20s" } });

const SHIPPED = [
  "scenarios/patterns/voting.yaml",
  "scenarios/patterns/insurance.yaml",
  "scenarios/patterns/tree.yaml",
  "scenarios/kim2025/finance-agent-centralized.yaml",
  "scenarios/kim2025/workbench-decentralized.yaml",
];

const load = async (path: string) =>
  (await loadScenario(path, { files: nodeFiles(path) })).scenario;

function examine(of: Scenario, replications: number): void {
  const engine = new Engine(compile(of), rootKey(of.seed));
  for (let replication = 0; replication < replications; replication++) {
    engine.run(replication);
    const outcome = namedOutcome(engine.outcome);
    const lines = linesOf(of, 1, replication);
    const spans = lines.flatMap(spansIn);
    expect(lines).toHaveLength(outcome.tasks);
    const counts = counted(spans);
    expect(counts).toEqual(
      Object.fromEntries(Object.keys(counts).map((key) => [key, outcome[key as keyof Outcome]])),
    );
    const roots = spans.filter((span) => span.parentSpanId === undefined);
    const others = spans.filter((span) => span.parentSpanId !== undefined);
    for (const part of [roots, others])
      expect(sum(part, "faultline.cost")).toBeCloseTo(outcome.cost, 9);
    lines.forEach(examineTree);
  }
}

/** Parents exist and last as long as their children; what spans point to are turns. */
function examineTree(line: string): void {
  const spans = spansIn(line);
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const turns = new Set(
    spans.filter((span) => operation(span) === "chat").map(({ spanId }) => spanId),
  );
  expect(byId.size).toBe(spans.length);
  expect(spans.filter((span) => span.parentSpanId === undefined)).toHaveLength(1);
  const isSound = (span: WrittenSpan) => {
    const parent = byId.get(span.parentSpanId ?? span.spanId);
    const [start, end] = timesOf(span);
    const [from, to] = parent === undefined ? [0n, -1n] : timesOf(parent);
    const reviewed = eventsOf([span], "faultline.review").map((event) =>
      value(event, "faultline.review.of"),
    );
    const pointedAt = [...(span.links ?? []).map(({ spanId }) => spanId), ...reviewed];
    return (
      span.traceId === spans[0].traceId &&
      from <= start &&
      start <= end &&
      end <= to &&
      pointedAt.every((id) => turns.has(String(id))) &&
      (reviewed.length === 0 || turns.has(span.spanId))
    );
  };
  expect(spans.filter((span) => !isSound(span))).toEqual([]);
}

const timesOf = ({ startTimeUnixNano, endTimeUnixNano }: WrittenSpan) =>
  [BigInt(startTimeUnixNano), BigInt(endTimeUnixNano)] as const;

describe("spans add up to the outcome, and make a tree", () => {
  test.each(SHIPPED)("%s", async (path) => {
    examine(await load(path), path.includes("insurance") ? 1 : 5);
  });

  test.each([
    ["a rough day", rough],
    ["a stream of tasks", stream],
    ["tasks that are cut off", cut],
  ])("%s", (_, of) => {
    examine(of, 12);
  });
});

describe("spans tell", () => {
  const spans = linesOf(rough, 250).flatMap(spansIn);
  const calls = spans.filter((span) => operation(span) === "chat");

  test("how calls fail, and how long they take", () => {
    const failed = calls.filter(({ status }) => status?.code === 2);
    expect(new Set(failed.map((call) => value(call, "error.type")))).toEqual(
      new Set(["timeout", "provider_error"]),
    );
    for (const call of calls) {
      const nanoseconds = BigInt(call.endTimeUnixNano) - BigInt(call.startTimeUnixNano);
      if (value(call, "gen_ai.agent.name") === "clerk") {
        expect(nanoseconds).toBe(30_000_000_000n);
        expect(value(call, "gen_ai.request.model")).toBeUndefined();
        expect(value(call, "faultline.cost")).toBe(2);
      } else {
        // Without the wait for the limit of the rate, or for the agent.
        expect(nanoseconds <= 6_000_000_000n).toBe(true);
        expect(nanoseconds === 6_000_000_000n).toBe(value(call, "error.type") === "timeout");
      }
    }
  });

  const isWorker = (span: WrittenSpan) =>
    String(value(span, "gen_ai.agent.name")).startsWith("worker");
  const byWorker = (word: string) =>
    spans.filter((span) => operation(span) === word && isWorker(span));

  // Binomial: 4.4 standard errors, a false alarm for one seed in 100,000 each.
  test.each([
    ["tool calls that fail", byWorker("execute_tool"), 0.2],
    [
      "calls that the provider fails, of those that were in time",
      byWorker("chat").filter((call) => value(call, "error.type") !== "timeout"),
      0.2,
    ],
  ])("as many %s as the scenario says", (_, all, share) => {
    const failing = all.filter(({ status }) => status?.code === 2).length;
    expect(all.length).toBeGreaterThan(1000);
    const error = Math.sqrt((share * (1 - share)) / all.length);
    expect(Math.abs(failing / all.length - share)).toBeLessThan(4.4 * error);
  });

  test("what is lost on the way", () => {
    const messages = spans.filter(
      (span) =>
        operation(span) === "faultline.message" &&
        String(value(span, "faultline.from")).startsWith("worker"),
    );
    const results = sum(messages, "faultline.results");
    const omitted = sum(messages, "faultline.omitted");
    expect(results).toBeGreaterThan(1000);
    expect(Math.abs(omitted / results - 0.2)).toBeLessThan(4.4 * Math.sqrt(0.16 / results));
  });

  test("which runs are repeats of one task", () => {
    const roots = linesOf(rough, 6).map((line) => spansIn(line)[0]);
    const names = roots.map((root) => [
      value(root, "faultline.task"),
      value(root, "faultline.trial"),
    ]);
    expect(names).toEqual([
      ["task-0", 0],
      ["task-0", 1],
      ["task-0", 2],
      ["task-0", 3],
      ["task-1", 0],
      ["task-1", 1],
    ]);
    expect(roots.map((root) => value(root, "faultline.replication"))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("that a task was cut off", () => {
    const roots = linesOf(cut, 10).map((line) => spansIn(line)[0]);
    expect(roots.map((root) => value(root, "error.type"))).toContain("cut_off");
  });
});

describe("a file of spans", () => {
  test("has the same bytes on every run, whatever came before", () => {
    const lines = linesOf(rough, 5);
    expect(linesOf(rough, 5)).toEqual(lines);
    expect(linesOf(rough, 2, 3)).toEqual(lines.slice(3));
  });

  test("has no identifier twice", () => {
    const lines = [...linesOf(rough, 40), ...linesOf({ ...rough, seed: "other" }, 40)];
    const spans = lines.flatMap(spansIn);
    expect(new Set(lines.map((line) => spansIn(line)[0].traceId)).size).toBe(80);
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
    expect(spans.filter(({ traceId }) => !/^[0-9a-f]{32}$/.test(traceId))).toEqual([]);
    expect(spans.filter(({ spanId }) => !/^[0-9a-f]{16}$/.test(spanId))).toEqual([]);
  });

  test("says what it is of", () => {
    const [line] = linesOf(rough, 1);
    expect(JSON.parse(line).resourceSpans[0]).toMatchObject({
      resource: {
        attributes: [
          { key: "service.name", value: { stringValue: "test" } },
          { key: "faultline.version" },
          { key: "faultline.seed", value: { stringValue: "faultline" } },
        ],
      },
      scopeSpans: [{ scope: { name: "faultline" } }],
    });
  });
});
