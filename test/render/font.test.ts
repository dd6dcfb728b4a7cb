import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { FONT_FILES, textWidth } from "../../src/render/font.ts";

describe("the shipped font", () => {
  test("is there, with its licence", () => {
    for (const file of FONT_FILES) expect(existsSync(file)).toBe(true);
    expect(existsSync(new URL("../../fonts/OFL.txt", import.meta.url))).toBe(true);
  });

  test("all digits are 0.6 of its size wide, as IBM Plex Sans has them", () => {
    for (const digit of "0123456789") expect(textWidth(digit, 100, false)).toBeCloseTo(60, 10);
  });

  test("text is as wide as its characters, and grows with the size", () => {
    const [a, b] = [textWidth("W", 10, false), textWidth("i", 10, false)];
    expect(a).toBeGreaterThan(2 * b);
    expect(textWidth("WiW", 20, false)).toBeCloseTo(2 * (2 * a + b), 10);
  });

  test("bold text is wider", () => {
    expect(textWidth("team", 12, true)).toBeGreaterThan(textWidth("team", 12, false));
  });

  test("a character that it lacks counts as its widest", () => {
    expect(textWidth("漢", 10, false)).toBeGreaterThanOrEqual(textWidth("W", 10, false));
  });
});
