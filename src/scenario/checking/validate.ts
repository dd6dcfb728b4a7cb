// Holds a tree against the schema of scenarios.
import type { MapNode } from "../reading/tree.ts";
import { toPlain } from "../reading/tree.ts";
import type { Scenario } from "../schema.ts";
import { scenarioSchema } from "../schema.ts";
import { Explainer, type Format } from "./explain.ts";
import type { Report } from "./problems.ts";
import { repair } from "./repair.ts";

const SCENARIOS: Format = { schema: scenarioSchema, hasFormulas: true };

/** The sections of a scenario that are valid, or could be mended. */
export type Sections = Partial<Scenario>;

/**
 * Validates each top-level section by itself, so that a problem in one does not hide the meaning of another. A section
 * with problems that leave its structure clear is returned as mended, for the checks that follow. Problems go to
 * the report; without any, the sections are the whole scenario.
 */
export function validate(tree: MapNode, report: Report): Sections {
  const plain = toPlain(tree) as Record<string, unknown>;
  const explainer = new Explainer(SCENARIOS, tree, plain, report);
  const sections: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(scenarioSchema.shape)) {
    const result = schema.safeParse(plain[key]);
    const section = result.success ? result.data : repair(schema, plain[key]);
    if (section !== undefined) sections[key] = section;
    const issues = result.error?.issues ?? [];
    explainer.explainAll(issues.map((issue) => ({ ...issue, path: [key, ...issue.path] })));
  }
  for (const key of Object.keys(plain))
    if (!Object.hasOwn(scenarioSchema.shape, key)) explainer.explainUnknownKey([key]);
  return sections as Sections;
}
