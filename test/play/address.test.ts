// States of the playground as addresses, and what damaged and hostile addresses come to.
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AddressError, addressOf, type PlayState, stateOf } from "../../src/play/address.ts";

const NAME = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
const state: fc.Arbitrary<PlayState> = fc.record(
  {
    preset: NAME,
    text: fc.string({ unit: "grapheme", maxLength: 2000 }),
    beside: NAME,
    seed: fc.stringMatching(/^[\w .:-]{1,64}$/),
    replication: fc.nat({ max: 2 ** 32 - 1 }),
    set: fc.dictionary(
      fc.stringMatching(/^[A-Za-z_][\w-]{0,8}(\.[\w-]{1,8}){0,3}$/),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
      { maxKeys: 8 },
    ),
  },
  { requiredKeys: ["preset", "set"] },
) as fc.Arbitrary<PlayState>;

describe("an address", () => {
  test("gives the state back that it was made of", async () => {
    await fc.assert(
      fc.asyncProperty(state, async (one) => {
        const address = await addressOf(one);
        expect(await stateOf(`#${address}`)).toEqual({ ...one, set: { ...one.set } });
        // It stands in a link as it is.
        expect(new URL(`https://example.org/play/#${address}`).hash).toBe(`#${address}`);
      }),
    );
  });

  test("of a preset is short", async () => {
    expect(await addressOf({ preset: "centralized", set: {} })).toBe("centralized");
    const moved = { preset: "centralized", set: { "models.base.errorRate": 0.12 }, replication: 5 };
    expect(await addressOf(moved)).toBe("centralized?models.base.errorRate=0.12&%7Erun=5");
  });

  test("that is too long is not made", async () => {
    const text = Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 9973).join();
    await expect(addressOf({ preset: "own", text, set: {} })).rejects.toThrow(AddressError);
  });

  test.each([
    "",
    "?",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "single?models.base.errorRate=",
    "single?models.base.errorRate=1e999",
    "single?models.base.errorRate=<img>",
    "single?models..errorRate=1",
    "single?<b>=1",
    "single?~run=-1",
    "single?~run=1e3",
    "single?~run=99999999999",
    "single?~seed=<i>",
    "single?~beside=javascript:alert(1)",
    "single?~text=%3Cscript%3E",
    "single?~text=AAAA",
    "single?~text=zzzzzz",
    `single?${Array.from({ length: 65 }, (_, i) => `a${i}=1`).join("&")}`,
    "x".repeat(40_000),
  ])("%j is told in a sentence", async (address) => {
    const error = await stateOf(address).catch((one) => one);
    expect(error).toBeInstanceOf(AddressError);
    expect(error.message).toMatch(/^the (link|scenario)/);
  });

  test("with any text of a link behind it is a state or a sentence", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), async (text) => {
        const answer = await stateOf(text).catch((one) => one);
        if (answer instanceof Error) expect(answer).toBeInstanceOf(AddressError);
        else expect(Object.getPrototypeOf(answer.set)).toBe(Object.prototype);
      }),
    );
  });

  test("cannot reach the prototype of anything", async () => {
    const { set } = await stateOf("single?__proto__=1&constructor=2");
    expect(Object.keys(set)).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test("of a kilobyte that would become a gigabyte is cut", async () => {
    const bomb = deflateRawSync(Buffer.alloc(20_000_000)).toString("base64url");
    expect(bomb.length).toBeLessThan(32_000);
    await expect(stateOf(`single?~text=${bomb}`)).rejects.toThrow("too long");
  });
});
