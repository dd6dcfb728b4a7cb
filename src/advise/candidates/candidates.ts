// The candidate scenarios: one set of agents and one task in every architecture, laid over one another as `extends`
// does, and a team of one's own beside them. Of a task file that is a whole scenario the task alone counts.
import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { FileOverrides } from "../../calibrate/ensemble/file.ts";
import { instantiate } from "../../calibrate/templates.ts";
import { type Problem, Problems, ScenarioError } from "../../documents/checking/problems.ts";
import { nameAfterFile } from "../../documents/names.ts";
import type { SourceFiles } from "../../documents/reading/files.ts";
import { nodeFiles, SHIPPED } from "../../documents/reading/nodeFiles.ts";
import { keysOfPath, type Overrides } from "../../documents/reading/overrides.ts";
import {
  type MapNode,
  merge,
  nodeAt,
  type TreeNode,
  toPlain,
  withEntry,
  without,
} from "../../documents/reading/tree.ts";
import { applyOverrides } from "../../scenario/overrides.ts";
import { readScenario } from "../../scenario/read.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { ARCHITECTURES, type Architecture } from "./architectures.ts";
import {
  inOwnTerms,
  type OwnTeam,
  underGeneric,
  unsaidOfAgents,
  withoutOwners,
} from "./ownTeam.ts";

/** A file with what gives access to it. */
export interface PartFile {
  readonly file: string;
  readonly files: SourceFiles;
}

