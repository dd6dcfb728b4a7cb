// The study of a relay: what the simulation keeps of a claim against the closed form, and that nothing but the hand-over
// matters. Fixed seeds; each comparison uses a 99.9 % interval (false-alarm rate 1 in 1,000 over seeds).
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { loadCalibration } from "../../src/calibrate/file/load.ts";
import { nodeFiles, SHIPPED } from "../../src/documents/reading/nodeFiles.ts";
import { MARGIN, STAGES, SURVIVING } from "../../src/literature/relay/published.ts";
import { RELAY } from "../../src/literature/relay/study.ts";
import { shipped } from "../../src/literature/shipped.ts";
import { estimateIn, estimateOf, resultsOf, simulate } from "../../src/literature/simulate.ts";
import type { StudyResult } from "../../src/literature/study.ts";
import { agrees } from "../support/scenarios.ts";

const FILE = "relay/relay.yaml";
const HOW = { seed: "test", jobs: 1 };

describe("simulated", () => {
  test("s stages keep ((1 - omission) (1 - handoff))^s, whatever the two are", async () => {
    const losses = [
      { omission: 0.05, handoff: 0.25 },
      { omission: 0.2, handoff: 0 },
      { omission: 0, handoff: 0.4 },
    ];
    const trials = losses.map(({ omission, handoff }, i) => ({
      name: `${i}`,
      scenarios: [0, 1, 2, 5].map((stages) => ({
        file: FILE,
        changes: {
          "parameters.stages": stages,
          "agentDefaults.omission": omission,
          "agentDefaults.handoff": handoff,
        },
      })),
      replications: 800,
    }));
    const results = await simulate(trials, HOW);
    losses.forEach(({ omission, handoff }, i) => {
      const kept = (1 - omission) * (1 - handoff);
      [0, 1, 2, 5].forEach((stages, place) => {
        const right = estimateIn(results, `${i}`, "success", place);
        expect(agrees(right, kept ** stages), `${stages} stages, losses ${i}`).toBe(true);
      });
    });
  });

  test("checks, budget, inheritance and guesses change nothing, and nobody errs by work of its own or reviews", async () => {
    const changes = {
      "agentDefaults.checks.self.recall": 0,
      "agentDefaults.checks.peer.falseAlarm": 0.9,
      "agentDefaults.propagation": 0.3,
      "agentDefaults.guess": 0.1,
      "budget.tokens": 100,
    };
    const scenarios = [{ file: FILE }, { file: FILE, changes: { ...changes, name: "other" } }];
    const trial = { name: "pair", scenarios, baseline: "relay", replications: 400 };
    const [plain, other] = resultsOf(await simulate([trial], HOW), "pair");
    expect(other.metrics.success).toEqual(plain.metrics.success);
    for (const cause of ["own", "commonCause", "guess"])
      expect(estimateOf(other, `faults.${cause}`).mean).toBe(0);
    const [turns, missing] = ["turns", "missingClaims"].map((name) => estimateOf(plain, name).mean);
    expect((turns as number) + (missing as number)).toBeCloseTo(STAGES + 1, 9);
  });
});

describe("the study", () => {
  let result: StudyResult;
  beforeAll(async () => {
    result = await RELAY.run({ replications: 400, ...HOW });
  });

  test("is the same for any number of workers, and runs as much as it says", async () => {
    const again = await RELAY.run({ replications: 400, seed: "test", jobs: 2 });
    expect(JSON.stringify(again)).toBe(JSON.stringify(result));
    expect(RELAY.runs(400)).toBe((STAGES + 1) * 400);
  });

  test("judges the end of the relay, which its figure and its table have as well", () => {
    const [target, ...others] = result.targets;
    expect(others).toEqual([]);
    expect(target).toMatchObject({ id: `relay.${STAGES}`, kind: "calibrated" });
    const [{ series }] = result.figures;
    const [simulated, published] = series.map(({ points }) => points);
    expect(simulated.map(({ x }) => x)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(simulated[0].y).toBe(1);
    expect(simulated[STAGES].y).toBe(target.simulated.mean);
    expect(published).toEqual([
      { x: 0, y: 1 },
      { x: STAGES, y: SURVIVING },
    ]);
    const [{ rows, columns }] = result.tables;
    expect(rows).toHaveLength(STAGES + 1);
    for (const row of rows) expect(row).toHaveLength(columns.length);
    expect(rows[STAGES][1]).toEqual(target.simulated);
  });

  test("loses as the agents of kim2025 hand over, which are fitted to its target", async () => {
    const { handoff, omission } = (await shipped(FILE)).agents.teller;
    const simulated = result.targets[0].simulated;
    expect(agrees(simulated, ((1 - omission) * (1 - handoff)) ** STAGES)).toBe(true);
    const file = join(SHIPPED, "kim2025", "targets.yaml");
    const { calibration } = await loadCalibration(file, { files: nodeFiles(file) });
    const fitted = calibration.targets.find(({ id }) => id === `relay.${STAGES}`);
    expect(fitted).toMatchObject({ metric: "success", of: ["relay"], tolerance: MARGIN });
    expect(fitted?.published).toBeCloseTo(SURVIVING, 6);
  });
});
