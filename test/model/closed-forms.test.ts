// The engine against closed forms. All tests run at the fixed seed "test"; each compares one estimate with its
// 99.9 % interval (false-alarm rate 1 in 1,000 a comparison over seeds).
import { describe, expect, test } from "vitest";
import { agrees, compared, measure, team } from "../support/scenarios.ts";

const REPLICATIONS = 40_000;

function binomialTail(n: number, p: number, from: number): number {
  let sum = 0;
  for (let k = from; k <= n; k++) {
    let term = 1;
    for (let i = 0; i < k; i++) term *= ((n - i) / (i + 1)) * p;
    sum += term * (1 - p) ** (n - k);
  }
  return sum;
}

const model = (errorRate: number, more = {}) => ({
  base: { errorRate, latency: { distribution: "constant", mean: 1 }, ...more },
});

describe("series reliability", () => {
  test.each([
    ["chain", { shape: "chain", size: 7 }],
    ["layers", { shape: "layers", layers: [3, 1, 3] }],
  ])("%s of 7 claims with error rate p succeeds with (1 - p)^7", async (_, graph) => {
    const [success] = await measure(
      team(1, { task: { graph }, models: model(0.08) }),
      REPLICATIONS,
      ["success"],
    );
    expect(agrees(success, 0.92 ** 7)).toBe(true);
  });

  test("errors delivered by a chain that passes on every error: sum of 1 - (1 - p)^i", async () => {
    const [errors] = await measure(
      team(1, { task: { graph: { shape: "chain", size: 5 } }, models: model(0.1) }),
      REPLICATIONS,
      ["deliverableErrors"],
    );
    const expected = [1, 2, 3, 4, 5].reduce((sum, i) => sum + 1 - 0.9 ** i, 0);
    expect(agrees(errors, expected)).toBe(true);
  });

  test("with propagation q the second of two claims is wrong with p + (1 - p) p q", async () => {
    const [errors] = await measure(
      team(1, {
        task: { graph: { shape: "chain", size: 2 } },
        models: model(0.3),
        agents: { worker: { propagation: 0.4 } },
      }),
      REPLICATIONS,
      ["deliverableErrors"],
    );
    const second = 0.3 * (0.4 + 0.6 * 0.3) + 0.7 * 0.3;
    expect(agrees(errors, 0.3 + second)).toBe(true);
  });
});

describe("voting", () => {
  const votes = (count: number, errorRate: number, more = {}) =>
    team(count, {
      task: { graph: { shape: "chain", size: 1 }, alternatives: 1 },
      models: model(errorRate, more),
      protocol: [{ work: { who: "worker" } }, { aggregate: { how: "majority", from: "worker" } }],
    });

  test.each([3, 5, 9])("the majority of %i independent voters", async (n) => {
    const [success] = await measure(votes(n, 0.3), REPLICATIONS, ["success"]);
    expect(agrees(success, 1 - binomialTail(n, 0.3, (n + 1) / 2))).toBe(true);
  });

  test.each([0.2, 0.7, 1])(
    "five voters with common-cause share %f: p share + (1 - share) tail",
    async (share) => {
      const [success] = await measure(votes(5, 0.3, { commonCause: share }), REPLICATIONS, [
        "success",
      ]);
      const fails = share * 0.3 + (1 - share) * binomialTail(5, 0.3, 3);
      expect(agrees(success, 1 - fails)).toBe(true);
    },
  );

  test("two families share nothing: the majority of two like and one other voter", async () => {
    const [success] = await measure(
      team(3, {
        task: { graph: { shape: "chain", size: 1 }, alternatives: 1 },
        models: { ...model(0.3, { commonCause: 1 }), other: { errorRate: 0.1 } },
        agents: { like: { count: 2, model: "base" }, other: { model: "other" } },
        protocol: [
          { work: { who: ["like", "other"] } },
          { aggregate: { how: "majority", from: ["like", "other"] } },
        ],
      }),
      REPLICATIONS,
      ["success"],
    );
    expect(agrees(success, 0.7)).toBe(true);
  });

  /** Voters of error rate p answer one after the other until an answer leads by k. */
  const untilAhead = (p: number, k: number) =>
    team(199, {
      task: { graph: { shape: "chain", size: 1 }, alternatives: 1 },
      models: model(p),
      protocol: [
        {
          repeat: {
            rounds: 199,
            until: "ahead",
            phases: [{ work: { who: "worker", batch: 1 } }],
          },
        },
        { aggregate: { how: "ahead", from: "worker", k } },
      ],
    });

  test.each([
    [0.3, 1],
    [0.3, 2],
    [0.2, 3],
    [0.4, 4],
  ])("first to ahead by k (MAKER): p = %f, k = %i", async (p, k) => {
    const [success] = await measure(untilAhead(p, k), 20_000, ["success"]);
    expect(agrees(success, 1 / (1 + (p / (1 - p)) ** k))).toBe(true);
  });

  test("votes until one leads by k: the mean of a random walk between two barriers", async () => {
    const p = 0.7;
    const k = 3;
    const [turns] = await measure(untilAhead(1 - p, k), 20_000, ["turns"]);
    // Gambler's ruin: E = (k (2 win - 1)) / (2p - 1) with win = 1 / (1 + ((1-p)/p)^k).
    const win = 1 / (1 + ((1 - p) / p) ** k);
    expect(agrees(turns, (k * (2 * win - 1)) / (2 * p - 1))).toBe(true);
  });
});

