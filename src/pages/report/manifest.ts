// manifest.json beside a result: the command and the scenarios as they were run.
import { stringify } from "yaml";

export interface Manifest {
  /** What was typed. */
  readonly command?: string | undefined;
  /** The scenarios with all their defaults, as YAML; of a sweep, the files that it was made from. */
  readonly scenarios: readonly { readonly name: string; readonly yaml: string }[];
}

const SCHEMA = "faultline/manifest@1";

/** Reads a manifest; undefined where the text is none, or of a version that is not known. */
export function parseManifest(text: string): Manifest | undefined {
  const value = readJson(text);
  if (!isObject(value) || value.schema !== SCHEMA) return undefined;
  const { command, scenarios } = value;
  const listed = Array.isArray(scenarios) ? scenarios.filter(isObject) : [];
  return {
    ...(typeof command === "string" ? { command } : {}),
    scenarios: [
      ...listed.map((scenario, i) => ({
        name: typeof scenario.name === "string" ? scenario.name : `scenario ${i + 1}`,
        yaml: stringify(scenario, { lineWidth: 100 }),
      })),
      ...filesOf(value.files),
    ],
  };
}

function filesOf(files: unknown): Manifest["scenarios"] {
  const texts = isObject(files) ? Object.entries(files) : [];
  return texts.flatMap(([name, yaml]) => (typeof yaml === "string" ? [{ name, yaml }] : []));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
