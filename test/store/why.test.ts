// Why a cell is not in the store.
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explainer, whyText } from "../../src/store/why.ts";
import { open, place, useFolders } from "./support.ts";

useFolders();

/** Inputs of a sweep's kind: many fields, of which few differ. */
const cell = (rate: number, count: number, more: object = {}) => ({
  scenarios: [
    {
      name: "team",
      models: { base: { errorRate: rate, price: 1, latency: 2 } },
      agents: { lead: { role: "orchestrator", count: 1 }, worker: { role: "worker", count } },
    },
  ],
  seed: "s",
  sampling: { replications: 1000 },
  ...more,
});

/** The answer for inputs where others are stored. */
function why(stored: readonly object[], wanted: object): string[] | undefined {
  const store = open("write");
  for (const inputs of stored) store.append(inputs, {});
  const answer = explainer(store)(wanted);
  return answer && whyText(answer);
}

describe("a cell that is not stored", () => {
  test("is explained by the fields in which the nearest record differs", () => {
    const stored = [cell(0.1, 3, { seed: "t" }), cell(0.1, 3), cell(0.3, 5)];
    expect(why(stored, cell(0.2, 3))).toEqual([
      "scenarios.0.models.base.errorRate: 0.1 in the store, 0.2 now",
    ]);
  });

  test("is explained by a record that nothing uses rather than by one as near that is used", () => {
    const store = open("write");
    const rates = [0.1, 0.2, 0.3, 0.4, 0.5];
    for (const rate of rates) store.append(cell(rate, 3), {});
    for (const spare of rates) {
      const used = rates.filter((rate) => rate !== spare).map((rate) => store.keyOf(cell(rate, 3)));
      const answer = explainer(store, new Set(used))(cell(0.9, 3));
      expect(answer && whyText(answer)).toEqual([
        `scenarios.0.models.base.errorRate: ${spare} in the store, 0.9 now`,
      ]);
    }
  });

  test("names fields of all kinds, in the order of its inputs", () => {
    const stored = [cell(0.1, 3, { sampling: { replications: 10 }, old: [] })];
    expect(why(stored, cell(0.1, 3, { seed: "t", list: [{ a: null }] }))).toEqual([
      'seed: "s" in the store, "t" now',
      "sampling.replications: 10 in the store, 1000 now",
      "list.0.a: absent in the store, null now",
      "old: [] in the store, absent now",
    ]);
  });

  test("tells 1 from the text 1, and an empty map from an empty list", () => {
    expect(why([cell(1, 3, { a: 1, b: {} })], cell(1, 3, { a: "1", b: [] }))).toEqual([
      'a: 1 in the store, "1" now',
      "b: {} in the store, [] now",
    ]);
  });

  test("may differ in the order of a map alone", () => {
    const inputs = cell(0.1, 3);
    const { lead, worker } = inputs.scenarios[0].agents;
    const turned = { ...inputs, scenarios: [{ ...inputs.scenarios[0], agents: { worker, lead } }] };
    expect(why([inputs], turned)).toEqual([
      "scenarios.0.agents: the order lead, worker in the store, the order worker, lead now",
    ]);
  });

  test("has nothing to be held against in an empty store, or one of other things", () => {
    expect(why([], cell(0.1, 3))).toEqual(["nothing of the kind is stored"]);
    expect(why([{ tide: "high", port: { name: "Genoa" } }], cell(0.1, 3))).toEqual([
      "nothing of the kind is stored",
    ]);
  });

  test("is not explained when it is stored", () => {
    expect(why([cell(0.1, 3)], cell(0.1, 3, { nothing: undefined }))).toBeUndefined();
  });
});

test("no other record differs in fewer fields, and none in less than half where none is named", () => {
  const names = [..."abcdefgh"];
  const record = fc.record(
    Object.fromEntries(names.map((name) => [name, fc.integer({ min: 0, max: 2 })])),
    { requiredKeys: ["a", "b", "c"] },
  );
  type Flat = Readonly<Record<string, number | undefined>>;
  const differing = (x: Flat, y: Flat) => names.filter((name) => x[name] !== y[name]).length;
  const fields = (x: Flat) => Object.keys(x).length;
  let run = 0;
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 20 }), record, (stored, wanted) => {
      const store = open("write", join(place.folder, `run-${run++}`));
      for (const inputs of stored) store.append(inputs, {});
      const counts = stored
        .filter(
          (inputs) => 2 * differing(inputs, wanted) <= Math.max(fields(inputs), fields(wanted)),
        )
        .map((inputs) => differing(inputs, wanted));
      const answer = explainer(store)(wanted);
      store.close();
      if (counts.includes(0)) expect(answer).toBeUndefined();
      else if (counts.length === 0) expect(answer).toEqual({});
      else expect(answer?.nearest?.differences).toHaveLength(Math.min(...counts));
    }),
    { seed: 1, numRuns: 100 },
  );
});

test("1,000 cells against 1,000 records take seconds at most", () => {
  const wide = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`field${i}`, i]));
  const store = open("write");
  const cells = Array.from({ length: 1000 }, (_, i) => cell(i / 1000, i % 9, wide));
  for (const inputs of cells) store.append(inputs, {});
  const begun = performance.now();
  const explain = explainer(store);
  for (const inputs of cells)
    expect(explain({ ...inputs, seed: "t" })?.nearest?.differences).toHaveLength(1);
  expect(performance.now() - begun).toBeLessThan(10_000);
});