describe("reviews", () => {
  test("one claim, recall r, false alarms f: reviews are geometric until one flags nothing", async () => {
    const [p, recall, falseAlarm] = [0.3, 0.8, 0.1];
    const [turns, success] = await measure(
      team(1, {
        models: model(p),
        agents: { worker: { checks: { self: { recall, falseAlarm } } } },
      }),
      REPLICATIONS,
      ["turns", "success"],
    );
    const flags = p * recall + (1 - p) * falseAlarm;
    expect(agrees(turns, 2 / (1 - flags))).toBe(true);
    expect(agrees(success, 1 - (p * (1 - recall)) / (1 - flags))).toBe(true);
  });

  test("a common-cause error survives every review of its family", async () => {
    const [success] = await measure(
      team(1, {
        models: model(0.3, { commonCause: 1 }),
        agents: { worker: { checks: { self: { recall: 1 } } } },
      }),
      REPLICATIONS,
      ["success"],
    );
    expect(agrees(success, 0.7)).toBe(true);
  });
});

describe("messages", () => {
  const handOver = (agents: object, edge: object = {}) =>
    team(2, {
      agents: { maker: agents, reader: {} },
      topology: { edges: [{ from: "maker", to: "reader", ...edge }] },
      protocol: [
        { work: { who: "maker" } },
        { send: { from: "maker", to: "reader" } },
        { aggregate: { how: "concatenate", from: "reader" } },
      ],
    });

  test("a version arrives with weight times (1 - omission)", async () => {
    const [success] = await measure(handOver({ omission: 0.3 }, { weight: 0.6 }), REPLICATIONS, [
      "success",
    ]);
    expect(agrees(success, 0.6 * 0.7)).toBe(true);
  });

  test("a version is distorted with the sender's distortion", async () => {
    const [success] = await measure(handOver({ distortion: 0.25 }), REPLICATIONS, ["success"]);
    expect(agrees(success, 0.75)).toBe(true);
  });

  test("a received premise is misunderstood with the hand-off loss; a missing one guessed wrong", async () => {
    const relay = (more: object) =>
      team(2, {
        task: { graph: { shape: "chain", size: 2 } },
        agents: { maker: { omission: 0.5 }, reader: { handoff: 0.2, guess: 0.6, ...more } },
        topology: { edges: [{ from: "maker", to: "reader" }] },
        protocol: [
          { assign: { to: ["maker", "reader"], mode: "partition" } },
          { work: { who: "maker" } },
          { send: { from: "maker", to: "reader" } },
          { work: { who: "reader" } },
          { aggregate: { how: "concatenate", from: ["maker", "reader"] } },
        ],
      });
    const [success] = await measure(relay({}), REPLICATIONS, ["success"]);
    expect(agrees(success, 0.5 * 0.8 + 0.5 * 0.4)).toBe(true);
  });
});

