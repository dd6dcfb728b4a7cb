// npm run schema: writes the JSON Schemas that the package ships, of files to scenarios/ and of documents to schemas/.
import { mkdirSync, writeFileSync } from "node:fs";
import { documentJsonSchema, KIND_NAMES } from "../dist/results/jsonSchema.js";
import { scenarioJsonSchema } from "../dist/scenario/schema.js";
import { experimentJsonSchema } from "../dist/sweep/file/schema.js";

const write = (path, schema) => writeFileSync(path, `${JSON.stringify(schema, undefined, 2)}\n`);

write("scenarios/schema.json", scenarioJsonSchema());
write("scenarios/experiment.schema.json", experimentJsonSchema());
mkdirSync("schemas", { recursive: true });
for (const name of KIND_NAMES) write(`schemas/${name}.schema.json`, documentJsonSchema(name));
