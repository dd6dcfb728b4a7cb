// Routers, and phases that are entered only where they are needed. All tests run at the fixed seed "test"; comparisons with a
// closed form use the 99.9 % interval of one estimate (false-alarm rate 1 in 1,000 a comparison over seeds).
import { describe, expect, test } from "vitest";
import { compare } from "../../src/experiment/experiment.ts";
import { readMetric } from "../../src/experiment/result.ts";
import type { RepeatStep } from "../../src/model/steps.ts";
import { normalQuantile } from "../../src/numerics/distributions.ts";
import { compile } from "../../src/scenario/compiling/compile.ts";
import { load, problemsOf, scenarioText } from "../scenario/support.ts";
import { agrees, measure, scenario, type Written } from "../support/scenarios.ts";

const REPLICATIONS = 20_000;
const second = { distribution: "constant", mean: 1 };
const graph = { shape: "chain", size: 1 };
const THREE = {
  routine: { share: 0.5 },
  moderate: { share: 0.3 },
  hard: { share: 0.2 },
};

/** The answer of `weak` is always wrong, that of `strong` never. */
function pair(protocol: Written[], written: Written = {}) {
  return scenario({
    task: { graph },
    models: {
      weak: { errorRate: 1, latency: second },
      strong: { errorRate: 0, latency: second },
    },
    agents: { weak: { model: "weak" }, strong: { model: "strong" } },
    protocol: [...protocol, { aggregate: { how: "concatenate", from: ["weak", "strong"] } }],
    repeats: 1,
    ...written,
  });
}

const WORK = { work: { who: ["weak", "strong"] } };

describe("a router by task class", () => {
  const routed = (accuracy: number, routes: Written, classes: Written = THREE) =>
    pair([{ assign: { to: ["weak", "strong"], mode: "route", routes, accuracy } }, WORK], {
      task: { graph, classes },
    });
  const HARD_TO_STRONG = { routine: "weak", moderate: "weak", hard: "strong" };

  test.each([
    [1, 0.2],
    [0.7, 0.2 * 0.7 + 0.8 * 0.15],
    [0.2, 0.2 * 0.2 + 0.8 * 0.4],
    [0, 0.8 * 0.5],
  ])(
    "of accuracy %f sends a class to its route, or to each other with equal chances",
    async (accuracy, share) => {
      const [success] = await measure(routed(accuracy, HARD_TO_STRONG), REPLICATIONS, ["success"]);
      expect(agrees(success, share)).toBe(true);
    },
  );

  test("one class is always recognised", async () => {
    const of = routed(0, { only: "strong" }, { only: { share: 1 } });
    const [success] = await measure(of, 500, ["success"]);
    expect(success.mean).toBe(1);
  });

  test("takes a task for the same at every visit", async () => {
    const assign = {
      assign: { to: ["weak", "strong"], mode: "route", routes: HARD_TO_STRONG, accuracy: 0.5 },
    };
    const twice = pair([assign, WORK, assign, WORK], { task: { graph, classes: THREE } });
    const [turns] = await measure(twice, 2000, ["turns"]);
    expect(turns.mean).toBe(1);
  });

  test("costs a turn where an agent routes", async () => {
    const of = pair(
      [
        {
          assign: { by: "boss", to: ["weak", "strong"], mode: "route", routes: HARD_TO_STRONG },
        },
        WORK,
      ],
      {
        task: { graph, classes: THREE },
        agents: {
          boss: { role: "orchestrator", model: "strong" },
          weak: { model: "weak" },
          strong: { model: "strong" },
        },
      },
    );
    const [turns] = await measure(of, 500, ["turns"]);
    expect(turns.mean).toBe(2);
  });
});