describe("what was taken for granted", () => {
  const relay = (agents: object, rounds: number) =>
    team(0, {
      task: { graph: { shape: "chain", size: 2 } },
      agents: { maker: {}, reader: agents },
      topology: { preset: "complete" },
      protocol: [
        { assign: { to: ["maker", "reader"], mode: "partition" } },
        { work: { who: "maker" } },
        { send: { from: "maker", to: "reader" } },
        {
          repeat: {
            rounds,
            until: "never",
            phases: [
              { work: { who: "reader" } },
              { check: { by: "reader", of: "own", as: "peer" } },
            ],
          },
        },
        { work: { who: "reader" } },
        { aggregate: { how: "concatenate", from: ["maker", "reader"] } },
      ],
    });

  test("a premise misunderstood stays so, however often the claim is made again", async () => {
    const perfect = { checks: { peer: { recall: 1 } } };
    const [errors] = await measure(relay({ handoff: 0.2, ...perfect }, 5), REPLICATIONS, [
      "errorsAtAggregation",
    ]);
    expect(agrees(errors, 0.2)).toBe(true);
  });

  test("its maker does not see it in a review; somebody else does", async () => {
    const [byItself] = await measure(
      relay({ handoff: 0.2, checks: { self: { recall: 1 } } }, 1),
      4000,
      ["checks.caught"],
    );
    const [byPeer] = await measure(
      relay({ handoff: 0.2, checks: { peer: { recall: 1 } } }, 1),
      REPLICATIONS,
      ["checks.caught"],
    );
    expect(byItself.mean).toBe(0);
    expect(agrees(byPeer, 0.2)).toBe(true);
  });
});

describe("checks", () => {
  test("an orchestrator's check with recall r lets p (1 - r) through, and false alarms cost correct work", async () => {
    const [p, recall, falseAlarm] = [0.3, 0.7, 0.2];
    const [errors, missing] = await measure(
      team(1, {
        models: model(p),
        agents: {
          worker: {},
          lead: { role: "orchestrator", checks: { orchestrator: { recall, falseAlarm } } },
        },
        topology: { preset: "star", hub: "lead" },
        protocol: [
          { work: { who: "worker" } },
          { send: { from: "worker", to: "lead" } },
          { check: { by: "lead" } },
          { aggregate: { how: "synthesize", by: "lead" } },
        ],
      }),
      REPLICATIONS,
      ["errorsAtAggregation", "missingClaims"],
    );
    expect(agrees(errors, p * (1 - recall))).toBe(true);
    expect(agrees(missing, p * recall + (1 - p) * falseAlarm)).toBe(true);
  });

  test("the synthesis loses each correct claim with its own chance", async () => {
    const [success] = await measure(
      team(1, {
        task: { graph: { shape: "layers", layers: [4] } },
        agents: { worker: { synthesisLoss: 0.1 } },
        protocol: [{ work: { who: "worker" } }, { aggregate: { how: "synthesize", by: "worker" } }],
      }),
      REPLICATIONS,
      ["success"],
    );
    expect(agrees(success, 0.9 ** 4)).toBe(true);
  });

  test("conflicts over shared state: 1 - (1 - c)^(others at work)", async () => {
    const [errors] = await measure(
      team(3, {
        task: { graph: { shape: "layers", layers: [3] }, sharedState: true },
        agents: { worker: { count: 3, conflict: 0.2 } },
        protocol: [
          { assign: { to: "worker", mode: "partition" } },
          { work: { who: "worker" } },
          { aggregate: { how: "concatenate", from: "worker" } },
        ],
      }),
      REPLICATIONS,
      ["deliverableErrors"],
    );
    // Turns of equal length end at one moment, one after the other: 2, 1 and 0 others are still at work.
    expect(agrees(errors, 1 - 0.8 ** 2 + 0.2)).toBe(true);
  });
});

