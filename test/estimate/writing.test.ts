// The file of an estimated scenario.
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { memoryFiles } from "../../src/documents/reading/files.ts";
import type { Draft } from "../../src/estimate/team/draft.ts";
import {
  roundedDraft,
  scenarioText,
  withNumbers,
} from "../../src/estimate/writing/scenarioFile.ts";
import { loadScenario } from "../../src/scenario/load.ts";

const draft: Draft = {
  tree: {
    task: { graph: { shape: "chain", size: 3 }, difficultySpread: 1 },
    models: { base: { errorRate: 0.0612345 } },
    agents: { worker: {} },
    protocol: [{ work: { who: "worker" } }, { aggregate: { how: "first", from: "worker" } }],
  },
  numbers: new Map([
    [
      "models.base.errorRate",
      {
        value: 0.0612345,
        uncertain: { beta: [12.3456, 188] as const },
        origin: "measured" as const,
        note: "200 judged steps: share\nname: evil",
      },
    ],
  ]),
  remarks: new Map([["agents", 'In the logs: "a"']]),
};

describe("the text of a scenario", () => {
  const text = scenarioText(roundedDraft(draft), { header: ["One\ntwo: 3"], isUncertain: true });

  test("has numbers of three digits, with comments on their lines", () => {
    expect(text).toContain(
      "errorRate: { beta: [ 12.3, 188 ] } # 200 judged steps: share name: evil\n",
    );
    expect(text.startsWith("# One two: 3\n")).toBe(true);
    expect(text).toContain('# In the logs: "a"\nagents:');
  });

  test("loads, and what comes from logs stays a comment", async () => {
    const { scenario } = await loadScenario("mine.yaml", {
      files: memoryFiles({ "mine.yaml": text }),
    });
    expect(scenario.name).toBe("mine");
    expect(scenario.models.base.errorRate).toBeCloseTo(0.0614, 3);
  });

  test("without uncertainty it has the values alone", () => {
    const plain = parse(scenarioText(roundedDraft(draft), { header: [], isUncertain: false }));
    expect(plain.models.base.errorRate).toBe(0.0612);
  });

  test("a number that is known exactly is a value", () => {
    const exact = { value: 400, uncertain: { value: 400, interval: [400, 400] as const } };
    const changed = withNumbers(
      draft,
      new Map([
        ["models.base.thinking", { ...exact, origin: "measured" as const, note: "9 turns" }],
      ]),
    );
    expect(scenarioText(changed, { header: [], isUncertain: true })).toContain(
      "thinking: 400 # 9 turns",
    );
  });
});
