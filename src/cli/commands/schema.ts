// faultline schema: the JSON Schema of scenario files, of experiment files, or of targets files.
import { targetsJsonSchema } from "../../calibrate/schema.ts";
import { suggest } from "../../scenario/checking/suggest.ts";
import { scenarioJsonSchema } from "../../scenario/jsonSchema.ts";
import { experimentJsonSchema } from "../../sweep/schema.ts";
import type { Handler } from "../command.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { jsonText } from "../json.ts";

const SCHEMAS = new Map([
  ["scenario", scenarioJsonSchema],
  ["experiment", experimentJsonSchema],
  ["targets", targetsJsonSchema],
]);

export const handle: Handler = (world, { operands: [kind = "scenario"] }) => {
  const schema = SCHEMAS.get(kind);
  if (schema === undefined) {
    const kinds = [...SCHEMAS.keys()];
    const meant = suggest(kind, kinds);
    throw new UsageError(
      `there is no schema ${kind}${meant ? `; did you mean ${meant}?` : ""}`,
      `The schemas are: ${kinds.join(", ")}.`,
    );
  }
  world.stdout.write(jsonText(schema()));
  return EXIT.ok;
};