describe("open workload", () => {
  test("one agent, one turn a task: the mean time in system of M/M/1 is 1 / (mu - lambda)", async () => {
    const [makespan, latency] = await measure(
      team(1, {
        models: { base: { errorRate: 0, latency: { distribution: "exponential", mean: 1 } } },
        workload: { arrivals: "poisson", interval: 2, tasks: 4000 },
      }),
      100,
      ["makespan", "latency.p50"],
    );
    expect(makespan.mean as number).toBeGreaterThan(7900);
    // Time in system of M/M/1 is exponential with rate mu - lambda = 0.5 (the start from empty is short beside 4,000 tasks).
    expect(agrees(latency, Math.log(2) / 0.5)).toBe(true);
  });
});

describe("difficulty and budget", () => {
  test("a budget of half the tokens wanted multiplies the error odds by 2^exponent", async () => {
    const [success] = await measure(
      team(1, {
        models: model(0.2, { thinking: 400 }),
        agents: { worker: { maxTurns: 1 } },
        budget: { tokens: 200, exponent: 0.8 },
      }),
      REPLICATIONS,
      ["success"],
    );
    const odds = (0.2 / 0.8) * 2 ** 0.8;
    expect(agrees(success, 1 / (1 + odds))).toBe(true);
  });

  test("a claim that builds on a others suffers with exponent + depth a / (a + 1)", async () => {
    const [exponent, depth] = [0.3, 0.9];
    const [success] = await measure(
      team(1, {
        task: { graph: { shape: "chain", size: 3 } },
        models: model(0.1, { thinking: 400 }),
        agents: { worker: { maxTurns: 3 } },
        budget: { tokens: 600, exponent, depth },
      }),
      REPLICATIONS,
      ["success"],
    );
    const right = [0, 1 / 2, 2 / 3].map(
      (share) => 1 / (1 + (0.1 / 0.9) * 2 ** (exponent + depth * share)),
    );
    expect(agrees(success, right[0] * right[1] * right[2])).toBe(true);
  });

  test.each([
    ["making", 1],
    ["thinking", 2],
    ["all", 4],
  ])(
    "a budget that covers %s: a check, and a message of 100 tokens that is written and read, raise the odds %i times",
    async (covers, factor) => {
      const told = team(0, {
        models: { ...model(0.2, { thinking: 400 }), free: { errorRate: 0, thinking: 0 } },
        agents: {
          teller: { model: "free" },
          listener: { model: "base" },
          maker: { model: "base" },
        },
        topology: { preset: "complete", header: 40, versionTokens: 60 },
        protocol: [
          { work: { who: "teller", turns: 1 } },
          { send: { from: "teller", to: "listener" } },
          { check: { by: "listener", of: "received" } },
          { work: { who: "maker", turns: 1 } },
          { aggregate: { how: "first", from: "maker" } },
        ],
        budget: { tokens: 400, exponent: 1, covers },
      });
      const [success] = await measure(told, REPLICATIONS, ["success"]);
      expect(agrees(success, 1 / (1 + (0.2 / 0.8) * factor))).toBe(true);
    },
  );

  test("pass^k of instances that are always or never solved is their share, at every k", async () => {
    const [one, eight] = await measure(
      team(1, {
        models: model(0.5),
        task: { graph: { shape: "chain", size: 1 }, difficultySpread: 20, difficulty: 0 },
        repeats: 8,
      }),
      REPLICATIONS,
      ["passAt1", "passHat8"],
    );
    expect(agrees(one, 0.5)).toBe(true);
    // With a spread of 20 log-odds few instances are neither: pass^8 falls by E[p] - E[p^8] only.
    expect(eight.mean as number).toBeGreaterThan(0.44);
    expect(eight.mean as number).toBeLessThan(one.mean as number);
  });
});

