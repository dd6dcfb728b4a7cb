import { describe, expect, test } from "vitest";
import { newsOf } from "../../../src/browser/replay/news.ts";
import { TeamState } from "../../../src/browser/replay/state.ts";
import { Times } from "../../../src/browser/replay/times.ts";
import { along, eased, gapOf } from "../../../src/browser/replay/ways.ts";
import {
  clock,
  eventText,
  missingText,
  newsText,
  verdict,
} from "../../../src/browser/replay/words.ts";
import { worthText } from "../../../src/browser/replay/worth.ts";
import type {
  ReplayEvent,
  ReplayMissing,
  ReplayTask,
  ReplayVersion,
} from "../../../src/experiment/replay/document.ts";
import { lossBeforeGuess, lossBehind } from "../../../src/experiment/replay/faults.ts";
import { sceneOf } from "../../../src/pages/replay/pace.ts";
import { EMPTY_TASK, financeReplays, TELLING } from "../../pages/replay/support.ts";

const RIGHT: ReplayVersion = {
  claim: 0,
  agent: 0,
  t: 0,
  cause: "correct",
  erroneous: false,
  parent: 0,
  origin: 0,
  message: 0,
  premises: [],
};

/** The worker gets c1 wrong and c2 by it; the editor receives both, catches one and misses the other. */
const TASK: ReplayTask = {
  ...EMPTY_TASK,
  success: false,
  size: 3,
  versions: [
    { ...RIGHT, cause: "own", erroneous: true, origin: 1 },
    {
      ...RIGHT,
      claim: 1,
      cause: "inherited",
      erroneous: true,
      parent: 1,
      origin: 1,
      premises: [1],
    },
    { ...RIGHT, agent: 1, cause: "copy", erroneous: true, parent: 1, origin: 1, message: 1 },
    {
      ...RIGHT,
      claim: 1,
      agent: 1,
      cause: "copy",
      erroneous: true,
      parent: 2,
      origin: 1,
      message: 1,
    },
    { ...RIGHT, claim: 2, agent: 1, cause: "distortion", erroneous: true, origin: 5, message: 1 },
    { ...RIGHT, claim: 2 },
  ],
  messages: [
    { from: 0, to: 1, sent: 2, arrived: 3, versions: [1, 2, 6] },
    { from: 1, to: 0, sent: 2, arrived: null, versions: [] },
  ],
  events: [
    { t: 0, event: "turnBegan", agent: 0 },
    { t: 2, event: "turnEnded", agent: 0, tokens: 1 },
    { t: 2, event: "sent", message: 1 },
    { t: 2, event: "sent", message: 2 },
    { t: 4, event: "arrived", message: 1 },
    { t: 5, event: "turnBegan", agent: 1 },
    { t: 9, event: "delivered" },
  ],
  deliverable: [0, 4, 6],
  missing: [{ claim: 0, reason: "lost", from: 0, to: 1 }],
};
const NAMES = { agents: ["worker", "editor"], claims: ["c1", "c2", "c3"] };

