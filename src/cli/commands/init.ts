// faultline init: a scenario to start from, made of a template that is valid, small and explained.
import { basename, dirname, join, normalize, relative, resolve, sep } from "node:path";
import { NAME_PATTERN } from "../../documents/names.ts";
import type { Handler } from "../command.ts";
import { asTyped, commandLine } from "../commandLine.ts";
import { near, UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { saveFile } from "../saving.ts";
import { note } from "../screen.ts";
import {
  DEFAULT_TEMPLATE,
  TEMPLATE_NAMES,
  type TemplateName,
  templateList,
  templateText,
} from "../templates.ts";
import type { FileStore, World } from "../world.ts";

export const handle: Handler = (world, { operands: [asked], options }) => {
  const { template = DEFAULT_TEMPLATE } = options;
  if (template === "list") {
    world.stdout.write(`${templateList()}\n`);
    return EXIT.ok;
  }
  const name = templateCalled(template);
  const path = fileOf(asked);
  if (world.files.exists(path) && !options.force)
    throw new UsageError(
      `${path} is there already`,
      "Choose another name, or --force to replace it.",
    );
  saveFile(world.files, path, templateText(name, schemaFor(path, world.files)), {
    hint: "Name a file in a folder that may be written.",
  });
  world.stdout.write(`${path}\n`);
  note(world, options.quiet, nextSteps(world, path));
  return EXIT.ok;
};

function templateCalled(word: string): TemplateName {
  const name = TEMPLATE_NAMES.find((one) => one === word);
  if (name !== undefined) return name;
  throw new UsageError(
    `there is no template ${word}${near(word, TEMPLATE_NAMES)}`,
    `The templates are:\n${templateList().replace(/^/gm, "  ")}`,
  );
}

/** The file to write: what was asked for, with its ending. The scenario is called after it. */
function fileOf(asked: string): string {
  if (/[/\\]$/.test(asked))
    throw new UsageError(
      `${JSON.stringify(asked)} is a folder`,
      `Name a file in it, such as ${join(asked, "team.yaml")}.`,
    );
  const path = normalize(asked);
  const [, stem, ending] = /^(.*?)(\.ya?ml)?$/s.exec(basename(path)) ?? [];
  if (!NAME_PATTERN.test(stem))
    throw new UsageError(
      `${JSON.stringify(basename(path))} is no name of a scenario: a name starts with a letter and has letters, digits, _ and - only (at most 64); .yaml may follow`,
    );
  return ending === undefined ? `${path}.yaml` : path;
}

const SCHEMA_PATHS = ["scenarios/schema.json", "node_modules/faultline/scenarios/schema.json"];

/**
 * Where an editor finds the schema, as seen from a file: in the nearest folder around it that has Faultline, or has it
 * installed; where none does, in the present folder once it is installed there.
 */
function schemaFor(path: string, files: FileStore): string {
  const folder = dirname(path);
  const depth = resolve(folder).split(sep).length;
  const around = Array.from({ length: depth }, (_, up) => join(folder, "../".repeat(up)));
  const places = around.flatMap((one) => SCHEMA_PATHS.map((schema) => join(one, schema)));
  const place = places.find((schema) => files.exists(schema)) ?? SCHEMA_PATHS[1];
  const way = relative(folder, place).replaceAll("\\", "/");
  return way.startsWith("../") ? way : `./${way}`;
}

function nextSteps(world: World, path: string): string {
  const steps = [
    { words: ["validate", path], does: "check it after a change" },
    { words: ["run", path], does: "see how often it succeeds, and what it costs" },
    { words: ["trace", path, "--find", "failure", "--tree"], does: "see where an error came from" },
  ].map(({ words, does }) => ({
    typed: asTyped(world, commandLine(["faultline", ...words])),
    does,
  }));
  const width = Math.max(...steps.map(({ typed }) => typed.length));
  return ["Next:", ...steps.map(({ typed, does }) => `  ${typed.padEnd(width)}  # ${does}`)].join(
    "\n",
  );
}
