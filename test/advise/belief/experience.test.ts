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
import { shippedBenchmarks } from "../../../src/advise/candidates/candidates.ts";
import { parameterSets } from "../../../src/advise/candidates/members.ts";

const folder = mkdtempSync(join(tmpdir(), "faultline-"));
afterAll(() => rmSync(folder, { recursive: true }));

const written = (experience: unknown) => {
  const file = join(folder, "predictions.json");
  writeFileSync(file, JSON.stringify({ experience }));
  return file;
};

const ownTask = { trust: 0.9, common: 0.5, relative: 0.1 };
const bench = {
  corrections: [[0.1, 0.2, -0.3, 0.4]],
  common: 0.5,
  relative: 0,
  families: { openai: -0.1 },
};
const EXPERIENCE: Experience = {
  sets: [3],
  known: { bench },
  own: { stated: ownTask, guessed: ownTask },
  madeWith: "0123",
};

describe("the record that ships", () => {
  const experience = readExperience() as Experience;

  test("is of every shipped benchmark, with corrections of each parameter set", () => {
    const { sets, known } = experience;
    expect(Object.keys(known).sort()).toEqual([...shippedBenchmarks()].sort());
    expect(parameterSets(sets.length).map(({ id }) => id)).toEqual(sets);
    for (const { corrections } of Object.values(known))
      expect(corrections).toHaveLength(sets.length);
  });

  test("believes a guessed shape no more than one that is stated", () => {
    const { stated, guessed } = experience.own;
    expect(guessed.trust).toBeLessThanOrEqual(stated.trust);
    expect(guessed.common).toBeGreaterThanOrEqual(stated.common);
  });

  // Where this fails: npm run predictions
  test("was made with the parameters that ship", () => {
    expect(experience.madeWith).toBe(shippedFingerprint());
  });
});

test("where there is no file there is no experience", () => {
  expect(readExperience(join(folder, "none.json"))).toBeUndefined();
});

test("a record is read as it was written", () => {
  expect(readExperience(written(EXPERIENCE))).toEqual(EXPERIENCE);
});

test.each([
  ["nothing", undefined, /predictions\.json:1:1: error: experience is missing/],
  ["no parameter set", { ...EXPERIENCE, sets: [] }, /experience\.sets/],
  [
    "corrections of three teams",
    { ...EXPERIENCE, known: { bench: { ...bench, corrections: [[0, 0, 0]] } } },
    /experience\.known\.bench\.corrections/,
  ],
  [
    "a variance below 0",
    { ...EXPERIENCE, known: { bench: { ...bench, relative: -1 } } },
    /experience\.known\.bench\.relative/,
  ],
  [
    "more trust than 1",
    { ...EXPERIENCE, own: { stated: { ...ownTask, trust: 1.1 }, guessed: ownTask } },
    /experience\.own\.stated\.trust/,
  ],
])("a record with %s is refused", (_, experience, message) => {
  expect(() => readExperience(written(experience))).toThrow(message);
});
