// What drives a study: which values each mechanism sets, and that what is put side by side is paired.
import { beforeAll, describe, expect, test } from "vitest";
import { ABLATIONS, ablationPart } from "../../src/literature/ablation.ts";
import { changesOfFit } from "../../src/literature/kim2025/robustness.ts";
import { KIM2025 } from "../../src/literature/kim2025/study.ts";
import { shipped } from "../../src/literature/shipped.ts";
import { STUDIES } from "../../src/literature/studies.ts";
import {
  defineStudy,
  type StudyCell,
  type StudyEstimate,
  type StudyResult,
  type StudyTable,
} from "../../src/literature/study.ts";

async function changesTo(file: string, overrides = {}) {
  const scenario = await shipped(file, overrides);
  return Object.fromEntries(ABLATIONS.map(({ name, changes }) => [name, changes(scenario)]));
}

describe("mechanisms", () => {
  test("are switched off in all agents that have them", async () => {
    const changes = await changesTo("kim2025/plancraft-centralized.yaml", {
      "task.sharedState": true,
      "agents.orchestrator.conflict": 0.1,
      "agents.worker.conflict": 0.1,
    });
    expect(changes["no faults"]).toEqual({ "models.base.errorRate": 1e-6 });
    expect(changes["no conflict"]).toEqual({
      "agents.orchestrator.conflict": 0,
      "agents.worker.conflict": 0,
    });
    for (const field of ["omission", "handoff"])
      expect(changes["perfect communication"]).toHaveProperty([`agents.worker.${field}`], 0);
    expect(changes["no checks"]).toHaveProperty(["agents.worker.checks.orchestrator.recall"], 0);
    expect(changes["no budget"]).toEqual({ "budget.tokens": 0 });
  });

  test("that a scenario does not have set nothing", async () => {
    const changes = await changesTo("kim2025/finance-agent-centralized.yaml", {
      "budget.depth": 0,
    });
    for (const name of ["no conflict", "equal turns", "no budget"])
      expect(changes[name]).toEqual({});
    const single = await changesTo("kim2025/finance-agent-single.yaml");
    expect(single["equal turns"]).toEqual({ "agents.worker.maxTurns": 1000 });
  });

  test("leave valid scenarios, and none to switch off a second time", async () => {
    for (const { changes } of ABLATIONS) {
      const file = "kim2025/plancraft-hybrid.yaml";
      const without = await shipped(file, changes(await shipped(file)));
      expect(changes(without)).toEqual({});
    }
  });
});

const file = (name: string) => ({ name, file: `kim2025/plancraft-${name}.yaml` });
const SMALL = defineStudy({
  ...{ name: "small", title: "", question: "", source: "" },
  ...ablationPart([
    { name: "tasks", scenarios: ["single", "decentralized"].map(file), baseline: "single" },
  ]),
});