describe("a router by difficulty", () => {
  const split = (written: Written, task: Written = {}) =>
    pair(
      [
        {
          assign: {
            to: ["weak", "strong"],
            mode: "route",
            split: { easy: "weak", hard: "strong", ...written },
          },
        },
        WORK,
      ],
      { task: { graph, difficultySpread: 2, ...task } },
    );

  test.each([
    [0, 1.5],
    [1, 1.5],
    [3, -1],
    [100, 20],
  ])(
    "with noise %f and threshold %f: 1 - Φ(threshold / √(spread² + noise²)) are hard",
    async (noise, threshold) => {
      const [success, escalated] = await measure(split({ noise, threshold }), REPLICATIONS, [
        "success",
        "escalated",
      ]);
      expect(agrees(escalated, 1 - normalShare(threshold / Math.hypot(2, noise)))).toBe(true);
      expect(success.mean).toBe(escalated.mean);
    },
  );

  test("sees what the class adds, but not how difficult the task is in general", async () => {
    const classes = { easy: { share: 0.75 }, hard: { share: 0.25, difficulty: 3 } };
    const of = split({ threshold: 2.9 }, { difficulty: 5, difficultySpread: 0, classes });
    const [escalated] = await measure(of, REPLICATIONS, ["escalated"]);
    expect(agrees(escalated, 0.25)).toBe(true);
  });

  test("a higher threshold moves tasks from hard to easy and none back, with the same luck", async () => {
    const of = [0, 1].map((threshold) => split({ noise: 1, threshold }));
    const named = of.map((one, i) => ({ ...one, name: `threshold${i}` }));
    const { scenarios } = await compare(named, "threshold0", { replications: 4000, seed: "test" });
    const change = readMetric(scenarios[1].metrics, "gain");
    expect(change?.mean).toBeLessThan(0);
    const [low, high] = await Promise.all(of.map((one) => measure(one, 4000, ["escalated"])));
    // Φ(1/√5) - Φ(0), within 4 standard errors of a share of 4,000.
    const moved = (low[0].mean as number) - (high[0].mean as number);
    expect(Math.abs(moved - (normalShare(1 / Math.sqrt(5)) - 0.5))).toBeLessThan(0.03);
  });
});

describe("an escalation", () => {
  /** The weak agent works and checks its work; what it flagged escalates to the strong one. */
  const cascade = (errorRate: number, recall: number, falseAlarm: number, more: Written = {}) =>
    pair(
      [
        { work: { who: "weak" } },
        { check: { by: "weak", of: "own", as: "peer" } },
        { escalate: { unless: "complete", phases: [{ work: { who: "strong" } }] } },
      ],
      {
        models: {
          weak: { errorRate, latency: second },
          strong: { errorRate: 0.05, latency: second },
        },
        agents: {
          weak: { model: "weak", checks: { peer: { recall, falseAlarm } } },
          strong: { model: "strong" },
        },
        ...more,
      },
    );

  test.each([
    [0.3, 0.8, 0.1],
    [0.5, 1, 0],
    [0.3, 0, 0],
  ])(
    "error rate %f, recall %f, false alarms %f: a failed check calls in the other model",
    async (e, r, f) => {
      const [success, escalated, turns] = await measure(cascade(e, r, f), REPLICATIONS, [
        "success",
        "escalated",
        "turns",
      ]);
      const flagged = e * r + (1 - e) * f;
      expect(agrees(escalated, flagged)).toBe(true);
      expect(agrees(success, (1 - e) * (1 - f) + flagged * 0.95)).toBe(true);
      expect(turns.mean).toBeCloseTo(2 + (escalated.mean as number), 10);
    },
  );

  test("does not change what is decided before it, and is no loop that uses up its rounds", async () => {
    const of = cascade(0.3, 0, 0);
    const plain = { ...of, protocol: of.protocol.filter(({ escalate }) => !escalate) };
    const names = ["success", "turns", "errorsAtAggregation", "cost", "latency.p50"];
    expect(await measure(of, 2000, names)).toEqual(await measure(plain, 2000, names));
  });

  test("of voters that do not agree: a third decides", async () => {
    const e = 0.3;
    const of = scenario({
      task: { graph, alternatives: 1 },
      models: {
        weak: { errorRate: e, latency: second },
        strong: { errorRate: 0, latency: second },
      },
      agents: { voter: { count: 2, model: "weak" }, judge: { model: "strong" } },
      protocol: [
        { work: { who: "voter" } },
        { escalate: { unless: "consensus", among: "voter", phases: [{ work: { who: "judge" } }] } },
        { aggregate: { how: "majority", from: ["voter", "judge"] } },
      ],
      repeats: 1,
    });
    const [success, escalated] = await measure(of, REPLICATIONS, ["success", "escalated"]);
    expect(agrees(escalated, 2 * e * (1 - e))).toBe(true);
    expect(agrees(success, 1 - e * e)).toBe(true);
  });

  test("inside a loop is decided anew in every round; its turns count in what a budget is spread over", () => {
    const inner = { escalate: { phases: [{ work: { who: "strong", turns: 2 } }] } };
    const of = pair([
      { repeat: { rounds: 3, phases: [{ work: { who: "weak", turns: 1 } }, inner] } },
    ]);
    const { steps, budgetTurns } = compile(of);
    expect(steps.map(({ op }) => op)).toEqual([
      "repeat",
      "work",
      "escalate",
      "work",
      "again",
      "aggregate",
    ]);
    expect(steps[2]).toMatchObject({ op: "escalate", exit: 4, until: "complete" });
    expect((steps[0] as RepeatStep).exit).toBe(5);
    expect(budgetTurns).toBe(3 * 1 + 3 * 2);
  });
});

