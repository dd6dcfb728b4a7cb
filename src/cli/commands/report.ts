// faultline report: results as one page that answers first and explains after.
import { dirname, join, relative } from "node:path";
import {
  originOf,
  REPORTED,
  type ReportFormat,
  type ReportInput,
  reportOf,
} from "../../pages/report/report.ts";
import type { Handler } from "../command.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { readManifest, readResult } from "../readResult.ts";
import { formatOf, saveFile } from "../saving.ts";
import { note } from "../screen.ts";

export const handle: Handler = async (world, { operands, options }) => {
  const format = formatOf(options, FORMATS, "html");
  const found = operands.map((operand) => readResult(world, operand, "report", REPORTED));
  const paths = found.map(({ path }) => path);
  const target = options.out ?? defaultTarget(paths, format);
  if (paths.some((path) => relative(path, target) === ""))
    throw new UsageError(`${target} is the result itself`, "Name another file with --out.");
  const inputs = found.map(({ result, path }): ReportInput => {
    const manifest = readManifest(world, path);
    return { result, origin: manifest && originOf(manifest) };
  });
  const text = await reportOf(inputs, { format, title: options.title });
  saveFile(world.files, target, text);
  world.stdout.write(`${target}\n`);
  note(
    world,
    options.quiet,
    `${(text.length / 1e6).toFixed(1)} MB; open it in a browser, it needs no network`,
  );
  return EXIT.ok;
};

const FORMATS: readonly ReportFormat[] = ["html", "md"];

/** Beside the result; for several in the folder that the command is called in. */
function defaultTarget(paths: readonly string[], format: ReportFormat): string {
  return join(paths.length === 1 ? dirname(paths[0]) : ".", `report.${format}`);
}