describe("tools", () => {
  const claims = { plain: {}, once: { tools: 1 }, thrice: { tools: 3 } };
  const graph = { shape: "graph", claims };

  test("a claim of n calls goes wrong with 1 - (1 - f)^n, apart from the agent's own faults", async () => {
    const [success, tool, own] = await measure(
      team(1, {
        task: { graph },
        models: model(0.1),
        agents: { worker: { toolFailure: 0.05 } },
      }),
      REPLICATIONS,
      ["success", "faults.tool", "faults.own"],
    );
    expect(agrees(success, 0.9 ** 3 * 0.95 ** 4)).toBe(true);
    expect(agrees(tool, 0.9 * (0.05 + 1 - 0.95 ** 3))).toBe(true);
    expect(agrees(own, 0.3)).toBe(true);
  });

  test("kinds of claim call tools too, and agents have their own failures", async () => {
    const [success] = await measure(
      team(0, {
        task: {
          graph: { shape: "generated", size: 6, kinds: { looked: { share: 0.5, tools: 2 } } },
        },
        agents: { safe: {}, risky: { toolFailure: 0.1 } },
        protocol: [
          { assign: { to: ["safe", "risky"], mode: "partition" } },
          { work: { who: ["safe", "risky"] } },
          { aggregate: { how: "concatenate" } },
        ],
      }),
      REPLICATIONS,
      ["success"],
    );
    expect(agrees(success, (1 - 0.5 * (1 - 0.9 ** 2)) ** 3)).toBe(true);
  });

  test("tools that an agent chooses from raise its log-odds; its own number goes before that of the task", async () => {
    const [success] = await measure(
      team(0, {
        task: { graph: { shape: "layers", layers: [2] }, tools: 10 },
        models: model(0.1),
        agents: { few: { tools: 4, toolEffect: 0.2 }, many: { toolEffect: 0.2 } },
        protocol: [
          { assign: { to: ["few", "many"], mode: "partition" } },
          { work: { who: ["few", "many"] } },
          { aggregate: { how: "concatenate" } },
        ],
      }),
      REPLICATIONS,
      ["success"],
    );
    const right = (tools: number) => 1 / (1 + Math.exp(0.2 * tools) / 9);
    expect(agrees(success, right(4) * right(10))).toBe(true);
  });
});

describe("success as a scenario defines it", () => {
  const ten = { task: { graph: { shape: "layers", layers: [10] } }, models: model(0.15) };

  test("by quality: the upper tail of a binomial number of right claims", async () => {
    const [success, quality] = await measure(
      team(1, { ...ten, success: { atLeast: 0.9, of: "quality" } }),
      REPLICATIONS,
      ["success", "quality"],
    );
    expect(agrees(success, binomialTail(10, 0.85, 9))).toBe(true);
    expect(agrees(quality, 0.85)).toBe(true);
  });

  test("by quality: what follows from success follows", async () => {
    const tail = binomialTail(10, 0.85, 9);
    const [pass, amplification] = await compared(
      team(1, { ...ten, success: { atLeast: 0.9, of: "quality" }, repeats: 2 }),
      team(1, { ...ten, repeats: 2 }),
      ["passHat2", "amplification.task"],
    );
    expect(agrees(pass, tail ** 2)).toBe(true);
    expect(agrees(amplification, (1 - tail) / (1 - 0.85 ** 10))).toBe(true);
  });

  test("by weights: a claim of weight 0 does not matter, one above 1 - atLeast does", async () => {
    const claims = { aside: { weight: 0 }, small: { weight: 1 }, large: { weight: 8 } };
    const [success] = await measure(
      team(1, {
        task: { graph: { shape: "graph", claims } },
        models: model(0.3),
        success: { atLeast: 8 / 9, of: "quality" },
      }),
      REPLICATIONS,
      ["success"],
    );
    expect(agrees(success, 0.7)).toBe(true);
  });

  test("by critical claims: the product of what of them is right", async () => {
    const claims = { facts: {}, diagnosis: { critical: true }, payout: { critical: true } };
    const [success, critical, onTime] = await measure(
      team(1, {
        task: { graph: { shape: "graph", claims } },
        models: model(0.3),
        success: { critical: true },
        objectives: { latency: 60 },
      }),
      REPLICATIONS,
      ["success", "criticalSuccess", "successOnTime"],
    );
    expect(agrees(success, 0.7 ** 2)).toBe(true);
    expect(critical.mean).toBe(success.mean);
    expect(onTime.mean).toBe(success.mean);
  });

  test("a task that is not delivered never succeeds", async () => {
    const claims = { aside: { weight: 0 }, kind: { weight: 0 } };
    const [success] = await measure(
      team(1, {
        task: { graph: { shape: "graph", claims } },
        success: { atLeast: 0.5, of: "quality" },
        limits: { time: 0.5 },
      }),
      64,
      ["success"],
    );
    expect(success.mean).toBe(0);
  });
});

