// Carries out `reproduce --brief`: simulates the part of a study by which it is known, draws its picture and its page, and
// prints the first screen.
import { relative } from "node:path";
import { makeChart } from "../charts/chart.ts";
import { type Reproduction, reproduce } from "../literature/reproduce.ts";
import { STUDIES } from "../literature/studies.ts";
import type { Study } from "../literature/study.ts";
import { briefReport, type Places } from "../report/brief.ts";
import { SHIPPED } from "../scenario/reading/nodeFiles.ts";
import type { Invocation } from "./command.ts";
import { CommandError, UsageError } from "./errors.ts";
import { EXIT } from "./exitCodes.ts";
import { jsonText } from "./json.ts";
import { carryThrough } from "./longWork.ts";
import { colorsOf, note, widthOf } from "./terminal.ts";
import { type World, writeFile } from "./world.ts";

/**
 * The document of the brief reproduction, printed and saved. What was interrupted is printed and not saved.
 * @throws UsageError when the study has nothing brief
 */
export async function reproduceBriefly(
  world: World,
  { options }: Invocation,
  study: Study,
): Promise<Reproduction> {
  const { brief } = study;
  if (brief === undefined) {
    const names = STUDIES.filter((one) => one.brief !== undefined).map(({ name }) => name);
    throw new UsageError(`--brief: ${study.name} has no brief form; ${names.join(", ")} has`);
  }
  const { seed, replications, jobs, quiet, json, out = "out" } = options;
  const runs = brief.runs(replications ?? brief.replications);
  const result = await carryThrough(world, "reproduce", runs, quiet, (hooks) =>
    reproduce(brief, { seed, replications, jobs, ...hooks }),
  );
  const print = (places: Places | undefined) =>
    world.stdout.write(json ? jsonText(result) : screenOf(world, study, result, places));
  if (result.interrupted) {
    print(undefined);
    return result;
  }
  try {
    print(await save(world, `${out}/${study.name}-brief`, out, result));
  } catch (error) {
    print(undefined);
    throw new CommandError(
      `the result is not saved: ${(error as Error).message}`,
      EXIT.internal,
      "Choose another folder with --out DIR.",
    );
  }
  if (json) note(world, quiet, `saved   ${out}/${study.name}-brief/`);
  return result;
}

function screenOf(
  world: World,
  study: Study,
  result: Reproduction,
  places: Places | undefined,
): string {
  return briefReport(study, result, {
    colors: colorsOf(world, world.stdout),
    width: widthOf(world),
    graphics: world.stdout.isTTY && world.env.TERM !== "dumb",
    places,
    scenarios: relative("", SHIPPED),
  });
}

/** Writes the result with its picture and its page. The libraries that draw are loaded when there is something to draw. */
async function save(
  world: World,
  folder: string,
  out: string,
  result: Reproduction,
): Promise<Places> {
  const { toSvg } = await import("../render/render.ts");
  const { reportOf } = await import("../pages/report/report.ts");
  const places = { picture: `${folder}/amplification.svg`, page: `${folder}/report.html` };
  const picture = await toSvg(makeChart("amplification", result));
  const page = await reportOf([{ result, manifest: undefined }], {
    format: "html",
    title: undefined,
  });
  writeFile(world.files, out, `${folder}/result.json`, jsonText(result));
  writeFile(world.files, out, places.picture, `${picture}\n`);
  writeFile(world.files, out, places.page, page);
  return places;
}
