// The table of contents of the documentation, in reading order. The site's sidebars and llms.txt are made from it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../session/pages.ts";

const DOCS = join(ROOT, "docs");

export interface Chapter {
  readonly title: string;
  /** What a reader finds there. */
  readonly about: string;
  readonly folder: string;
  /** Pages by path within the folder, without `.md`. */
  readonly pages: readonly string[];
}

export const CHAPTERS: readonly Chapter[] = [
  {
    title: "Tutorials",
    about: "Lessons to follow, ten minutes each",
    folder: "tutorials",
    pages: [
      "first-team",
      "from-your-logs",
      "insurance-pipeline",
      "sweep-with-a-chart",
      "threshold-in-ci",
    ],
  },
  {
    title: "Guides",
    about: "How to do one thing",
    folder: "guides",
    pages: [
      "choose-an-architecture",
      "choose",
      "improve",
      "threshold",
      "why-a-run-failed",
      "what-errors-cost",
      "load-and-tails",
      "repeat-run-reliability",
      "many-machines",
      "estimate-from-logs",
      "uncertain-numbers",
      "importance",
      "calibrate",
      "write-a-study",
      "use-as-a-library",
    ],
  },
  {
    title: "Background",
    about: "How it works, and how far to trust it",
    folder: "background",
    pages: [
      "mechanism",
      "statistics",
      "precision",
      "estimating",
      "article",
      "error-amplification",
      "validity",
      "advice",
      "studies/index",
      "studies/kim2025",
      "studies/debate",
      "studies/resilience",
      "studies/relay",
      "studies/clear",
      "studies/contagion",
      "studies/cost",
      "studies/maker",
      "studies/operation",
      "studies/react",
      "studies/routing",
      "studies/taubench",
    ],
  },
  {
    title: "Reference",
    about: "Every field, phase, metric and command",
    folder: "reference",
    pages: [
      "glossary",
      "troubleshooting",
      "scenario/index",
      "scenario/task",
      "scenario/models",
      "scenario/agents",
      "scenario/topology",
      "scenario/protocol",
      "scenario/workload",
      "scenario/objectives",
      "scenario/uncertain",
      "scenario/improvements",
      "phases/assign",
      "phases/work",
      "phases/send",
      "phases/check",
      "phases/revise",
      "phases/repeat",
      "phases/escalate",
      "phases/aggregate",
      "metrics",
      "charts",
      "commands",
      "exit-codes",
      "experiments",
      "targets",
      "columns",
      "documents",
      "library",
    ],
  },
  {
    title: "Decisions",
    about: "Why it is built as it is",
    folder: "decisions",
    pages: ["index", ...recordsOf("decisions")],
  },
];

/** The numbered records of a folder, in order. */
function recordsOf(folder: string): string[] {
  const names = readdirSync(join(DOCS, folder)).filter((name) => /^\d+-.*\.md$/.test(name));
  return names.sort().map((name) => name.replace(/\.md$/, ""));
}

/** The title of a page: its first heading. */
export function titleOf(path: string): string {
  const text = readFileSync(join(DOCS, `${path}.md`), "utf8");
  return /^# (.+)$/m.exec(text)?.[1] ?? path;
}

/** The first sentence below the title, as plain text. */
export function summaryOf(path: string): string {
  const text = readFileSync(join(DOCS, `${path}.md`), "utf8").replaceAll(/<!--[\s\S]*?-->/g, "");
  const [, paragraph = ""] = /^# .+\n+((?:[^\n#|`!<].*\n)+)/m.exec(text) ?? [];
  const plain = paragraph
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/[*`]/g, "")
    .replaceAll("\n", " ");
  return /^.*?[.?](?= |$)/.exec(plain)?.[0] ?? plain.trim();
}

/** The contents for programs that read documentation (llmstxt.org). */
export function llmsText(): string {
  const chapters = CHAPTERS.map(({ title, folder, pages }) => {
    const lines = pages.map((page) => {
      const path = `${folder}/${page}`;
      return `- [${titleOf(path)}](${path}.md): ${summaryOf(path)}`;
    });
    return `## ${title}\n\n${lines.join("\n")}\n`;
  });
  return `# Faultline

> Faultline is a deterministic discrete-event simulator of how errors spread in teams of LLM agents. It runs from the
> command line (\`npx faultline\`) and as a TypeScript library, and calls no model. A scenario is a YAML file: a task
> (a graph of claims), models, agents, a topology, and a protocol of phases. Results are estimates with 95 % intervals.

${chapters.join("\n")}`;
}
