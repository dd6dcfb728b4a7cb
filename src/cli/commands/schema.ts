// faultline schema: the JSON Schema of scenario, experiment or targets files, or of a document that Faultline writes.
import { targetsJsonSchema } from "../../calibrate/file/schema.ts";
import { suggest } from "../../documents/checking/suggest.ts";
import { documentJsonSchema, KIND_NAMES } from "../../results/jsonSchema.ts";
import { scenarioJsonSchema } from "../../scenario/schema.ts";
import { experimentJsonSchema } from "../../sweep/file/schema.ts";
import type { Handler } from "../command.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { jsonText } from "../json.ts";

const SCHEMAS = new Map<string, () => object>([
  ["scenario", scenarioJsonSchema],
  ["experiment", experimentJsonSchema],
  ["targets", targetsJsonSchema],
  ...KIND_NAMES.map((name) => [name, () => documentJsonSchema(name)] as const),
]);

export const SCHEMA_NAMES: readonly string[] = [...SCHEMAS.keys()];

export const handle: Handler = (world, { operands: [kind = "scenario"] }) => {
  const schema = SCHEMAS.get(kind);
  if (schema === undefined) {
    const meant = suggest(kind, SCHEMA_NAMES);
    throw new UsageError(
      `there is no schema ${kind}${meant ? `; did you mean ${meant}?` : ""}`,
      `The schemas are: ${SCHEMA_NAMES.join(", ")}.`,
    );
  }
  world.stdout.write(jsonText(schema()));
  return EXIT.ok;
};
