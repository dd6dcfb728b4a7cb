// The study of a faulty member: the simulation against closed forms of who has the last word, and what must hold whatever
// the numbers are. Fixed seeds; each comparison uses a 99.9 % interval (false-alarm rate 1 in 1,000 over seeds).
import { beforeAll, describe, expect, test } from "vitest";
import type { MetricValue } from "../../src/experiment/result.ts";
import { accuracyOf } from "../../src/literature/debate/voting.ts";
import { TEAMS } from "../../src/literature/resilience/published.ts";
import { RESILIENCE } from "../../src/literature/resilience/study.ts";
import { shipped } from "../../src/literature/shipped.ts";
import {
  changeOf,
  estimateOf,
  type Results,
  resultsOf,
  simulate,
} from "../../src/literature/simulate.ts";
import { agrees, wide } from "../support/scenarios.ts";

/** Chance that the team's answer is the first answer of each member, by how much each believes whom. */
const LAST_WORD = {
  linear: { first: 1 / 4, second: 1 / 4, third: 1 / 2 },
  hierarchical: { first: 7 / 9, second: 1 / 9, third: 1 / 9 },
} as const;
/** Chance that the last word of a line has come through the words of a member. */
const HEARD = { first: 1 / 4, second: 1 / 2, third: 1 } as const;
type Team = keyof typeof LAST_WORD;
const PLACES = ["first", "second", "third"] as const;
const CASES = (Object.keys(LAST_WORD) as Team[]).flatMap((team) =>
  PLACES.map((who) => ({ team, who })),
);

/** Accuracy of one member without a fault. */
async function accuracy(): Promise<number> {
  const { task } = await shipped("resilience/linear.yaml");
  const difficulty = { level: task.difficulty, spread: task.difficultySpread };
  return accuracyOf(1, task.alternatives, difficulty);
}

describe("simulated", () => {
  const SHARE = 0.4;
  let results: Results;
  const changeFor = (team: string, kind: string, who: string) => {
    const found = resultsOf(results, team).find(({ name }) => name === `${kind}-${who}`);
    if (found === undefined) throw new Error(`no ${kind}-${who}`);
    return changeOf(found, "success");
  };
  beforeAll(async () => {
    const trials = TEAMS.map(({ name }) => {
      const file = `resilience/${name}.yaml`;
      const faulty = PLACES.flatMap((who) => [
        { file, changes: { name: `role-${who}`, [`agents.${who}.model`]: "faulty" } },
        {
          file,
          changes: {
            name: `messages-${who}`,
            [`agents.${who}.distortion`]: SHARE,
            [`agents.${who}.synthesisLoss`]: SHARE,
          },
        },
      ]);
      const whole = { file, changes: { name: "whole" } };
      return { name, scenarios: [whole, ...faulty], baseline: "whole", replications: 3200 };
    });
    results = await simulate(trials, { seed: "test", jobs: 1 });
  });

  test("a team in which one speaks is as good as one member", async () => {
    for (const team of Object.keys(LAST_WORD)) {
      const [whole] = resultsOf(results, team);
      expect(agrees(estimateOf(whole, "success"), await accuracy()), team).toBe(true);
    }
  });

  test.each(CASES)(
    "$who of the $team team, always wrong, costs its chance of the last word",
    async ({ team, who }) => {
      const cost = -LAST_WORD[team][who] * (await accuracy());
      expect(agrees(changeFor(team, "role", who), cost)).toBe(true);
    },
  );

  test("in a line, corrupted words cost their share of that", async () => {
    for (const who of PLACES) {
      const cost = -SHARE * HEARD[who] * (await accuracy());
      expect(agrees(changeFor("linear", "messages", who), cost), who).toBe(true);
    }
  });

  test("either fault of any member costs every team something", () => {
    for (const { name } of TEAMS)
      for (const kind of ["role", "messages"])
        for (const who of PLACES) {
          const [, high] = wide(changeFor(name, kind, who));
          expect(high, `${name}, ${kind}, ${who}`).toBeLessThan(0);
        }
  });

  test("a member that is always wrong costs a team with a leader least", () => {
    const led = ["second", "third"].map((who) => wide(changeFor("hierarchical", "role", who))[0]);
    for (const team of ["linear", "flat"])
      for (const who of PLACES) {
        const [, high] = wide(changeFor(team, "role", who));
        expect(high, `${team}, ${who}`).toBeLessThan(Math.min(...led));
      }
  });
});

describe("the study", () => {
  test("is the same for any number of workers, and has a figure for each team and fault", async () => {
    const [one, two] = await Promise.all(
      [1, 2].map((jobs) => RESILIENCE.run({ replications: 64, seed: "test", jobs })),
    );
    expect(JSON.stringify(two)).toBe(JSON.stringify(one));
    expect(one.targets).toHaveLength(3 * TEAMS.length);
    expect(one.targets.filter(({ kind }) => kind === "calibrated").map(({ id }) => id)).toEqual([
      "resilience.linear.whole",
      "resilience.linear.messages",
      "resilience.hierarchical.role",
    ]);
    for (const { columns, rows } of one.tables)
      for (const row of rows) expect(row).toHaveLength(columns.length);
    expect(RESILIENCE.runs(64)).toBe((7 + 7 + 5) * 64);
  });

  test("takes the mean over who is faulty: a third of the accuracy of a line", async () => {
    const { targets } = await RESILIENCE.run({ replications: 1600, seed: "test", jobs: 1 });
    const simulated = new Map(targets.map((target) => [target.id, target.simulated]));
    const role = simulated.get("resilience.linear.role") as MetricValue;
    expect(agrees(role, -(await accuracy()) / 3)).toBe(true);
  });
});
