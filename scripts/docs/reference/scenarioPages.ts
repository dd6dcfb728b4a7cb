// The pages docs/reference/scenario/ and docs/reference/phases/, and those of experiment and targets files: prose that stands
// beside each schema, with tables of its fields.
import { targetsJsonSchema } from "../../../src/calibrate/file/schema.ts";
import { jsonSchemaOf } from "../../../src/documents/jsonSchema.ts";
import { PHASES, type PhaseKind } from "../../../src/scenario/protocol/phases.ts";
import { scenarioFileSchema } from "../../../src/scenario/schema.ts";
import { experimentJsonSchema } from "../../../src/sweep/file/schema.ts";
import { wordTable } from "../places.ts";
import { pageFrom, proseAt } from "./page.ts";
import { type Field, fieldAt, fieldPlaces } from "./schemaFields.ts";

/** A page about fields: where its prose stands, and which fields it tells. */
export interface FieldPage {
  /** From docs/. */
  readonly page: string;
  readonly source: string;
  readonly root: Field;
  /** Paths of the fields, with all below them, that the page tells. */
  readonly tells: readonly string[];
  /** Where fields are told that this page only names. */
  readonly elsewhere?: Readonly<Record<string, string>>;
  readonly standards?: Readonly<Record<string, string>>;
}

const SCENARIO = jsonSchemaOf(scenarioFileSchema) as unknown as Field & {
  readonly $defs: { readonly phase: Field };
};

/** Top-level fields by the section that tells them. */
const SECTIONS = {
  task: ["task"],
  models: ["models"],
  agents: ["agents", "agentDefaults"],
  topology: ["topology"],
  protocol: ["protocol"],
  workload: ["workload", "budget", "limits", "replications", "repeats", "seed"],
  objectives: ["objectives", "success", "thresholds"],
  uncertain: ["uncertain"],
  improvements: ["improvements"],
} as const;

const sectionPages = Object.entries(SECTIONS).map(
  ([section, tells]): FieldPage => ({
    page: `reference/scenario/${section}.md`,
    source: `src/scenario/${section}/reference.md`,
    root: SCENARIO,
    tells,
    elsewhere: {
      "topology.latency": "The kinds are those of [a model's latency](models.md#latency).",
      "agents.NAME.duration": "The kinds are those of [a model's latency](models.md#latency).",
      agentDefaults: "The fields are those of a group.",
    },
  }),
);

const phasePages = (Object.keys(PHASES) as PhaseKind[]).map(
  (kind): FieldPage => ({
    page: `reference/phases/${kind}.md`,
    source: `src/scenario/protocol/phases/${kind}.md`,
    root: fieldAt(SCENARIO.$defs.phase, kind) as Field,
    tells: [""],
  }),
);

const indexPage: FieldPage = {
  page: "reference/scenario/index.md",
  source: "src/scenario/reference.md",
  root: SCENARIO,
  standards: { name: "file name" },
  tells: ["faultline", "name", "description", "parameters", "extends", "$schema"],
  elsewhere: Object.fromEntries(
    Object.entries(SECTIONS).flatMap(([section, fields]) =>
      fields.map((field) => [field, `See [${section}](${section}.md).`]),
    ),
  ),
};

const filePages: readonly FieldPage[] = [
  {
    page: "reference/experiments.md",
    source: "src/sweep/file/reference.md",
    root: experimentJsonSchema() as Field,
    standards: { name: "file name" },
    tells: [""],
  },
  {
    page: "reference/targets.md",
    source: "src/calibrate/file/reference.md",
    root: targetsJsonSchema() as Field,
    tells: [""],
  },
];

/** All pages about fields. */
export const FIELD_PAGES = [indexPage, ...sectionPages, ...phasePages, ...filePages];

export function fieldPage({ source, root, elsewhere = {}, standards = {} }: FieldPage): string {
  return pageFrom(source, {
    ...fieldPlaces(proseAt(source), root, { elsewhere, standards }),
    ...(source === "src/scenario/protocol/reference.md" ? { "table phases": phaseTable() } : {}),
  });
}

const phaseTable = () =>
  wordTable(
    ["Phase", "What it does"],
    Object.values(PHASES).map(({ kind, description }) => [
      `[\`${kind}\`](../phases/${kind}.md)`,
      description,
    ]),
  );
