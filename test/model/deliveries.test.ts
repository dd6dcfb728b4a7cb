// What a send phase carries: `new` is what the receiver has not got, edge by edge, whatever was sent to others and
// whatever was lost on the way.
import { describe, expect, test } from "vitest";
import type { TraceEvent } from "../../src/experiment/trace/document.ts";
import { trace } from "../../src/experiment/trace/trace.ts";
import { FIELD } from "../../src/model/outcome.ts";
import { outcomes, scenario, type Written } from "../support/scenarios.ts";

const RECEIVERS = { worker: {}, first: {}, second: {} };

function sending(phases: Written[], more: Written = {}) {
  return scenario({
    task: { graph: { shape: "chain", size: 2 } },
    models: { base: { errorRate: 0, latency: { distribution: "constant", mean: 1 } } },
    agents: RECEIVERS,
    topology: { edges: [{ from: "worker", to: ["first", "second"] }].flatMap(bothEnds) },
    protocol: [
      { work: { who: "worker" } },
      ...phases,
      { aggregate: { how: "concatenate", from: "second" } },
    ],
    repeats: 1,
    ...more,
  });
}

const bothEnds = ({ from, to }: { from: string; to: string[] }) =>
  to.map((one) => ({ from, to: one }));

/** Versions that each message carries, with its receiver. */
function carried(...of: Parameters<typeof sending>) {
  const events: TraceEvent[] = [];
  trace(sending(...of), { onEvent: (event) => events.push(event) });
  return events.flatMap((one) => (one.event === "sent" ? [[one.to, one.versions.length]] : []));
}

const send = (to: string | string[], more: Written = {}) => ({
  send: { from: "worker", to, ...more },
});

describe("new is what the receiver has not got", () => {
  test("what one receiver has is still new to another", () => {
    expect(carried([send("first"), send("second")])).toEqual([
      ["first", 2],
      ["second", 2],
    ]);
  });

  test("nothing goes twice, also after everything was sent", () => {
    expect(carried([send("first", { what: "all" }), send("first"), send("first")])).toEqual([
      ["first", 2],
    ]);
  });

  test("one text for all has what any of them lacks, and brings each what it lacks", () => {
    const both = send(["first", "second"], { broadcast: true });
    expect(carried([send("first"), both, both])).toEqual([
      ["first", 2],
      ["second", 2],
    ]);
  });
});

test("a version that was lost on the way goes again the next time", async () => {
  const of = sending([{ repeat: { rounds: 400, until: "complete", phases: [send("second")] } }], {
    agents: { ...RECEIVERS, worker: { omission: 0.8 } },
  });
  for (const row of outcomes(of, 50)) {
    expect(row[FIELD.missingClaims]).toBe(0);
    expect(row[FIELD.stalled]).toBe(0);
  }
});

test("the log says what was lost on which edge", () => {
  const events: TraceEvent[] = [];
  const agents = { ...RECEIVERS, worker: { omission: 1 } };
  trace(sending([send("second")], { agents }), { onEvent: (event) => events.push(event) });
  const omitted = events.filter(({ event }) => event === "omitted");
  expect(omitted).toEqual([
    expect.objectContaining({ from: "worker", to: "second", claim: "c1", version: 1 }),
    expect.objectContaining({ from: "worker", to: "second", claim: "c2", version: 2 }),
  ]);
});

describe("a loop in which a round changes nothing", () => {
  const tells = {
    repeat: { rounds: 50, until: "complete", phases: [send("first", { what: "all" })] },
  };

  test("has stalled, although the same is said again", () => {
    const [row] = outcomes(sending([tells]), 1);
    expect([row[FIELD.stalled], row[FIELD.exhausted]]).toEqual([1, 0]);
    expect(row[FIELD.messages]).toBe(2);
  });

  test("is told apart from one that used up its rounds", () => {
    const [loop] = [{ repeat: { ...tells.repeat, rounds: 1 } }];
    const [row] = outcomes(sending([loop]), 1);
    expect([row[FIELD.stalled], row[FIELD.exhausted]]).toEqual([0, 1]);
  });

  test("runs on while something can still get through", () => {
    const lossy = { ...RECEIVERS, worker: { omission: 1 } };
    const [row] = outcomes(sending([tells], { agents: lossy }), 1);
    expect([row[FIELD.stalled], row[FIELD.exhausted]]).toEqual([0, 1]);
    expect(row[FIELD.messages]).toBe(50);
  });

  test("runs all its rounds where it waits for nothing", () => {
    const [row] = outcomes(sending([{ repeat: { ...tells.repeat, until: "never" } }]), 1);
    expect([row[FIELD.stalled], row[FIELD.exhausted]]).toEqual([0, 0]);
    expect(row[FIELD.messages]).toBe(50);
  });
});
