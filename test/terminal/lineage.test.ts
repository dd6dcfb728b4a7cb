import { expect, test } from "vitest";
import { ENGINE } from "../../src/experiment/result.ts";
import type { ErroneousVersion, Trace } from "../../src/experiment/trace/document.ts";
import { lineageText } from "../../src/terminal/lineage.ts";
import { colorsIf } from "../../src/terminal/style.ts";

function error(version: number, more: Partial<ErroneousVersion> = {}): ErroneousVersion {
  return {
    version,
    claim: `c${version}`,
    agent: "a",
    t: version,
    cause: "inherited",
    origin: 1,
    parent: version - 1,
    carrier: null,
    looks: [],
    fate: "kept",
    ...more,
  };
}

const FAULT = { cause: "own", parent: null } as const;

function traceOf(...errors: ErroneousVersion[]): Trace {
  return {
    schema: "faultline/lineage@1",
    scenario: "demo",
    seed: "s",
    replication: 2,
    engine: ENGINE,
    tasks: [
      {
        task: 0,
        success: false,
        size: 9,
        missing: [{ claim: "c9", reason: "waiting", premise: "c8" }],
        errors,
      },
    ],
    outcome: {} as Trace["outcome"],
    events: 0,
    fingerprint: "",
  };
}

test("draws a tree for every fault", () => {
  const look = { t: 3, check: "peer", caught: false } as const;
  const text = lineageText(
    traceOf(
      error(1, { ...FAULT, looks: [{ t: 2, check: "self", caught: true }], fate: "gone" }),
      error(2, { parent: 1 }),
      error(3, { parent: 2, looks: [look], fate: "delivered" }),
      error(4, {
        parent: 1,
        claim: "c1",
        agent: "b",
        cause: "copy",
        carrier: { message: 7, from: "a" },
        fate: "gone",
      }),
      error(5, { ...FAULT, cause: "guessed", origin: 5, fate: "disputed" }),
    ),
    colorsIf(false),
  );
  expect(text.split("\n")).toEqual([
    "demo · seed s · replication 2",
    "",
    "failure · 9 claims: 1 wrong, 1 missing in the deliverable · 2 faults, 5 erroneous versions",
    "missing c9 was not made: its maker waited for c8",
    "",
    "c1 a · own fault · 1 s · caught by self-check of a",
    "├─ c2 a · inherited · 2 s · kept in the ledger",
    "│  └─ c3 a · inherited · 3 s · missed by peer check of a · in the deliverable",
    "└─ c1 b · message 7 from a · 4 s · replaced",
    "",
    "c5 a · guessed a missing premise · 5 s · in dispute in the ledger",
    "",
  ]);
});

test("a lineage of 10,000 generations is no trouble", () => {
  const chain = Array.from({ length: 9999 }, (_, i) => error(i + 2));
  const lines = lineageText(traceOf(error(1, FAULT), ...chain), colorsIf(false)).split("\n");
  expect(lines.length).toBeGreaterThan(10_000);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(200);
});
