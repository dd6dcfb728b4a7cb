// The scenarios of a study, which ship with Faultline.
import { join } from "node:path";
import { loadScenario } from "../scenario/load.ts";
import { nodeFiles, SHIPPED } from "../scenario/reading/nodeFiles.ts";
import type { Overrides } from "../scenario/reading/overrides.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { Series, Study } from "./study.ts";

/** Scenarios of one benchmark of a study, in the order of its architectures. */
export function shippedScenarios(study: Study, benchmark: string): Promise<Scenario[]> {
  return Promise.all(
    study.architectures.map((architecture) => load(study, benchmark, architecture)),
  );
}

/** Scenarios of a series, each called after its variant. */
export function seriesScenarios(study: Study, { variants }: Series): Promise<Scenario[]> {
  return Promise.all(
    variants.map(async ({ name, benchmark, architecture, change }) => {
      const shipped = await load(study, benchmark, architecture);
      return load(study, benchmark, architecture, { ...change(shipped), name });
    }),
  );
}

async function load(
  study: Study,
  benchmark: string,
  architecture: string,
  overrides: Overrides = {},
): Promise<Scenario> {
  const file = join(SHIPPED, study.name, `${benchmark}-${architecture}.yaml`);
  const changes = { repeats: study.repeats, ...overrides };
  return (await loadScenario(file, { files: nodeFiles(file), overrides: changes })).scenario;
}