describe("routers and escalations that make no sense", () => {
  const CLASSES =
    "task: { graph: { shape: chain, size: 3 }, classes: { a: { share: 0.5 }, b: { share: 0.5 } } }";
  const protocol = (...lines: string[]) =>
    ["protocol:", ...lines.map((line) => `  - ${line}`)].join("\n");
  const WORKERS = "work: { who: worker }";
  const END = "aggregate: { how: concatenate }";
  const TEAM = "agents: { worker: { count: 3 } }";
  const of = (route: string, task?: string) =>
    scenarioText({
      ...(task !== undefined && { task }),
      agents: TEAM,
      protocol: protocol(`assign: { to: worker, ${route} }`, WORKERS, END),
    });
  const SPLIT = "split: { easy: worker.1, hard: worker.2 }";
  const ROUTES = "routes: { a: worker.1, b: worker.2 }";

  test.each([
    ["a split without easy", of("mode: route, split: { hard: worker }"), "easy is missing"],
    ["a split without hard", of("mode: route, split: { easy: worker }"), "hard is missing"],
    ["routes and split", of(`mode: route, ${ROUTES}, ${SPLIT}`, CLASSES), "at once"],
    ["split with accuracy", of(`mode: route, ${SPLIT}, accuracy: 0.5`), "accuracy has no meaning"],
    ["accuracy above 1", of(`mode: route, ${ROUTES}, accuracy: 1.5`, CLASSES), "accuracy"],
    ["noise below 0", of("mode: route, split: { easy: worker, hard: worker, noise: -1 }"), "noise"],
    [
      "a class that is none",
      of("mode: route, routes: { a: worker, b: worker, c: worker }", CLASSES),
      '"c"',
    ],
    ["a class without route", of("mode: route, routes: { a: worker }", CLASSES), "no route for"],
    ["nobody of that name", of("mode: route, split: { easy: worker, hard: expert }"), '"expert"'],
    [
      "an escalation without phases",
      scenarioText({ agents: TEAM, protocol: protocol(WORKERS, "escalate: { phases: [] }", END) }),
      "phases",
    ],
    [
      "an escalation that asks nobody",
      scenarioText({
        agents: TEAM,
        protocol: protocol(
          WORKERS,
          `escalate: { among: boss, phases: [${`{ ${WORKERS} }`}] }`,
          END,
        ),
      }),
      '"boss"',
    ],
    [
      "an escalation for want of a lead that nobody needs",
      scenarioText({
        agents: TEAM,
        protocol: protocol(
          WORKERS,
          `escalate: { unless: ahead, phases: [${`{ ${WORKERS} }`}] }`,
          END,
        ),
      }),
      "unless: ahead",
    ],
    [
      "an aggregate in an escalation",
      scenarioText({
        agents: TEAM,
        protocol: protocol(WORKERS, `escalate: { phases: [${`{ ${END} }`}] }`, END),
      }),
      "stands inside",
    ],
  ])("%s", async (_, text, message) => {
    const problems = await problemsOf(text);
    expect(problems.map((problem) => problem.message).join("\n")).toContain(message);
  });

  const warned = async (text: string) =>
    (await load(text)).warnings.map(({ message }) => message).join("\n");

  test("split, routes and accuracy in another mode, and accuracy with one class, are warnings", async () => {
    expect(await warned(of(SPLIT))).toContain("split has no meaning in mode whole");
    expect(await warned(of("accuracy: 0.5"))).toContain("accuracy has no meaning in mode whole");
    const one = "task: { graph: { shape: chain, size: 3 }, classes: { a: { share: 1 } } }";
    expect(await warned(of("mode: route, routes: { a: worker }, accuracy: 0.5", one))).toContain(
      "only one task class",
    );
  });

  test("so is a model without price among several that tasks are routed between", async () => {
    const text = (price: string) =>
      scenarioText({
        models: `models: { small: { errorRate: 0.1, price: { input: 1, output: 2 } }, large: { errorRate: 0.1${price} } }`,
        agents: "agents: { small: { model: small }, large: { model: large } }",
        protocol: protocol(
          "work: { who: small }",
          "escalate: { phases: [{ work: { who: large } }] }",
          END,
        ),
      });
    expect(await warned(text(""))).toContain('the model "large" has no price');
    expect(await warned(text(", price: { input: 3, output: 15 }"))).toBe("");
  });
});

/** Φ(z), by bisection of its inverse. */
function normalShare(z: number): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (normalQuantile(middle) < z) low = middle;
    else high = middle;
  }
  return low;
}
