// faultline init: a starter scenario that is valid, small and explained.
import { NAME_PATTERN } from "../../documents/names.ts";
import type { Handler } from "../command.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { saveFile } from "../saving.ts";
import { note } from "../screen.ts";
import type { FileStore } from "../world.ts";

export const handle: Handler = (world, { operands: [name], options }) => {
  if (!NAME_PATTERN.test(name))
    throw new UsageError(
      `${JSON.stringify(name)} is no name: a name starts with a letter and has letters, digits, _ and - only (at most 64)`,
    );
  const path = `${name}.yaml`;
  if (world.files.exists(path) && !options.force)
    throw new UsageError(
      `${path} is there already`,
      "Choose another name, or --force to replace it.",
    );
  saveFile(world.files, path, starter(schemaPath(world.files)), {
    hint: "Begin in a folder that may be written.",
  });
  world.stdout.write(`${path}\n`);
  note(world, options.quiet, `Next:\n${nextCommands(path)}`);
  return EXIT.ok;
};

const SCHEMA_PATHS = ["scenarios/schema.json", "node_modules/faultline/scenarios/schema.json"];

/** Where an editor finds the schema: in this project's own folder, or in a project that has installed it. */
function schemaPath(files: FileStore): string {
  return `./${SCHEMA_PATHS.find((path) => files.exists(path)) ?? SCHEMA_PATHS[1]}`;
}

function nextCommands(path: string): string {
  return [
    `  faultline validate ${path}`,
    `  faultline run ${path}`,
    `  faultline trace ${path} --tree`,
  ].join("\n");
}

function starter(schema: string): string {
  return `# yaml-language-server: $schema=${schema}
# Two writers and an editor: the writers share a task, the editor checks what they hand in.

# What has to be done: claims that build on one another. Here three layers of claims.
task:
  graph: { shape: layers, layers: [3, 2, 1] }
  difficultySpread: 1          # some instances are harder than others

# The models behind the agents.
models:
  base:
    errorRate: 0.08            # share of claims that it gets wrong
    price: { input: 1.25, output: 10 }   # US dollars per million tokens
    latency: { distribution: lognormal, mean: 4s, cv: 0.5 }
    commonCause: 0.1           # share of claims on which all its agents err alike

# The team.
agents:
  editor:
    role: orchestrator
    checks:
      orchestrator: { recall: 0.7, falseAlarm: 0.1 }
  writer:
    count: 2
    propagation: 0.9           # chance that an error in a premise spreads
    guess: 0.5                 # chance of an error where a premise is missing
    omission: 0.1              # share of what a message should carry that it leaves out
    checks:
      self: { recall: 0.5, falseAlarm: 0.05 }

# Who can send to whom.
topology: { preset: star, hub: editor }

# How they work together, phase by phase.
protocol:
  - repeat:
      rounds: 4
      until: complete
      phases:
        - assign: { by: editor, to: writer, mode: partition }
        - send: { from: editor, to: writer, what: accepted }
        - work: { who: writer, turns: 4 }
        - send: { from: writer, to: editor }
        - check: { by: editor }
  - aggregate: { how: synthesize, by: editor }

replications: 2000
seed: first

# Conditions on the result; one that fails ends the command with exit code 4.
thresholds:
  - success >= 0.3
`;
}
