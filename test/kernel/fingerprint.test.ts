import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fingerprint } from "../../src/kernel/fingerprint.ts";

/** time, priority, sequence, kind, subject, detail */
type Event = [number, number, number, number, number, number];

function fingerprint(events: readonly Event[]): string {
  const rolling = new Fingerprint();
  for (const e of events) rolling.add(...e);
  return rolling.hex();
}

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const time = fc.integer({ min: 0, max: 2 ** 53 - 1 });
const priority = fc.nat({ max: 255 });
const sequence = fc.nat({ max: 2 ** 32 - 1 });
const fields = [time, priority, sequence, int32, int32, int32];
const event: fc.Arbitrary<Event> = fc.tuple(time, priority, sequence, int32, int32, int32);
const events = fc.array(event, { minLength: 1, maxLength: 20 });

describe("the fingerprint", () => {
  it("is 16 hexadecimal digits, equal for equal sequences and after a reset", () => {
    fc.assert(
      fc.property(events, events, (some, others) => {
        const rolling = new Fingerprint();
        for (const e of others) rolling.add(...e);
        rolling.reset();
        for (const e of some) rolling.add(...e);
        expect(rolling.hex()).toMatch(/^[0-9a-f]{16}$/);
        expect(rolling.hex()).toBe(fingerprint(some));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("changes with any field of any event", () => {
    const change = fc
      .nat({ max: fields.length - 1 })
      .chain((field) => fc.tuple(fc.constant(field), fields[field]));
    fc.assert(
      fc.property(events, fc.nat(), change, (some, pick, [field, value]) => {
        const at = pick % some.length;
        fc.pre(some[at][field] !== value);
        const changed = some.map((e) => [...e] as Event);
        changed[at][field] = value;
        expect(fingerprint(changed)).not.toBe(fingerprint(some));
      }),
      { seed: 1, numRuns: 5000 },
    );
  });

  it("changes with every single bit of a field", () => {
    const base: Event = [2 ** 52, 1, 2, 3, 4, 5];
    const bits = [52, 8, 32, 32, 32, 32];
    const neighbours = bits.flatMap((width, field) =>
      Array.from({ length: width }, (_, bit) => {
        const changed: Event = [...base];
        if (field < 3) {
          const set = Math.floor(base[field] / 2 ** bit) % 2 === 1;
          changed[field] += set ? -(2 ** bit) : 2 ** bit;
        } else changed[field] ^= 1 << bit;
        return fingerprint([changed, base]);
      }),
    );
    expect(new Set([fingerprint([base, base]), ...neighbours]).size).toBe(1 + 188);
  });

  it("changes with the order and the number of events", () => {
    fc.assert(
      fc.property(events, event, event, (some, a, b) => {
        fc.pre(a.some((value, field) => value !== b[field]));
        expect(fingerprint([...some, a, b])).not.toBe(fingerprint([...some, b, a]));
        expect(fingerprint([...some, a])).not.toBe(fingerprint(some));
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it("is different for each of 100,000 pairs of events that differ a little", () => {
    // Of 64-bit values, 3e-10 repeats are expected.
    const seen = new Set<string>();
    const rolling = new Fingerprint();
    const digit = (i: number, place: number) => Math.floor(i / 10 ** place) % 10;
    for (let i = 0; i < 100_000; i++) {
      rolling.reset();
      rolling.add(digit(i, 0), digit(i, 1), 0, digit(i, 2), digit(i, 3), 0);
      rolling.add(10, 0, 1, digit(i, 4), 0, 0);
      seen.add(rolling.hex());
    }
    expect(seen.size).toBe(100_000);
  });

  it("never changes from one version to the next", () => {
    expect(fingerprint([])).toBe("6a09e6673c6ef372");
    expect(
      fingerprint([
        [0, 0, 0, 1, 2, 3],
        [2 ** 40 + 1, 2, 1, -1, -2, -3],
      ]),
    ).toBe("bc941fa6fe8e32be");
  });
});