describe("cost per avoided dollar", () => {
  const claims = { diagnosis: { loss: 700 }, payout: { loss: 4000 } };
  const of = (errorRate: number, output: number) => ({
    ...team(1, {
      task: { graph: { shape: "graph", claims } },
      models: model(errorRate, { price: { input: 0, output }, thinking: 1000 }),
    }),
  });

  test("two models: (C - C_s) / (Σ lossᵢ (p_s - p))", async () => {
    // Two turns of 1,000 tokens each, at $10 and at $2,010 a million.
    const [ratio, cost] = await compared(of(0.1, 2010), of(0.3, 10), [
      "costPerAvoidedDollar",
      "cost",
    ]);
    expect(cost.mean).toBeCloseTo(4.02, 10);
    expect(agrees(ratio, 4 / (4700 * 0.2))).toBe(true);
    expect(ratio.ci[0]).toBeGreaterThan(0);
  });

  test("what saves money and loss costs less than nothing", async () => {
    const [ratio] = await compared(of(0.1, 10), of(0.3, 2010), ["costPerAvoidedDollar"]);
    expect(agrees(ratio, -4 / (4700 * 0.2))).toBe(true);
  });

  test("it is undefined where no loss is avoided, and without bounds where that cannot be told", async () => {
    const [more] = await compared(of(0.3, 10), of(0.1, 10), ["costPerAvoidedDollar"]);
    expect(more).toEqual({
      mean: null,
      ci: [null, null],
      undefined: "the loss is not below that of the baseline",
    });
    const [same] = await compared(of(0.1, 2010), of(0.1, 10), ["costPerAvoidedDollar"]);
    expect(same.mean).toBeNull();
    const [few] = await compared(of(0.29, 2010), of(0.3, 10), ["costPerAvoidedDollar"], 64);
    expect(few.mean).toBeGreaterThan(0);
    expect(few.ci).toEqual([null, null]);
  });
});

