// How a result came about, as a report shows it: the command and the scenarios as they were run.
import { stringify } from "yaml";
import type { Contents } from "../../results/documents.ts";

export interface Origin {
  /** What was typed. */
  readonly command?: string | undefined;
  /** The scenarios with all their defaults, as YAML; of a sweep, the files that it was made from. */
  readonly scenarios: readonly { readonly name: string; readonly yaml: string }[];
}

/** What the manifest beside a result tells of it. */
export function originOf({ command, scenarios = [], files = {} }: Contents["manifest"]): Origin {
  return {
    command,
    scenarios: [
      ...scenarios.map((scenario) => ({
        name: scenario.name,
        yaml: stringify(scenario, { lineWidth: 100 }),
      })),
      ...Object.entries(files).map(([name, yaml]) => ({ name, yaml })),
    ],
  };
}