describe("in words", () => {
  const made = (version: number) => ({ t: 0, event: "made", version }) as const;
  const received = (version: number) => ({ t: 0, event: "received", version }) as const;
  const checked = (version: number, flagged: boolean) =>
    ({ t: 0, event: "checked", agent: 1, check: "peer", version, flagged }) as const;

  test.each([
    [made(6), "worker makes c3"],
    [made(1), "worker makes c1 wrong: own fault"],
    [made(2), "worker makes c2 wrong: it builds on the wrong c1"],
    [received(3), "editor receives the wrong c1 from worker"],
    [received(5), "editor gets c3 from worker wrong: distorted on the way"],
    [checked(3, true), "editor catches the wrong c1"],
    [checked(3, false), "editor checks c1 and misses its error"],
    [checked(6, true), "editor rejects c3 although it is right"],
    [checked(6, false), "editor checks c3 and accepts it"],
    [
      { t: 0, event: "omitted", message: 1, version: 1 } as const,
      "c1 is left out of the message to editor",
    ],
    [{ t: 0, event: "delivered" } as const, "The deliverable has c2 wrong"],
  ])("%j", (event, text) => {
    expect(newsOf(TASK, event).map((news) => newsText(TASK, news, NAMES))).toEqual([text]);
  });

  test.each([
    [{ t: 0, event: "sent", message: 1 } as const, "worker sends 3 claims (2 wrong) to editor"],
    [{ t: 0, event: "sent", message: 2 } as const, "editor sends an assignment to worker"],
    [{ t: 0, event: "phase", step: 0, phase: "repeat", round: 2 } as const, "Round 2"],
    [{ t: 0, event: "stalled", round: 3 } as const, "The loop ended: round 3 changed nothing"],
    [{ t: 0, event: "turnBegan", agent: 1 } as const, "editor begins a turn"],
    [{ t: 0, event: "arrived", message: 1 } as const, "editor gets the message of worker"],
  ])("%j", (event, text) => {
    expect(eventText(TASK, event, NAMES)).toBe(text);
  });

  test("a message from which everything was left out is no assignment", () => {
    const omitted = { t: 0, event: "omitted", message: 2, version: 3 } as const;
    const task = { ...TASK, events: [omitted] };
    const sent = { t: 0, event: "sent", message: 2 } as const;
    expect(eventText(task, sent, NAMES)).toBe("editor sends an empty message to worker");
  });

  test("a missing claim has the reason that the trace tells", () => {
    const told = (missing: Omit<ReplayMissing, "claim">) =>
      missingText({ claim: 0, ...missing }, NAMES);
    expect(told({ reason: "lost", from: 0, to: 1 })).toBe(
      "was lost on the way from worker to editor",
    );
    expect(told({ reason: "waiting", premise: 1 })).toBe("was not made: its maker waited for c2");
    expect(told({ reason: "rejected", agent: 1 })).toBe(
      "was rejected by editor, and no other version came in time",
    );
  });

  test("the verdict counts what is wrong and what is missing", () => {
    const told = (task: ReplayTask) => verdict(task, NAMES.claims);
    expect(told(TASK)).toBe("Failure: 1 claim wrong, 1 claim missing");
    const whole = { ...TASK, deliverable: [6, 6, 6], missing: [] };
    expect(told({ ...whole, success: true })).toBe("Success: every claim is there and right");
  });

  test("the verdict tells what was lost, and by which claims", () => {
    const worth = (lost: number, losses: readonly number[], lostLate = 0) =>
      verdict({ ...TASK, lost, lostLate, stakes: losses.map((loss) => ({ loss })) }, NAMES.claims);
    const begin = "Failure: 1 claim wrong, 1 claim missing";
    expect(worth(4020, [20, 4000, 7])).toBe(`${begin}; lost $4,020: c2 is wrong, c1 is missing`);
    expect(worth(12.5, [12.5, 0, 7])).toBe(`${begin}; lost $12.50: c1 is missing`);
    expect(worth(220, [20, 0, 0], 200)).toBe(`${begin}; lost $220: c1 is missing, too late`);
    expect(worth(0, [0, 0, 9])).toBe(begin);
  });

  test("a claim has the name of its owner and what hangs on it", () => {
    const team = {
      claims: [
        { name: "c1", premises: [], owner: 1 },
        { name: "c2", premises: [] },
      ],
    };
    const stakes = [{ loss: 4000, critical: true } as const, { kind: "payout", loss: 0.5 }];
    const side = { team, names: NAMES, task: { ...TASK, stakes } };
    expect(worthText(side, 0)).toBe("owner editor, loss $4,000, critical");
    expect(worthText(side, 1)).toBe("payout, loss $0.5");
    expect(worthText({ ...side, task: TASK }, 1)).toBe("");
  });

  test.each([
    [0, "0.0 s"],
    [12.34, "12.3 s"],
    [125.2, "2:05 min"],
    [3599.9, "60:00 min"],
    [7200, "2:00 h"],
    [35_220, "9:47 h"],
  ])("%d seconds", (seconds, text) => {
    expect(clock(seconds)).toBe(text);
  });
});

