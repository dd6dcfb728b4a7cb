// npm run selection [-- REPEATS]: how often the best is found where it is hardest to tell, and what that takes against observing all
// systems as often. Prints the table of docs/guides/choose.md.

import { grouped } from "../src/wording/text.ts";
import { Random } from "../test/numerics/random.ts";
import { isRight, slippage, type Trial, tried } from "../test/numerics/selection/systems.ts";

const REPEATS = Number(process.argv[2] ?? 1000);

const easy = (systems: number) =>
  Array.from({ length: systems }, (_, i) => (i === 1 ? 0 : i === 2 ? -0.3 : -1 - i));

const CASES: readonly (readonly [name: string, trial: Trial])[] = [5, 20].flatMap(
  (k) =>
    [
      [
        `${k} alike, normal`,
        { means: slippage(k, 0, 0.3), common: 0, kind: "normal", within: 0.3 },
      ],
      [
        `${k} alike, normal, half of the luck in common`,
        { means: slippage(k, 0, 0.3), common: 0.5, kind: "normal", within: 0.3 },
      ],
      [
        `${k} alike, success .80 and .76`,
        { means: slippage(k, 0.8, 0.04), common: 0.5, kind: "binary", within: 0.04 },
      ],
      [
        `${k} alike, normal, the best itself`,
        { means: slippage(k, 0, 0.3), common: 0.5, kind: "normal", within: 0 },
      ],
      [`${k}, one of them close`, { means: easy(k), common: 0, kind: "normal", within: 0 }],
    ] as const,
);

console.log(
  "| systems | right | observations | with equal allocation | ratio |\n| --- | --- | --- | --- | --- |",
);
for (const [name, trial] of CASES) {
  const random = new Random(`selection ${name}`);
  const outcomes = Array.from({ length: REPEATS }, (_, run) => {
    random.enter(run);
    return tried(trial, random);
  });
  const mean = (of: (one: (typeof outcomes)[number]) => number) =>
    outcomes.reduce((sum, one) => sum + of(one), 0) / REPEATS;
  const [used, equal] = [mean((one) => one.used), mean((one) => one.equal)];
  const right = (100 * outcomes.filter(isRight).length) / REPEATS;
  console.log(
    `| ${name} | ${right.toFixed(1)} % | ${grouped(Math.round(used))} | ${grouped(Math.round(equal))} | ${(equal / used).toFixed(1)} |`,
  );
}
