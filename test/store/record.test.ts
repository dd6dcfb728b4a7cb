// Keys and lines of records.
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeRecord, encodeRecord, keyOf, readHead } from "../../src/store/record.ts";

const plain = fc.dictionary(fc.string(), fc.jsonValue());

describe("the key", () => {
  test("is the SHA-256 of semantics and inputs as JSON", () => {
    const text = '{"semantics":2,"inputs":{"seed":"a","rate":0}}';
    const key = createHash("sha256").update(text).digest("hex");
    expect(keyOf({ seed: "a", rate: -0, none: undefined }, 2)).toBe(key);
  });

  test("differs with the semantics, with any value and with the order of a map", () => {
    const inputs = { agents: { a: 1, b: 2 } };
    const others = [
      keyOf(inputs, 2),
      keyOf({ agents: { a: 1, b: 3 } }, 1),
      keyOf({ agents: { b: 2, a: 1 } }, 1),
      keyOf({ agents: { a: 1, b: "2" } }, 1),
    ];
    expect(new Set([keyOf(inputs, 1), ...others]).size).toBe(5);
  });

  test("is of plain values only", () => {
    expect(() => keyOf({ rate: Number.NaN }, 1)).toThrow(TypeError);
    expect(() => keyOf({ rate: Number.POSITIVE_INFINITY }, 1)).toThrow("finite numbers only");
    expect(() => keyOf({ rate: () => 1 }, 1)).toThrow("plain values only");
  });

  test("is the same for what was read back", () => {
    fc.assert(
      fc.property(plain, (inputs) => {
        const { line, key } = encodeRecord({ inputs, outcome: {}, final: true }, 1);
        expect(keyOf(decodeRecord(line).inputs, 1)).toBe(key);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe("a line", () => {
  test("is one JSON document on one line, with what it was made of", () => {
    fc.assert(
      fc.property(plain, plain, fc.boolean(), fc.nat(), (inputs, outcome, final, semantics) => {
        const { line, key } = encodeRecord({ inputs, outcome, final }, semantics);
        const text = line.toString();
        const asJson = (value: object) => JSON.parse(JSON.stringify(value));
        expect(text).not.toContain("\n");
        expect(JSON.parse(text)).toEqual({
          sum: text.slice(8, 16),
          semantics,
          final,
          key,
          inputs: asJson(inputs),
          outcome: asJson(outcome),
        });
        expect(readHead(line)).toEqual({ key, semantics, final });
        expect(decodeRecord(line)).toEqual({
          inputs: asJson(inputs),
          outcome: asJson(outcome),
          final,
        });
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("that was cut or has a wrong bit is found", () => {
    const { line } = encodeRecord(
      { inputs: { a: "é" }, outcome: { b: [1, null] }, final: true },
      1,
    );
    for (let length = 0; length < line.length; length++)
      expect(readHead(line.subarray(0, length))).toBeUndefined();
    for (let bit = 0; bit < 8 * line.length; bit++) {
      const changed = Buffer.from(line);
      changed[bit >> 3] ^= 1 << (bit & 7);
      expect(readHead(changed)).toBeUndefined();
    }
  });
});
