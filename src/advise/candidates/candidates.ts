// The candidate scenarios: one set of agents and one task in every architecture, laid over one another as `extends`
// does. Of a task file that is a whole scenario the task alone counts.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { instantiate } from "../../calibrate/templates.ts";
import { type Problem, Problems, ScenarioError } from "../../documents/checking/problems.ts";
import { readWithBases } from "../../documents/reading/extend.ts";
import type { SourceFiles } from "../../documents/reading/files.ts";
import { nodeFiles, SHIPPED } from "../../documents/reading/nodeFiles.ts";
import type { Overrides } from "../../documents/reading/overrides.ts";
import {
  type MapNode,
  merge,
  nodeAt,
  toPlain,
  withEntry,
  without,
} from "../../documents/reading/tree.ts";
import { applyOverrides } from "../../scenario/overrides.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { ARCHITECTURES, type Architecture } from "./architectures.ts";

/** A file with what gives access to it. */
export interface PartFile {
  readonly file: string;
  readonly files: SourceFiles;
}

/** The files of which candidates are put together. */
export interface PartFiles {
  readonly agents: PartFile;
  readonly task: PartFile;
  readonly architectures: Readonly<Record<Architecture, PartFile>>;
}

/** The study whose agents, tasks and architectures candidates are made of; it ships with Faultline. */
export const STUDY = join(SHIPPED, "kim2025");

/** Names of the tasks that ship with Faultline. */
export function shippedBenchmarks(): string[] {
  return readdirSync(join(STUDY, "tasks"))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.replace(/\.yaml$/, ""))
    .sort();
}

/**
 * The shipped files.
 * @param task a file with a task, or the name of a shipped one
 * @param folder where agents.yaml and tasks/ are, if they are not the shipped ones
 */
export function shippedParts(task: PartFile | string, folder = STUDY): PartFiles {
  const architectures = ARCHITECTURES.map(
    (name) => [name, onDisk(join(STUDY, "architectures", `${name}.yaml`))] as const,
  );
  return {
    agents: onDisk(join(folder, "agents.yaml")),
    task: typeof task === "string" ? onDisk(join(folder, "tasks", `${task}.yaml`)) : task,
    architectures: Object.fromEntries(architectures) as Record<Architecture, PartFile>,
  };
}

const onDisk = (file: string): PartFile => ({ file, files: nodeFiles(file) });

/** Sections of a file that holds a task and nothing else. */
const TASK_SECTIONS = new Set(["task", "name", "description", "parameters", "faultline"]);

/** Scenarios of one task, a function of what is set from outside. */
export class Candidates {
  /** Sections of the task file that do not count. */
  readonly ignored: readonly string[];
  private readonly problems: Problems;
  private readonly trees: ReadonlyMap<Architecture, MapNode>;

  /** @throws ScenarioError with the places of what cannot be read */
  constructor(parts: PartFiles) {
    this.problems = new Problems();
    const agents = this.read(parts.agents);
    const whole = this.read(parts.task);
    if (nodeAt(whole, ["task"]) === undefined) this.fail(parts.task.file, NO_TASK);
    this.ignored = [...whole.entries.keys()].filter((key) => !TASK_SECTIONS.has(key));
    // Parameters stay, since formulas of the task may use them.
    const task = without(whole, "name", "description", "faultline", ...this.ignored);
    this.trees = new Map(
      ARCHITECTURES.map((name) => {
        const below = merge(merge(agents, task), this.read(parts.architectures[name])) as MapNode;
        const named = { kind: "scalar", value: name, at: below.at } as const;
        return [name, withEntry(below, "name", named)];
      }),
    );
  }

  /**
   * The scenario of an architecture.
   * @param overrides later ones win
   * @throws ScenarioError with all problems, when it is not valid
   */
  async scenario(name: Architecture, ...overrides: readonly Overrides[]): Promise<Scenario> {
    const tree = overrides.reduce(
      (below, values) => applyOverrides(below, values, this.problems),
      this.trees.get(name) as MapNode,
    );
    const template = { label: name, tree, slots: [] };
    const scenario = await instantiate(template, [], this.problems);
    if (scenario === undefined) throw new ScenarioError(this.problems.sorted());
    return scenario;
  }

  /** What the files say of every architecture, as plain values. */
  get plain(): unknown[] {
    return [...this.trees.values()].map(toPlain);
  }

  /** What is valid but can hardly be meant. */
  get warnings(): readonly Problem[] {
    return this.problems.sorted();
  }

  private read({ file, files }: PartFile): MapNode {
    const { tree } = readWithBases(file, files, this.problems);
    if (tree === undefined) throw new ScenarioError(this.problems.sorted());
    return tree;
  }

  private fail(file: string, text: { message: string; rule: string; hint: string }): never {
    this.problems.error({ file, line: 1, column: 1 }, [], text);
    throw new ScenarioError(this.problems.sorted());
  }
}

const NO_TASK = {
  message: "there is no task",
  rule: "a task file has a section `task`",
  hint: "write what the work is like: task: { graph: { shape: generated, size: 6 } }",
};