/** The files of which candidates are put together. */
export interface PartFiles {
  readonly agents: PartFile;
  /** A file with a task, or a team with its task. */
  readonly task: PartFile | OwnTeam;
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
 * @param task a file with a task, a team of one's own, or the name of a shipped task
 * @param folder where agents.yaml and tasks/ are, if they are not the shipped ones
 */
export function shippedParts(task: PartFile | OwnTeam | string, folder = STUDY): PartFiles {
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
  /** The architectures, and the own team after them where there is one. */
  readonly names: readonly string[];
  /** The team of one's own, where it is a candidate. */
  readonly team: OwnTeam | undefined;
  /** Sections of the task file that do not count. */
  readonly ignored: readonly string[];
  /** Parameters of agents that the generic architectures have as they ship and the own team by default. */
  readonly unsaidOfAgents: readonly string[];
  private readonly problems = new Problems();
  private readonly trees: ReadonlyMap<string, MapNode>;
  /** What the study says of agents and task. */
  private readonly study: { readonly folder: string; readonly tree: TreeNode };

  /** @throws ScenarioError with the places of what cannot be read */
  constructor(parts: PartFiles) {
    const agents = this.read(parts.agents);
    const whole = this.read(parts.task);
    if (nodeAt(whole, ["task"]) === undefined) this.fail(parts.task.file, NO_TASK);
    this.team = "model" in parts.task ? parts.task : undefined;
    const own = this.team && { team: this.team, tree: this.ownTree(whole, this.team) };
    this.unsaidOfAgents = own ? unsaidOfAgents(agents, own.tree) : [];
    this.ignored = own ? [] : [...whole.entries.keys()].filter((key) => !TASK_SECTIONS.has(key));
    // Parameters stay, since formulas of the task may use them.
    const task = without(whole, "name", "description", "faultline", ...this.ignored);
    const below = withoutOwners(
      own ? underGeneric(agents, own.tree, own.team) : (merge(agents, task) as MapNode),
    );
    const trees = ARCHITECTURES.map((name): [string, MapNode] => [
      name,
      named(merge(below, this.read(parts.architectures[name])) as MapNode, name),
    ]);
    this.trees = new Map(own ? [...trees, [own.team.name, own.tree]] : trees);
    this.names = [...this.trees.keys()];
    const folder = dirname(resolve(parts.agents.file));
    const isBenchmark = dirname(resolve(parts.task.file)) === join(folder, "tasks");
    this.study = { folder, tree: isBenchmark ? below : agents };
  }

  /**
   * The scenario of a candidate.
   * @param overrides later ones win; `models.base` is the model of the generic architectures also in the own team
   * @throws ScenarioError with all problems, when it is not valid
   * @throws RangeError when there is no such candidate
   */
  async scenario(name: string, ...overrides: readonly Overrides[]): Promise<Scenario> {
    const { team } = this;
    const inTerms = (values: Overrides) =>
      team?.name === name ? inOwnTerms(values, team) : values;
    const tree = overrides.reduce(
      (below, values) => applyOverrides(below, inTerms(values), this.problems),
      this.tree(name),
    );
    const template = { label: name, tree, slots: [] };
    const scenario = await instantiate(template, [], this.problems);
    if (scenario === undefined) throw new ScenarioError(this.problems.sorted());
    return scenario;
  }

  /**
   * What a parameter set of the study sets in the generic architectures: its numbers that stand in the files of which it
   * speaks. What another file states in their place stays: the benchmark's own, an architecture's, or one's own.
   */
  valuesOf(set: readonly FileOverrides[]): Overrides {
    const entries = set.flatMap(({ in: file, overrides }) =>
      Object.entries(overrides).filter(([path]) => this.isOfStudy(path, file)),
    );
    return Object.fromEntries(entries);
  }

  /** What the files or the overrides say at a path; undefined where they leave it to the default of the format. */
  stated(path: string, overrides: Overrides = {}): unknown {
    // What is wrong with the overrides is told where they are used.
    const tree = applyOverrides(this.tree(ARCHITECTURES[0]), overrides, new Problems());
    const node = nodeAt(tree, keysOfPath(path));
    return node && toPlain(node);
  }

  /** What the files say of every candidate, as plain values. */
  get plain(): unknown[] {
    return [...this.trees.values()].map(toPlain);
  }

  /** What is valid but can hardly be meant. */
  get warnings(): readonly Problem[] {
    const all = [...(this.team?.warnings ?? []), ...this.problems.sorted()];
    const identity = ({ file, line, column, message }: Problem) =>
      `${file}:${line}:${column} ${message}`;
    return [...new Map(all.map((problem) => [identity(problem), problem])).values()];
  }

  private tree(name: string): MapNode {
    const tree = this.trees.get(name);
    if (tree === undefined)
      throw new RangeError(
        `There is no candidate ${name}: must be one of ${this.names.join(", ")}`,
      );
    return tree;
  }

  /** Whether all generic architectures have the number that stands at a path in a file of the study. */
  private isOfStudy(path: string, file: string | undefined): boolean {
    const { folder, tree } = this.study;
    const keys = keysOfPath(path);
    const number = nodeAt(tree, keys);
    if (number === undefined) return false;
    const isThere = file === undefined || resolve(number.at.file) === join(folder, file);
    // Trees share what was not replaced.
    return isThere && ARCHITECTURES.every((name) => nodeAt(this.tree(name), keys) === number);
  }

  private ownTree(whole: MapNode, { file, name, overrides }: OwnTeam): MapNode {
    return named(applyOverrides(nameAfterFile(whole, file), overrides, this.problems), name);
  }

  private read({ file, files }: PartFile): MapNode {
    const { tree } = readScenario(file, files, this.problems);
    if (tree === undefined) throw new ScenarioError(this.problems.sorted());
    return tree;
  }

  private fail(file: string, text: { message: string; rule: string; hint: string }): never {
    this.problems.error({ file, line: 1, column: 1 }, [], text);
    throw new ScenarioError(this.problems.sorted());
  }
}

const named = (tree: MapNode, name: string) =>
  withEntry(tree, "name", { kind: "scalar", value: name, at: tree.at });

const NO_TASK = {
  message: "there is no task",
  rule: "a task file has a section `task`",
  hint: "write what the work is like: task: { graph: { shape: generated, size: 6 } }",
};
