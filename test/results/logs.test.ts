// The documents of one replication of shipped scenarios: their published forms describe every key that is in them.
import { expect, test } from "vitest";
import type { z } from "zod";
import { replayOf } from "../../src/experiment/replay/watch.ts";
import type { Trace, TraceEvent } from "../../src/experiment/trace/document.ts";
import { trace } from "../../src/experiment/trace/trace.ts";
import * as kinds from "../../src/results/kinds/trace.ts";
import { ARCHITECTURES, shipped } from "../pages/replay/support.ts";

const BENCHMARKS = ["browsecomp-plus", "finance-agent", "plancraft", "workbench"];
const PATHS = [
  ...BENCHMARKS.flatMap((benchmark) =>
    ARCHITECTURES.map((architecture) => `kim2025/${benchmark}-${architecture}`),
  ),
  "patterns/chain",
  "patterns/tree",
  "patterns/voting",
];

/** Longer logs would take long and show nothing new. */
const MOST_EVENTS = 20_000;

/** What a form leaves of a document is what it describes. */
const described = (schema: z.ZodType, document: unknown) => {
  const plain: unknown = JSON.parse(JSON.stringify(document));
  expect(schema.parse(plain)).toEqual(plain);
};

const seen = { events: new Set<string>(), reasons: new Set<string>() };

test.each(PATHS)("%s", async (path) => {
  const scenario = await shipped(path);
  for (const replication of [0, 1, 2]) {
    const events: TraceEvent[] = [];
    const lineage: Trace = trace(scenario, { replication, onEvent: (event) => events.push(event) });
    if (events.length > MOST_EVENTS) continue;
    const { schema: _, scenario: name, seed } = lineage;
    const log = { schema: "faultline/trace@1", scenario: name, seed, replication, events };
    described(kinds.trace.schema, log);
    described(kinds.lineage.schema, lineage);
    described(kinds.replay.schema, replayOf(scenario, { replication }));
    for (const { event } of events) seen.events.add(event);
    for (const { missing } of lineage.tasks)
      for (const one of missing) seen.reasons.add(one.reason);
  }
});

test("missing claims and messages that lack something are among them", () => {
  expect([...seen.events]).toEqual(expect.arrayContaining(["missing", "omitted"]));
  expect(seen.reasons.size).toBeGreaterThan(1);
});