describe("claims with properties", () => {
  const odds = (p: number, shift: number) => 1 / (1 + ((1 - p) / p) * Math.exp(-shift));
  const CLAIMS = {
    facts: { loss: 20 },
    diagnosis: { difficulty: 1.5, loss: 700, weight: 2, critical: true },
    address: { difficulty: -1, weight: 3 },
    payout: { difficulty: 0.5, loss: 4000, weight: 5, critical: true },
  };
  const shifts = [0, 1.5, -1, 0.5];
  const losses = [20, 700, 0, 4000];
  const weights = [1, 2, 3, 5];
  const sum = (values: readonly number[]) => values.reduce((total, x) => total + x, 0);
  const graph = { shape: "graph", claims: CLAIMS };

  test("independent claims: the loss is Σ pᵢ lossᵢ, quality Σ wᵢ (1 - pᵢ) / Σ wᵢ, with pᵢ shifted on the log-odds scale", async () => {
    const p = shifts.map((shift) => odds(0.2, shift));
    const [loss, wrong, missing, total, cost, quality, critical, success] = await measure(
      team(1, { task: { graph }, models: model(0.2) }),
      REPLICATIONS,
      [
        "loss.total",
        "loss.wrong",
        "loss.missing",
        "totalCost",
        "cost",
        "quality",
        "criticalSuccess",
        "success",
      ],
    );
    const expected = sum(p.map((chance, i) => chance * losses[i]));
    expect(agrees(loss, expected)).toBe(true);
    expect(wrong).toEqual(loss);
    expect(missing.mean).toBe(0);
    expect(total.mean).toBeCloseTo((cost.mean as number) + (loss.mean as number), 6);
    const right = sum(p.map((chance, i) => (1 - chance) * weights[i])) / sum(weights);
    expect(agrees(quality, right)).toBe(true);
    expect(agrees(critical, (1 - p[1]) * (1 - p[3]))).toBe(true);
    expect(
      agrees(
        success,
        p.reduce((all, chance) => all * (1 - chance), 1),
      ),
    ).toBe(true);
  });

  test("claims that are lost with chance q are missing: Σ q lossᵢ", async () => {
    const [missing, wrong] = await measure(
      team(1, {
        task: { graph },
        agents: { worker: { omission: 0.3 }, reader: {} },
        topology: { preset: "complete" },
        protocol: [
          { work: { who: "worker" } },
          { send: { from: "worker", to: "reader" } },
          { aggregate: { how: "concatenate", from: "reader" } },
        ],
      }),
      REPLICATIONS,
      ["loss.missing", "loss.wrong"],
    );
    expect(agrees(missing, 0.3 * sum(losses))).toBe(true);
    expect(wrong.mean).toBe(0);
  });

  test("kinds by share: each of n claims is of the kind with its share", async () => {
    const kinds = {
      payout: { share: 0.1, loss: 4000, difficulty: 1 },
      address: { share: 0.3, loss: 20 },
    };
    const [loss, success] = await measure(
      team(1, {
        task: { graph: { shape: "generated", size: 6, kinds } },
        models: model(0.1),
      }),
      REPLICATIONS,
      ["loss.total", "success"],
    );
    const payout = odds(0.1, 1);
    expect(agrees(loss, 6 * (0.1 * payout * 4000 + 0.3 * 0.1 * 20))).toBe(true);
    expect(agrees(success, (1 - 0.1 * payout - 0.9 * 0.1) ** 6)).toBe(true);
  });

  test("a late task costs its loss: with exponential turns Σ pᵢ lossᵢ + e^(-t) loss", async () => {
    const [late, total, onTime] = await measure(
      team(1, {
        task: { graph: { shape: "graph", claims: { payout: { loss: 400 } } } },
        models: { base: { errorRate: 0.2, latency: { distribution: "exponential", mean: 1 } } },
        objectives: { latency: 1.5, loss: 200 },
      }),
      REPLICATIONS,
      ["loss.late", "loss.total", "onTime"],
    );
    expect(agrees(late, Math.exp(-1.5) * 200)).toBe(true);
    expect(agrees(total, 0.2 * 400 + Math.exp(-1.5) * 200)).toBe(true);
    expect(late.mean).toBeCloseTo((1 - (onTime.mean as number)) * 200, 8);
  });

  test("what is not delivered at all is late", async () => {
    const [late, missing, total] = await measure(
      team(1, {
        task: { graph: { shape: "graph", claims: { payout: { loss: 400 } } } },
        objectives: { latency: 60, loss: 200 },
        limits: { time: 0.5 },
      }),
      64,
      ["loss.late", "loss.missing", "loss.total"],
    );
    expect([late.mean, missing.mean, total.mean]).toEqual([200, 400, 600]);
  });

  test("a series of owners succeeds with the product of what each gets right", async () => {
    const claims = {
      facts: { owner: "clerk" },
      diagnosis: { needs: ["facts"], owner: "medical" },
      payout: { needs: ["diagnosis"], owner: "clerk" },
    };
    const [success, turns] = await measure(
      team(0, {
        task: { graph: { shape: "graph", claims } },
        models: { low: { errorRate: 0.05 }, high: { errorRate: 0.3 } },
        agents: { clerk: { model: "low" }, medical: { model: "high" } },
        topology: { preset: "complete" },
        protocol: [
          { assign: { mode: "owners" } },
          {
            repeat: {
              rounds: 3,
              phases: [
                { work: { who: ["clerk", "medical"], onlyReady: true } },
                { send: { from: ["clerk", "medical"], to: ["clerk", "medical"] } },
              ],
            },
          },
          { aggregate: { how: "concatenate" } },
        ],
      }),
      REPLICATIONS,
      ["success", "turns"],
    );
    expect(agrees(success, 0.95 ** 2 * 0.7)).toBe(true);
    expect(turns.mean).toBe(3);
  });
});
