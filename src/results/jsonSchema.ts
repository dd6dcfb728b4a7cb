// The JSON Schemas of documents, for other programs. Besides the usual words every field has `unit` where it has one.
import { jsonSchemaOf } from "../documents/jsonSchema.ts";
import { KINDS, type KindName, kindOf } from "./documents.ts";

export const KIND_NAMES = Object.keys(KINDS) as readonly KindName[];

/**
 * JSON Schema (draft 2020-12) of a document. Its maps are open: a later version may add keys. What a schema cannot say,
 * such as that intervals have their lower end first, is checked when a document is read.
 */
export const documentJsonSchema = (name: KindName): object => jsonSchemaOf(kindOf(name).schema);
