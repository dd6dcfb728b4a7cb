// The scenarios of a study, which ship with Faultline. Each file is read once, for all scenarios that are made of it.
import { join } from "node:path";
import { METRIC_NAMES } from "../metrics/definitions.ts";
import { Report, ScenarioError } from "../scenario/checking/problems.ts";
import { complete, nameAfterFile } from "../scenario/load.ts";
import { readWithBases } from "../scenario/reading/extend.ts";
import { nodeFiles, SHIPPED } from "../scenario/reading/nodeFiles.ts";
import { applyOverrides, type Overrides } from "../scenario/reading/overrides.ts";
import type { MapNode } from "../scenario/reading/tree.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { BenchmarkStudy, Series } from "./benchmarkStudy.ts";

/** Scenarios of one benchmark of a study, in the order of its architectures. */
export function shippedScenarios(study: BenchmarkStudy, benchmark: string): Promise<Scenario[]> {
  const shipped = new Shipped(study);
  return Promise.all(study.architectures.map((one) => shipped.scenario(benchmark, one)));
}

/** Scenarios of a series, each called after its variant. */
export function seriesScenarios(study: BenchmarkStudy, { variants }: Series): Promise<Scenario[]> {
  const shipped = new Shipped(study);
  return Promise.all(
    variants.map(async ({ name, benchmark, architecture, change }) => {
      const unchanged = await shipped.scenario(benchmark, architecture);
      return shipped.scenario(benchmark, architecture, { ...change(unchanged), name });
    }),
  );
}

class Shipped {
  private readonly study: BenchmarkStudy;
  private readonly trees = new Map<string, MapNode>();

  constructor(study: BenchmarkStudy) {
    this.study = study;
  }

  async scenario(
    benchmark: string,
    architecture: string,
    changes: Overrides = {},
  ): Promise<Scenario> {
    const { name, repeats } = this.study;
    const file = join(SHIPPED, name, `${benchmark}-${architecture}.yaml`);
    const report = new Report();
    const set = applyOverrides(this.tree(file), { repeats, ...changes }, report);
    const { scenario } = await complete(nameAfterFile(set, file), report, METRIC_NAMES);
    if (scenario === undefined) throw new ScenarioError(report.sorted());
    return scenario;
  }

  private tree(file: string): MapNode {
    const report = new Report();
    const tree = this.trees.get(file) ?? readWithBases(file, nodeFiles(file), report).tree;
    if (tree === undefined) throw new ScenarioError(report.sorted());
    this.trees.set(file, tree);
    return tree;
  }
}
