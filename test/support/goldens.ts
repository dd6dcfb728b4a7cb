// The goldens of numbers: what shipped scenarios, experiments and calibrations give. Each is known by two hashes, of what
// it is made from and of its numbers, so that a word in it may change and a number may not.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { nodeFiles } from "../../src/documents/reading/nodeFiles.ts";
import { loadScenario } from "../../src/scenario/load.ts";

const SCENARIOS = join(import.meta.dirname, "..", "..", "scenarios");

/** The ledger of goldens, which `npm run golden` keeps. */
export const LEDGER = join(SCENARIOS, "goldens.json");

export interface Golden {
  /** Hash of the scenario and of all files that it extends; null for what is not made from one scenario. */
  readonly source: string | null;
  /** Hash of the numbers, in their places. */
  readonly numbers: string;
}

export interface Ledger {
  readonly semantics: number;
  readonly goldens: Readonly<Record<string, Golden>>;
}

export const readLedger = (): Ledger => JSON.parse(readFileSync(LEDGER, "utf8"));

/** All goldens of numbers as they stand on disk, by path below `scenarios`. */
export async function goldensOnDisk(): Promise<Record<string, Golden>> {
  const files = readdirSync(SCENARIOS, { recursive: true, encoding: "utf8" })
    .filter((file) => basename(dirname(file)) === "golden")
    .sort();
  const goldens: Record<string, Golden> = {};
  for (const file of files) {
    const path = join(SCENARIOS, file);
    const numbers = hash(numbersOf(readFileSync(path, "utf8"), file.endsWith(".json")));
    goldens[file.split(sep).join("/")] = { source: await sourceOf(path), numbers };
  }
  return goldens;
}

/** The goldens whose numbers changed although neither the semantics nor the scenario did. */
export function changedWithoutReason(
  { semantics, goldens }: Ledger,
  now: Readonly<Record<string, Golden>>,
  present: number,
): string[] {
  if (semantics !== present) return [];
  return Object.keys(now).filter((file) => {
    const before = goldens[file];
    const isSameSource = before?.source === now[file].source;
    return before !== undefined && isSameSource && before.numbers !== now[file].numbers;
  });
}

/** The text without its words: strings of JSON are left out, and the header of a table. */
function numbersOf(text: string, isJson: boolean): string {
  if (!isJson) return text.slice(text.indexOf("\n"));
  const withoutEngine = { ...JSON.parse(text), engine: null };
  return JSON.stringify(withoutEngine, (_, value) => (typeof value === "string" ? "" : value));
}

/** Hash of what a golden is made from: `NAME.yaml` in the folder above, with what it extends. */
async function sourceOf(golden: string): Promise<string | null> {
  const file = join(dirname(dirname(golden)), `${basename(golden, ".json")}.yaml`);
  if (!existsSync(file)) return null;
  const { files } = await loadScenario(file, { files: nodeFiles(file) });
  const texts = files.map((path) => `${relative(SCENARIOS, path)}\n${readFileSync(path, "utf8")}`);
  return hash(texts.join("\n"));
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);