describe("the loss behind", () => {
  const omitted = (t: number, message: number, version: number): ReplayEvent => ({
    t,
    event: "omitted",
    message,
    version,
  });
  /** c1 and c2 of the worker do not reach the editor, c3 of it once not. */
  const task = { ...TASK, versions: TASK.versions.filter(({ agent }) => agent === 0) };
  const events = [omitted(1, 1, 1), omitted(2, 1, 2), omitted(3, 2, 3), omitted(4, 1, 1)];

  test("a lost claim is the last on its edge", () => {
    const lost = { claim: 0, reason: "lost", from: 0, to: 1 } as const;
    expect(lossBehind({ ...task, events }, lost)).toBe(events[3]);
    expect(lossBehind({ ...task, events }, { ...lost, from: 1, to: 0 })).toBeUndefined();
  });

  test("a claim that waited is that of the premise, unless it came later", () => {
    const waiting = { claim: 2, reason: "waiting", premise: 1 } as const;
    expect(lossBehind({ ...task, events }, waiting)).toBe(events[1]);
    expect(lossBehind({ ...TASK, events }, waiting)).toBeUndefined();
  });

  test("a guess is the last before it, to who guessed", () => {
    const guess = {
      ...RIGHT,
      agent: 1,
      t: 3,
      cause: "guessed",
      erroneous: true,
      origin: 4,
    } as const;
    const guessing = { ...task, versions: [...task.versions, guess], events };
    expect(lossBeforeGuess(guessing, 4, 0)).toBe(events[0]);
    expect(lossBeforeGuess(guessing, 4, 2)).toBeUndefined();
  });
});

test("a ledger shows what is flagged as flagged, right or wrong", () => {
  const slots = [
    { claim: 0, version: 1, mark: "held", rival: 0 },
    { claim: 1, version: 2, mark: "flagged", rival: 0 },
    { claim: 2, version: 6, mark: "accepted", rival: 0 },
  ] as const;
  const state = new TeamState({ ...TASK, events: [{ t: 0, event: "ledger", agent: 0, slots }] }, 2);
  expect(state.counts(0)).toEqual({ missing: 3, right: 0, wrong: 0, flagged: 0 });
  state.goTo(1);
  expect(state.counts(0)).toEqual({ missing: 0, right: 1, wrong: 1, flagged: 1 });
  expect(state.counts(1)).toEqual({ missing: 3, right: 0, wrong: 0, flagged: 0 });
});

describe("playing times", () => {
  const { moments, duration } = sceneOf([TASK]);
  const times = new Times(TASK, moments, 0);

  test("a turn goes on from its begin to its end", () => {
    const end = moments[1].at;
    expect(times.ofTurn(0, 0)).toBe(0);
    expect(times.ofTurn(0, end / 2)).toBeCloseTo(0.5, 3);
    expect(times.ofTurn(0, end)).toBe(1);
  });

  test("what does not end goes on to the end of the task", () => {
    expect(times.ofTurn(5, duration)).toBe(1);
    expect(times.ofMessage(2, duration)).toBe(1);
    expect(times.ofMessage(2, (duration + moments[1].at) / 2)).toBeCloseTo(0.5, 1);
  });

  test("of two teams each has its own", async () => {
    const tasks = (await financeReplays(TELLING, "independent", "centralized")).map(
      (r) => r.tasks[0],
    );
    const scene = sceneOf(tasks);
    tasks.forEach((task, place) => {
      const own = new Times(task, scene.moments, place);
      task.events.forEach((event, i) => {
        if (event.event !== "turnBegan") return;
        const at = scene.moments.find(({ ends }) => ends[place] > i)?.at as number;
        expect(own.ofTurn(i, at)).toBe(0);
        expect(own.ofTurn(i, scene.duration)).toBe(1);
      });
    });
  });
});

describe("ways", () => {
  const way = { from: { x: 0, y: 0 }, bend: { x: 100, y: 0 }, to: { x: 200, y: 0 } };

  test("lead from end to end", () => {
    expect(along(way, 0)).toEqual(way.from);
    expect(along(way, 0.5)).toEqual({ x: 100, y: 0 });
    expect(along(way, 1)).toEqual(way.to);
    expect([0, 0.5, 1].map(eased)).toEqual([0, 0.5, 1]);
  });

  test("are shown between the cards", () => {
    const { begin, end } = gapOf(way, { width: 80, height: 40 });
    expect(along(way, begin).x).toBeGreaterThanOrEqual(40);
    expect(along(way, begin).x).toBeLessThan(50);
    expect(along(way, end).x).toBeLessThanOrEqual(160);
    expect(along(way, end).x).toBeGreaterThan(150);
  });

  test("of cards that nearly touch still lead forward", () => {
    const { begin, end } = gapOf(way, { width: 199, height: 40 });
    expect(begin).toBeLessThan(end);
  });
});
