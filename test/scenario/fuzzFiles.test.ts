// Shipped scenarios, experiments and targets, damaged: reading them ends with a result or with problems that have a place,
// in bounded time, and what a hint says to write helps. `npm run fuzz -- --count 100000` does it at length.
import { expect, test } from "vitest";
import { damaged, faultOf, minimised, shippedSamples } from "../support/fuzzing.ts";

const COUNT = Number(process.env.FAULTLINE_FUZZ_COUNT ?? 250);
const FIRST = Number(process.env.FAULTLINE_FUZZ_SEED ?? 1);

test(
  `${COUNT} damaged files are read`,
  async () => {
    const samples = shippedSamples();
    const found: string[] = [];
    for (let seed = FIRST; seed < FIRST + COUNT && found.length < 5; seed++) {
      const sample = damaged(samples, seed);
      const fault = await faultOf(sample);
      if (fault === undefined) continue;
      const { path, text } = await minimised(sample);
      found.push(
        `${path}, seed ${seed}: ${fault}\n${text}\nrepeat: npm run fuzz -- --seed ${seed} --count 1`,
      );
    }
    expect(found.join("\n\n")).toBe("");
  },
  24 * 3600 * 1000,
);
