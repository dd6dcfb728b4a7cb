// The scenario file, defined once: types, validation, defaults and the JSON Schema all derive from the sections that are
// put together here. What the words mean: docs/reference/glossary.md; the sections say what may be written and in which range.
import { z } from "zod";
import { FILE_KEYS, name, namedMap, number, section, text } from "../documents/fields.ts";
import { partialJsonSchemaOf } from "../documents/jsonSchema.ts";
import { agentDefaults, agents } from "./agents/schema.ts";
import { improvements } from "./improvements/schema.ts";
import { models } from "./models/schema.ts";
import { objectives, success, thresholds } from "./objectives/schema.ts";
import { phasesSchema } from "./protocol/phases.ts";
import { task } from "./task/schema.ts";
import { topology } from "./topology/schema.ts";
import { uncertain, uncertainInFile } from "./uncertain/schema.ts";
import {
  budget,
  limits,
  repeats,
  replications,
  sampling,
  seed,
  workload,
} from "./workload/schema.ts";

const ABOUT = {
  title: "Faultline scenario",
  description: "A task, a team and the protocol by which it works.",
};

export const scenarioSchema = section(ABOUT.title, ABOUT.description, {
  faultline: z
    .literal(1)
    .default(1)
    .meta({ title: "Format", description: "Version of the scenario format.", unit: "version" }),
  name: name("Name", "Name of the scenario. The default is the file name."),
  description: text("Description", "What the scenario is, for readers.", { max: 10_000 }).default(
    "",
  ),
  parameters: namedMap(
    number("Parameter", "A number, or a formula of other parameters.", ["any"]),
    "Parameters",
    "Named numbers that formulas can use and sweeps can vary.",
  ).default({}),
  task,
  models: models.default({}),
  agents,
  topology: topology.prefault({}),
  protocol: phasesSchema("Protocol", "The phases, in order."),
  budget: budget.prefault({}),
  workload: workload.prefault({ arrivals: "one" }),
  objectives: objectives.prefault({}),
  success: success.optional(),
  limits: limits.prefault({}),
  replications,
  repeats,
  sampling,
  seed,
  thresholds,
  uncertain: uncertain.optional(),
  improvements: improvements.optional(),
});

/** A scenario with every default filled in: what the file means. */
export type Scenario = z.output<typeof scenarioSchema>;

/** What a file may have: the scenario, and keys that are resolved before validation. */
export const scenarioFileSchema = scenarioSchema
  .extend({
    ...FILE_KEYS,
    agentDefaults: agentDefaults.optional(),
    uncertain: uncertainInFile.optional(),
  })
  .meta(ABOUT);

/** JSON Schema (draft 2020-12) of a scenario file, which may be a part that others extend. */
export const scenarioJsonSchema = (): object => partialJsonSchemaOf(scenarioFileSchema);
