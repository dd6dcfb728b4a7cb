// Parts of tallies that go from thread to thread: however instances are cut into parts, the tally is the same.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { METRICS } from "../../src/metrics/definitions.ts";
import { Sample, samplesOf } from "../../src/metrics/sample.ts";
import { Tally, TallyPart } from "../../src/metrics/tally.ts";
import { FIELD, OUTCOME_SIZE } from "../../src/model/outcome.ts";

const CHUNK = 32;

/** Adds a chunk of instances of four tasks, of which `first`, `first + 1` … succeed, modulo 5. */
function addChunk(part: TallyPart, first: number, instances: number): void {
  const rows = new Float64Array(instances * OUTCOME_SIZE);
  for (let i = 0; i < instances; i++) {
    const row = rows.subarray(i * OUTCOME_SIZE, (i + 1) * OUTCOME_SIZE);
    const instance = first + i;
    for (let field = 0; field < OUTCOME_SIZE; field++) row[field] = (instance + field) / 7;
    row[FIELD.tasks] = 4;
    row[FIELD.success] = instance % 5;
    row[FIELD.failure] = 4 - (instance % 5);
    part.latency.add(instance, Float64Array.of(0, instance, instance / 3, 1e6 * instance));
    part.latency.close();
    part.radius.add(instance, Float64Array.of(i % 3, i % 4));
    part.radius.close();
  }
  part.events += 10 * instances;
  part.rows.push(rows);
}

/** A tally of 101 instances in four chunks, so many of them in a part. */
function tallyOf(sizes: readonly number[], part: () => TallyPart = () => new TallyPart()): Tally {
  const tally = new Tally();
  let chunk = 0;
  for (const size of sizes) {
    const one = part();
    for (let i = 0; i < size && chunk < 4; i++, chunk++)
      addChunk(one, chunk * CHUNK, chunk < 3 ? CHUNK : 5);
    tally.take(structuredClone(one.pack()));
  }
  return tally;
}

/** All that is kept, bit by bit. */
function contentOf({ sums, squares, reliability, latency, radius, events }: Tally): string {
  const fields = Array.from({ length: OUTCOME_SIZE }, (_, i) => [
    sums.mean(i),
    sums.covariance(i, 0),
    squares[i],
  ]);
  const passes = [1, 2, 3, 4].map((k) => reliability.estimate(k));
  return JSON.stringify([sums.instances, fields, passes, latency.pack(), radius.pack(), events]);
}

describe("a tally", () => {
  test("is the same, wherever its chunks are cut into parts", () => {
    const whole = contentOf(tallyOf([4]));
    fc.assert(
      fc.property(fc.array(fc.nat(3), { maxLength: 4 }), (sizes) => {
        expect(contentOf(tallyOf([...sizes, 4]))).toBe(whole);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test("can be made of one part that is used again and again", () => {
    const used = new TallyPart();
    const again = () => {
      used.clear();
      return used;
    };
    expect(contentOf(tallyOf([1, 1, 1, 1], again))).toBe(contentOf(tallyOf([4])));
  });

  test("leaves what it took in as it was", () => {
    const part = new TallyPart();
    addChunk(part, 0, CHUNK);
    const packed = structuredClone(part.pack());
    const before = structuredClone(packed);
    const tally = new Tally();
    tally.take(packed);
    tally.take(packed);
    expect(packed).toEqual(before);
  });

  test("adds up fields and their squares over instances", () => {
    const { sums, squares } = tallyOf([4]);
    expect(sums.instances).toBe(101);
    expect(sums.mean(FIELD.tasks) * 32).toBe(404);
    expect(squares[FIELD.tasks]).toBe(16 * 101);
  });

  test("of a stream has no repeats", () => {
    const stream = new Tally({ hasRepeats: false });
    const part = new TallyPart();
    addChunk(part, 0, CHUNK);
    stream.take(part.pack());
    expect(stream.reliability.estimate(1)).toBeUndefined();
  });
});

describe("a sample", () => {
  const one = tallyOf([4]);
  const other = tallyOf([2, 2]);

  test("has totals over all instances, and none of no instance", () => {
    expect(new Sample(one).total("tasks")).toBeCloseTo(404, 9);
    expect(new Sample(new Tally()).total("tasks")).toBe(0);
  });

  test("is paired with its baseline, which is paired with itself", () => {
    const [own, base] = samplesOf([one, other], 1);
    expect([own.isPaired, own.isBaseline]).toEqual([true, false]);
    expect([base.isPaired, base.isBaseline]).toEqual([true, true]);
    expect(own.sums.mean(OUTCOME_SIZE + FIELD.success)).toBe(other.sums.mean(FIELD.success));
    expect(samplesOf([one, other], -1).map(({ isPaired }) => isPaired)).toEqual([false, false]);
  });

  test("without an instance leaves every metric without a value", () => {
    const empty = new Tally();
    for (const { estimate } of METRICS) expect(estimate(new Sample(empty, empty))).toBeUndefined();
  });
});
