// The templates of init, in one table: each is a scenario in scenarios/templates, and teaches one pattern.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SHIPPED } from "../documents/reading/nodeFiles.ts";

/** What each template teaches, by name. */
export const TEMPLATES = {
  single: "one agent that reviews its work: the baseline for every team",
  pipeline:
    "specialists who own their parts, a person who reviews what is critical, and errors that cost dollars",
  "support-desk":
    "a bot that hands to people what it is unsure of: shifts, urgent tickets, busy mornings",
  review: "two writers and an editor who checks what they hand in and sends back what is wrong",
  debate: "three agents that solve the same task, show each other what they have, and revise",
  voting: "five agents that solve the same task without talking; the majority decides",
  router: "routine tasks go to a cheap model, hard ones to a large model",
  react: "one agent with tools that thinks, acts and observes, one step per call",
} as const;

export type TemplateName = keyof typeof TEMPLATES;

export const DEFAULT_TEMPLATE: TemplateName = "review";

export const TEMPLATE_NAMES = Object.keys(TEMPLATES) as TemplateName[];

/** All templates, a line each. */
export function templateList(): string {
  const width = Math.max(...TEMPLATE_NAMES.map(({ length }) => length)) + 2;
  return TEMPLATE_NAMES.map((name) => `${name.padEnd(width)}${TEMPLATES[name]}`).join("\n");
}

/** The scenario of a template, with the place of the schema that an editor finds in its first line. */
export function templateText(name: TemplateName, schema: string): string {
  const text = readFileSync(join(SHIPPED, "templates", `${name}.yaml`), "utf8");
  return text.replace(/^.*/, () => `# yaml-language-server: $schema=${schema}`);
}
