// Holds a tree against the schema of scenarios.

import { Explainer, type Format } from "../../documents/checking/explain.ts";
import type { Report } from "../../documents/checking/problems.ts";
import { repair } from "../../documents/checking/repair.ts";
import type { MapNode, TreeNode } from "../../documents/reading/tree.ts";
import { isNull, toPlain } from "../../documents/reading/tree.ts";
import type { Scenario } from "../schema.ts";
import { scenarioSchema } from "../schema.ts";

const SCENARIOS: Format = { schema: scenarioSchema, hasFormulas: true };

/** The sections of a scenario that are valid, or could be mended. */
export type Sections = Partial<Scenario>;

/** A section without problems: as it was written, and as the schema completes it. */
interface ValidSection {
  readonly plain: unknown;
  readonly data: unknown;
}

/** Sections that were found valid, by their nodes: the cells of a sweep share those in which no factor is set. */
const VALID = new Map(
  Object.keys(scenarioSchema.shape).map((key) => [key, new WeakMap<TreeNode, ValidSection>()]),
);

/**
 * Validates each top-level section by itself, so that a problem in one does not hide the meaning of another. A section
 * with problems that leave its structure clear is returned as mended, for the checks that follow. Problems go to
 * the report; without any, the sections are the whole scenario.
 */
export function validate(tree: MapNode, report: Report): Sections {
  const plain = plainSections(tree);
  const explainer = new Explainer(SCENARIOS, tree, plain, report);
  const sections: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(scenarioSchema.shape)) {
    const known = knownSection(tree, key);
    if (known) {
      sections[key] = known.data;
      continue;
    }
    const result = schema.safeParse(plain[key]);
    const section = result.success ? result.data : repair(schema, plain[key]);
    if (section !== undefined) sections[key] = section;
    const node = tree.entries.get(key)?.value;
    if (node && result.success) VALID.get(key)?.set(node, { plain: plain[key], data: section });
    const issues = result.error?.issues ?? [];
    explainer.explainAll(issues.map((issue) => ({ ...issue, path: [key, ...issue.path] })));
  }
  const unknown = Object.keys(plain).filter((key) => !Object.hasOwn(scenarioSchema.shape, key));
  explainer.explainUnknownKeys([], unknown);
  return sections as Sections;
}

function knownSection(tree: MapNode, key: string): ValidSection | undefined {
  const node = tree.entries.get(key)?.value;
  return node && VALID.get(key)?.get(node);
}

/** The plain value of every section. One whose value is null is left out. */
function plainSections(tree: MapNode): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const [key, { value }] of tree.entries)
    if (!isNull(value)) plain[key] = knownSection(tree, key)?.plain ?? toPlain(value);
  return plain;
}
