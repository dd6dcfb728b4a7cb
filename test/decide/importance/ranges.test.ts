import { describe, expect, it } from "vitest";
import { GroupError, inputsOf } from "../../../src/decide/importance/inputs.ts";
import { readRanges, withRanges } from "../../../src/decide/importance/ranges.ts";
import { memoryFiles } from "../../../src/documents/reading/files.ts";
import { loadScenario } from "../../../src/scenario/load.ts";
import { TEAM } from "./support.ts";

describe("a range", () => {
  it("is read as the factors of a sweep are", () => {
    expect(
      readRanges(["models.a.errorRate=0.02:0.2", "b:models.b.errorRate=0.02:0.2:log"]),
    ).toEqual([
      { name: "models.a.errorRate", path: "models.a.errorRate", low: 0.02, high: 0.2, log: false },
      { name: "b", path: "models.b.errorRate", low: 0.02, high: 0.2, log: true },
    ]);
  });

  it.each([
    ["models.a.errorRate", "PATH"],
    ["models.a.errorRate=0.1,0.2", "not varied over a range"],
    ["models.a.errorRate=0.1:0.2:5", "not varied over a range"],
    ["models.a.errorRate==2*3", "not varied over a range"],
    ["models.a.errorRate=0.2:0.1", "its lower bound comes first"],
    ["models.a.errorRate=0.1:1e999", "both are finite"],
    ["models.a.errorRate=0:0.1:log", "above 0"],
  ])("%s is refused", (text, message) => {
    expect(() => readRanges([text])).toThrow(message);
  });

  it("is refused with all others that are wrong, and where two overlap", () => {
    expect(() => readRanges(["x=2:1", "y=0:1:log"])).toThrow(/lower bound[\s\S]*above 0/);
    expect(() => readRanges(["a=1:2", "b:a=1:2"])).toThrow("overlap");
  });
});

async function inputs(vary: readonly string[], groups: { name: string; paths: string[] }[] = []) {
  const files = memoryFiles({ "team.yaml": TEAM });
  const { tree } = await loadScenario("team.yaml", { files });
  const ranges = readRanges(vary);
  const scenario = await withRanges(tree, ranges);
  return inputsOf(scenario, { ranges, groups, fixed: false });
}

const valueAt = (input: Awaited<ReturnType<typeof inputs>>[number], u: number) =>
  input.parts[0].valuesAt(u)[0][1];

describe("an input", () => {
  it("has equal ratios, where a range is logarithmic", async () => {
    const [input] = await inputs(["models.a.errorRate=0.01:0.16:log"]);
    expect(valueAt(input, 0.25)).toBeCloseTo(0.02, 12);
    expect(valueAt(input, 0.5)).toBeCloseTo(0.04, 12);
  });

  it("is each whole number as often", async () => {
    const [input] = await inputs(["agents.a.count=1:3"]);
    const values = Array.from({ length: 300 }, (_, i) => valueAt(input, (i + 0.5) / 300));
    for (const count of [1, 2, 3])
      expect(values.filter((value) => value === count)).toHaveLength(100);
  });

  it("may be several numbers of a group, each in one", async () => {
    const vary = ["models.a.errorRate=0.1:0.2", "models.b.errorRate=0.1:0.2"];
    const both = ["models.a.errorRate", "models.b.errorRate"];
    const [group, ...others] = await inputs(vary, [{ name: "g", paths: both }]);
    expect(others).toEqual([]);
    expect(group.parts.flatMap(({ paths }) => paths)).toEqual(both);
    const refused = async (groups: { name: string; paths: string[] }[], message: string) => {
      const made = inputs(vary, groups);
      await expect(made).rejects.toThrow(GroupError);
      await expect(made).rejects.toThrow(message);
    };
    await refused([{ name: "g", paths: ["models.c.errorRate"] }], "is not uncertain; what is");
    await refused([{ name: "g", paths: [both[0], both[0]] }], "in two groups, or twice");
    await refused([{ name: both[1], paths: [both[0]] }], "two inputs are called");
  });
});