describe("side by side", () => {
  let result: StudyResult;
  const shares: number[] = [];
  beforeAll(async () => {
    const onProgress = (share: number) => shares.push(share);
    result = await SMALL.run({ replications: 320, seed: "test", jobs: 2, onProgress });
  });

  /** The cell of a mechanism in a column. */
  function at(table: string, mechanism: string, column: string): StudyCell {
    const found = result.tables.find(({ name }) => name === table);
    const place = found?.columns.findIndex(({ name }) => name === column) ?? -1;
    return found?.rows.find(([name]) => name === mechanism)?.[place] ?? null;
  }
  function meanAt(...place: Parameters<typeof at>): number {
    const cell = at(...place);
    return typeof cell === "object" && cell !== null ? (cell.mean ?? Number.NaN) : Number.NaN;
  }

  test("progress comes to its end, and the bytes do not depend on the threads", async () => {
    expect(Math.max(...shares)).toBeCloseTo(1, 9);
    const alone = await SMALL.run({ replications: 320, seed: "test", jobs: 1 });
    expect(JSON.stringify(alone)).toBe(JSON.stringify(result));
  });

  test("an effect is the difference of the rates, on the same instances", () => {
    const success = (mechanism: string) => meanAt("ablations", mechanism, "decentralized");
    for (const mechanism of ["no faults", "no budget", "no checks"])
      expect(meanAt("ablation-effects", mechanism, "decentralized")).toBeCloseTo(
        success(mechanism) - success("as it is"),
        12,
      );
    expect(meanAt("ablation-effects", "no budget", "decentralized")).toBeGreaterThan(0.1);
  });

  test("what a scenario does not have leaves it as it is, and it has no effect to tell", () => {
    expect(at("ablations", "equal turns", "decentralized")).toEqual({
      ...(at("ablations", "as it is", "decentralized") as object),
    });
    expect(meanAt("ablation-changes", "equal turns", "decentralized")).not.toBeNaN();
    expect(at("ablation-effects", "equal turns", "decentralized")).toBeNull();
  });

  test("changes and amplification are against the baseline without the same mechanism", () => {
    for (const mechanism of ["as it is", "no checks", "equal turns"]) {
      const [team, single] = ["decentralized", "single"].map((name) =>
        meanAt("ablations", mechanism, name),
      );
      expect(meanAt("ablation-changes", mechanism, "decentralized")).toBeCloseTo(
        100 * (team / single - 1),
        9,
      );
    }
    const amplification = result.tables.find(({ name }) => name === "ablation-amplification");
    expect(amplification?.rows.map(([mechanism]) => mechanism)).not.toContain("no faults");
    expect(amplification?.columns.map(({ name }) => name)).toEqual(["mechanism", "decentralized"]);
  });
});

describe("the ablations of kim2025", () => {
  let result: StudyResult;
  const shares: number[] = [];
  beforeAll(async () => {
    const { ablations } = KIM2025;
    if (ablations === undefined) throw new Error("no ablations");
    const onProgress = (share: number) => shares.push(share);
    result = await ablations.run({ replications: 64, jobs: 2, onProgress });
  }, 180_000);

  test("judge nothing, and come to their end", () => {
    expect(result.ablations).toBe(true);
    expect(result.targets).toEqual([]);
    expect(Math.max(...shares)).toBeCloseTo(1, 9);
  });

  test("have a map with a place for each sequentiality and team size", () => {
    const [figure] = result.figures;
    expect(figure.kind).toBe("map");
    const places = new Set(figure.series[0].points.map(({ x, y }) => `${x} ${y}`));
    expect(places.size).toBe(30);
    expect(result.tables.find(({ name }) => name === figure.name)?.rows).toHaveLength(30);
  });

  test("have the fit and two changes of each free number, each with its factor against the fit", async () => {
    const table = result.tables.find(({ name }) => name === "robustness") as StudyTable;
    const changes = await changesOfFit();
    const [fit, ...rows] = table.rows;
    expect(rows.map(([path, file, times]) => [path, file, times])).toEqual(
      changes.map(({ path, in: file, times }) => [path, file, times]),
    );
    const columns = table.columns.map(({ name }) => name);
    const cellIn = (row: readonly StudyCell[], column: string) => row[columns.indexOf(column)];
    const valueIn = (row: readonly StudyCell[], column: string) =>
      (cellIn(row, column) as StudyEstimate).mean as number;
    // With so few replications a single agent may make no error at all, so that nothing is relative to it.
    const valued = rows.filter((row) => cellIn(row, "of") !== "");
    for (const row of valued) {
      const factor =
        valueIn(row, cellIn(row, "of") as string) / valueIn(fit, cellIn(row, "of") as string);
      expect(valueIn(row, "largest factor")).toBeCloseTo(factor, 9);
    }
    const moved = valued.filter((row) => valueIn(row, "largest factor") !== 1);
    expect(moved.length).toBeGreaterThan(rows.length / 2);
  });
});

test("all studies tell what drives them, but those of beliefs, a relay and one falsehood", () => {
  const without = STUDIES.filter(({ ablations }) => ablations === undefined);
  expect(without.map(({ name }) => name)).toEqual(["debate", "resilience", "relay", "contagion"]);
});
