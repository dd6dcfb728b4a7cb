// Holds trees against schemas. What is valid by itself is handed on whatever is wrong elsewhere, so that all problems of a
// file are found at once.

import type { z } from "zod";
import { isNull, type MapNode, type TreeNode, toPlain } from "../reading/tree.ts";
import type { Examined } from "./examined.ts";
import { Explainer, type Format } from "./explain.ts";
import { repair } from "./repair.ts";
import { isMap } from "./schemaWalk.ts";

/** The plain value of a file; what its schema does not allow is told to `examined`. */
export function holdAgainst(format: Format, examined: Examined): Record<string, unknown> {
  const plain = toPlain(examined.tree) as Record<string, unknown>;
  const { error } = (format.schema as z.ZodType).safeParse(plain);
  new Explainer(format, examined, plain).explainAll(error?.issues ?? []);
  return plain;
}

/** A map, as far as it is valid. */
export interface Parts<T> {
  /** All of it, if all of it is valid. */
  readonly whole: T | undefined;
  /** Its valid fields, with defaults. */
  readonly fields: Partial<T>;
  /** Fields that are there and not valid. */
  readonly broken: ReadonlySet<string>;
}

/** The valid parts of a plain value. */
export function partsOf<S extends z.ZodObject>(schema: S, value: unknown): Parts<z.output<S>> {
  const fields: Record<string, unknown> = {};
  const broken = new Set<string>();
  const plain = isMap(value) ? value : {};
  for (const [key, field] of Object.entries(schema.shape)) {
    const { success, data } = (field as z.ZodType).safeParse(plain[key]);
    if (success) fields[key] = data;
    else if (plain[key] !== undefined) broken.add(key);
  }
  const whole = schema.safeParse(value).data;
  return { whole, fields: fields as Partial<z.output<S>>, broken };
}

/** A section without problems: as it was written, and as the schema completes it. */
interface ValidSection {
  readonly plain: unknown;
  readonly data: unknown;
}

/** Sections that were found valid, by schema and node: the cells of a sweep share those in which no factor is set. */
const VALID = new WeakMap<z.core.$ZodType, WeakMap<TreeNode, ValidSection>>();

/**
 * Validates each top-level section by itself, so that a problem in one does not hide the meaning of another. A section
 * with problems that leave its structure clear is returned as mended, for the checks that follow. What is wrong is told to
 * `examined`; where nothing is, the sections are the whole file.
 */
export function validSections<S extends z.ZodObject>(
  format: Format & { readonly schema: S },
  examined: Examined,
): Partial<z.output<S>> {
  const { tree } = examined;
  const { shape } = format.schema;
  const plain = plainSections(tree, shape);
  const explainer = new Explainer(format, examined, plain);
  const sections: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(shape) as [string, z.ZodType][]) {
    const node = tree.entries.get(key)?.value;
    const known = knownSection(schema, node);
    if (known !== undefined) {
      sections[key] = known.data;
      continue;
    }
    const result = schema.safeParse(plain[key]);
    const section = result.success
      ? result.data
      : repair(schema, plain[key], format.decisive ?? []);
    if (section !== undefined) sections[key] = section;
    if (node && result.success) remember(schema, node, { plain: plain[key], data: section });
    const issues = result.error?.issues ?? [];
    explainer.explainAll(issues.map((issue) => ({ ...issue, path: [key, ...issue.path] })));
  }
  explainer.explainUnknownKeys(
    [],
    Object.keys(plain).filter((key) => !Object.hasOwn(shape, key)),
  );
  return sections as Partial<z.output<S>>;
}

function knownSection(
  schema: z.core.$ZodType | undefined,
  node: TreeNode | undefined,
): ValidSection | undefined {
  return schema && node && VALID.get(schema)?.get(node);
}

function remember(schema: z.core.$ZodType, node: TreeNode, section: ValidSection): void {
  const known = VALID.get(schema) ?? new WeakMap<TreeNode, ValidSection>();
  VALID.set(schema, known.set(node, section));
}

/** The plain value of every section. One whose value is null is left out. */
function plainSections(
  tree: MapNode,
  shape: Readonly<Record<string, z.core.$ZodType>>,
): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const [key, { value }] of tree.entries)
    if (!isNull(value)) plain[key] = knownSection(shape[key], value)?.plain ?? toPlain(value);
  return plain;
}
