// The scenarios of a study, which ship with Faultline.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadScenario } from "../scenario/load.ts";
import { nodeFiles } from "../scenario/reading/nodeFiles.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { Study } from "./study.ts";

/** The scenarios folder of this package, both from src and from dist. */
const SHIPPED = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "scenarios");

/** Scenarios of one benchmark of a study, in the order of its architectures. */
export function shippedScenarios(study: Study, benchmark: string): Promise<Scenario[]> {
  return Promise.all(
    study.architectures.map(async (architecture) => {
      const file = join(SHIPPED, study.name, `${benchmark}-${architecture}.yaml`);
      return (await loadScenario(file, { files: nodeFiles(file) })).scenario;
    }),
  );
}
