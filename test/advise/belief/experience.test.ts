// The record of what predictions have taught.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  type Experience,
  readExperience,
  shippedFingerprint,
} from "../../../src/advise/belief/experience.ts";
import { numbersFrom } from "../../../src/advise/simulation/numbers.ts";

const folder = mkdtempSync(join(tmpdir(), "faultline-"));
afterAll(() => rmSync(folder, { recursive: true }));

const written = (text: string) => {
  const file = join(folder, "predictions.json");
  writeFileSync(file, text);
  return file;
};

describe("the record that ships", () => {
  const experience = readExperience() as Experience;

  test("names a number, and its moments are a covariance", () => {
    for (const { number, errors: moments } of [experience.known, experience.unknown]) {
      expect(numbersFrom(number)[0].path).toBe(number);
      moments.forEach((row, i) => {
        expect(row[i]).toBeGreaterThan(0);
        row.forEach((c, j) => {
          expect(moments[j][i]).toBe(c);
          expect(c * c).toBeLessThanOrEqual(row[i] * moments[j][j] * (1 + 1e-12));
        });
      });
    }
  });

  // Where this fails: faultline reproduce kim2025 --leave-one-out --json > scenarios/kim2025/golden/predictions.json
  test("was made with the parameters that ship", () => {
    expect(experience.madeWith).toBe(shippedFingerprint());
  });
});

test("where there is no file there is no experience", () => {
  expect(readExperience(join(folder, "none.json"))).toBeUndefined();
});

test.each([
  ["{}", /predictions\.json:1:1: error: experience is missing/],
  [
    '{"experience":{"known":{"number":"task.difficulty","pull":2,"errors":[]},"unknown":{}}}',
    /pull/,
  ],
])("a file that says %s is refused", (text, message) => {
  expect(() => readExperience(written(text))).toThrow(message);
});
