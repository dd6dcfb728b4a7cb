// JSON Schemas of files, for editors (completion, documentation and checks while one types) and other programs. Besides
// the usual words every field has `unit`.
import { z } from "zod";
import { patternOf } from "./checking/signedAmounts.ts";
import { MAX_FORMULA } from "./formulas/formulas.ts";
import { UNCERTAIN_JSON } from "./uncertain.ts";

type Json = Record<string, unknown>;

/** How a formula is told from other text. */
const FORMULA = { type: "string", pattern: "^\\s*=", maxLength: MAX_FORMULA };

/** Where the definition of uncertain numbers stands. */
const UNCERTAIN = "uncertainNumber";

/** What may be written instead of any number. */
const INSTEAD: readonly Json[] = [FORMULA, { $ref: `#/$defs/${UNCERTAIN}` }];

/** JSON Schema (draft 2020-12) of what is written; what it cannot say is left open. */
export function jsonSchemaOf(schema: z.ZodType): Json {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Json;
}

/**
 * JSON Schema (draft 2020-12) of a file that may be a part that others extend. So outside of lists, which are only ever
 * replaced as a whole, no key is required, and any may be null, which takes away what was inherited. Every number may be
 * a formula, an uncertain number, or an amount with its sign where the unit has one.
 */
export function partialJsonSchemaOf(schema: z.ZodType): Json {
  const { $schema, $defs, title, description, ...root } = jsonSchemaOf(schema);
  const definitions = mapObject(($defs ?? {}) as Json, (definition) => adapt(definition, false));
  const $definitions = { ...definitions, [UNCERTAIN]: UNCERTAIN_JSON };
  return { $schema, title, description, ...adapt(root, true), $defs: $definitions };
}

/**
 * One schema and those inside it.
 * @param isPart whether it describes a part of something that other files can complete
 */
function adapt(schema: Json, isPart: boolean): Json {
  const { oneOf, required, properties, additionalProperties, items, anyOf, ...rest } = schema;
  const adapted: Json = { ...rest };
  const alternatives = (oneOf ?? anyOf) as Json[] | undefined;
  if (alternatives) adapted.anyOf = alternatives.flatMap((one) => adaptAlternative(one, isPart));
  if (required && !isPart) adapted.required = required;
  if (properties)
    adapted.properties = mapObject(properties as Json, (property) => {
      const inside = adapt(property, isPart);
      return isPart ? orNull(inside) : inside;
    });
  if (additionalProperties === false) adapted.additionalProperties = false;
  else if (additionalProperties) {
    const inside = adapt(additionalProperties as Json, isPart);
    adapted.additionalProperties = isPart ? orNull(inside) : inside;
  }
  if (items) adapted.items = adapt(items as Json, false);
  return isNumber(schema) ? orFormula(adapted) : adapted;
}

/** A number beside other alternatives makes a formula and an uncertain number more of them. */
function adaptAlternative(schema: Json, isPart: boolean): Json[] {
  return isNumber(schema) ? [schema, ...INSTEAD] : [adapt(schema, isPart)];
}

function isNumber({ type, const: constant }: Json): boolean {
  return (type === "number" || type === "integer") && constant === undefined;
}

/** Splits off what only a number has to obey. */
function orFormula({ type, minimum, maximum, ...rest }: Json): Json {
  const number = Object.entries({ type, minimum, maximum }).filter(([, v]) => v !== undefined);
  const pattern = patternOf(rest.unit);
  const amount = pattern === undefined ? [] : [{ type: "string", pattern }];
  return { ...rest, anyOf: [Object.fromEntries(number), ...INSTEAD, ...amount] };
}

function orNull(schema: Json): Json {
  if (schema.const !== undefined) return schema;
  if (schema.anyOf) return { ...schema, anyOf: [...(schema.anyOf as Json[]), { type: "null" }] };
  const words = schema.enum ? { enum: [...(schema.enum as unknown[]), null] } : {};
  return { ...schema, ...words, type: [schema.type, "null"] };
}

function mapObject(object: Json, change: (value: Json) => Json): Json {
  return Object.fromEntries(Object.entries(object).map(([k, v]) => [k, change(v as Json)]));
}
