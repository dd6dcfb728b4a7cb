// The document of an estimate: what was read, what it tells, how well the scenario that comes of it fits, and what stays open.
import { ENGINE } from "../experiment/result.ts";
import type { ReadSummary } from "../logs/read.ts";
import type { Certificate } from "./certificate.ts";
import type { Estimates } from "./estimates.ts";
import type { EstimatedTeam } from "./estimateTeam.ts";
import type { Totals } from "./gather.ts";
import type { Stated } from "./team/draft.ts";

/** A number of the scenario, with its dotted path. */
export interface ScenarioNumber extends Stated {
  readonly path: string;
}

/** What was read, as far as it is known: runs that a program hands over come of no files. */
export type ReadPart = Omit<ReadSummary, "bytes">;

/** The document that `faultline estimate --json` prints, and estimate.json. */
export interface EstimateResult {
  readonly schema: "faultline/estimate@1";
  readonly engine: typeof ENGINE;
  /** Of the scenario. */
  readonly name: string;
  /** File of the scenario, beside this one. */
  readonly scenario: string;
  /** The file whose structure it has, as it was named. */
  readonly like?: string;
  readonly read: ReadPart;
  /** Of all runs that were read, those that are not estimated from included. */
  readonly totals: Totals;
  readonly estimates: Estimates;
  readonly numbers: readonly ScenarioNumber[];
  readonly certificate: Certificate;
}

export interface DocumentParts {
  readonly name: string;
  readonly like?: string | undefined;
  readonly read: ReadSummary | undefined;
  readonly totals: Totals;
  readonly team: EstimatedTeam;
}

export function documentOf({ name, like, read, totals, team }: DocumentParts): EstimateResult {
  const { estimates, certificate, draft } = team;
  const { bytes: _, ...summary } = read ?? { ...NOTHING, runs: estimates.runs };
  return {
    schema: "faultline/estimate@1",
    engine: ENGINE,
    name,
    scenario: `${name}.yaml`,
    ...(like !== undefined && { like }),
    read: summary,
    totals,
    estimates,
    numbers: [...draft.numbers]
      .map(([path, stated]) => ({ path, ...stated }))
      .sort((a, b) => sectionOf(a.path) - sectionOf(b.path)),
    certificate,
  };
}

const NOTHING: ReadSummary = {
  files: 0,
  bytes: 0,
  runs: 0,
  formats: [],
  troubles: [],
  unknown: [],
};

const SECTIONS = ["task", "models", "agents", "topology"];

/** The place of the section of a scenario that a path leads into. */
const sectionOf = (path: string) => SECTIONS.indexOf(path.split(".")[0]);
