// faultline schema: the JSON Schema of scenario files.
import { scenarioJsonSchema } from "../../scenario/jsonSchema.ts";
import type { Handler } from "../command.ts";
import { EXIT } from "../exitCodes.ts";
import { jsonText } from "../json.ts";

export const handle: Handler = (world) => {
  world.stdout.write(jsonText(scenarioJsonSchema()));
  return EXIT.ok;
};
