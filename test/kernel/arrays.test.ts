import { describe, expect, it } from "vitest";
import { grown, sideBySide } from "../../src/kernel/arrays.ts";

describe("arrays side by side", () => {
  it("are as long as was asked, do not touch each other, and are cleared together", () => {
    const { all, parts } = sideBySide({ first: 3, none: 0, last: 2 });
    expect(parts.none).toHaveLength(0);
    parts.first.fill(7);
    parts.last.fill(9);
    expect([...parts.first, ...parts.last]).toEqual([7, 7, 7, 9, 9]);
    all.fill(0);
    expect([...parts.first, ...parts.last]).toEqual([0, 0, 0, 0, 0]);
  });
});

it("a longer copy keeps what there was, with zeros behind it", () => {
  for (const array of [Int32Array.of(1, 2), Float64Array.of(0.5), Uint8Array.of(200)])
    expect([...grown(array, 4)]).toEqual([...array, 0, 0, 0].slice(0, 4));
});
