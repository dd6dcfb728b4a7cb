// Sets of claims in words against sets of numbers, for tasks of any size; the engine's loops rest on them.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BOOKED,
  CONTESTED,
  firstOf,
  HELD,
  IN_SCOPE,
  Marks,
  onwards,
  RECEIVED,
  REDO,
  wordOf,
} from "../../src/model/marks.ts";

const AGENTS = 3;

/** Claims with a mark, in order, as scans meet them. */
function claimsWith(marks: Marks, agent: number, mark: number): number[] {
  const claims: number[] = [];
  for (let word = 0; word < marks.words; word++)
    for (let rest = marks.bits[marks.row(agent, word) + mark]; rest !== 0; rest &= rest - 1)
      claims.push(firstOf(word, rest));
  return claims;
}

const sizes = fc.integer({ min: 1, max: 130 });

describe("marks", () => {
  test("an instance begins with all of its claims in scope, whatever the one before left", () => {
    fc.assert(
      fc.property(sizes, sizes, (before, size) => {
        const marks = new Marks(AGENTS, 130);
        marks.open(before);
        for (let claim = 0; claim < before; claim++) marks.add(1, claim, BOOKED);
        marks.open(size);
        const all = Array.from({ length: size }, (_, claim) => claim);
        for (let agent = 0; agent < AGENTS; agent++) {
          expect(claimsWith(marks, agent, IN_SCOPE)).toEqual(all);
          expect(claimsWith(marks, agent, BOOKED)).toEqual([]);
        }
      }),
      { seed: 1 },
    );
  });

  test("behave as sets of claims, each agent and mark on its own", () => {
    const change = fc.record({
      agent: fc.nat(AGENTS - 1),
      claim: fc.nat(129),
      mark: fc.constantFrom(IN_SCOPE, REDO, CONTESTED),
      adds: fc.boolean(),
    });
    fc.assert(
      fc.property(sizes, fc.array(change), (size, changes) => {
        const marks = new Marks(AGENTS, size);
        marks.open(size);
        const expected = new Set<string>();
        for (let agent = 0; agent < AGENTS; agent++)
          for (let claim = 0; claim < size; claim++) expected.add(`${agent} ${claim} ${IN_SCOPE}`);
        for (const { agent, claim, mark, adds } of changes.filter((c) => c.claim < size)) {
          marks[adds ? "add" : "remove"](agent, claim, mark);
          expected[adds ? "add" : "delete"](`${agent} ${claim} ${mark}`);
        }
        for (let agent = 0; agent < AGENTS; agent++)
          for (const mark of [IN_SCOPE, REDO, CONTESTED]) {
            const claims = claimsWith(marks, agent, mark);
            expect(claims).toEqual(
              Array.from({ length: size }, (_, claim) => claim).filter((claim) =>
                expected.has(`${agent} ${claim} ${mark}`),
              ),
            );
            expect(marks.first(agent, mark)).toBe(claims[0] ?? -1);
            for (const claim of claims) expect(marks.has(agent, claim, mark)).toBe(true);
          }
      }),
      { seed: 1 },
    );
  });

  test("another version takes all marks away but those of the place", () => {
    fc.assert(
      fc.property(sizes, fc.boolean(), fc.boolean(), (size, isHeld, isReceived) => {
        const marks = new Marks(AGENTS, size);
        marks.open(size);
        const claim = size - 1;
        for (const mark of [CONTESTED, REDO, BOOKED]) marks.add(2, claim, mark);
        marks.renew(2, claim, isHeld, isReceived);
        const left = [IN_SCOPE, BOOKED, REDO, HELD, RECEIVED, CONTESTED].filter((mark) =>
          marks.has(2, claim, mark),
        );
        const now = [...(isHeld ? [HELD] : []), ...(isReceived ? [RECEIVED] : [])];
        expect(left).toEqual([IN_SCOPE, ...now, CONTESTED]);
      }),
      { seed: 1 },
    );
  });

  test("the claims from one on are those of its word that come with it or after it", () => {
    const marks = new Marks(1, 70);
    marks.open(70);
    for (const claim of [0, 31, 32, 50, 69]) {
      const word = wordOf(claim);
      const first = firstOf(word, marks.all(word) & onwards(claim));
      expect([word, first]).toEqual([Math.floor(claim / 32), claim]);
    }
  });
});
