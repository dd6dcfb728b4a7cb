// Carries out `reproduce --brief`: simulates the part of a study by which it is known, draws its picture and its page, and
// prints the first screen.
import { relative } from "node:path";
import { makeChart } from "../charts/chart.ts";
import { SHIPPED } from "../documents/reading/nodeFiles.ts";
import { type Reproduction, reproduce } from "../literature/reproduce.ts";
import { STUDIES } from "../literature/studies.ts";
import type { Study } from "../literature/study.ts";
import { briefText, type Places } from "../terminal/brief.ts";
import type { Invocation } from "./command.ts";
import { UsageError } from "./errors.ts";
import { jsonText } from "./json.ts";
import { carryThrough } from "./longWork.ts";
import { RESULT_WORDS, Saving } from "./saving.ts";
import { note, screenOf, showsGraphics } from "./screen.ts";
import type { World } from "./world.ts";

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
    world.stdout.write(json ? jsonText(result) : textOf(world, study, result, places));
  if (result.interrupted) {
    print(undefined);
    return result;
  }
  const drawn = await draw(result);
  const folder = `${out}/${study.name}-brief`;
  try {
    print(save(world, folder, out, drawn));
  } catch (error) {
    print(undefined);
    throw error;
  }
  if (json) note(world, quiet, `saved   ${out}/${study.name}-brief/`);
  return result;
}

function textOf(
  world: World,
  study: Study,
  result: Reproduction,
  places: Places | undefined,
): string {
  const { colors, width } = screenOf(world);
  return briefText(study, result, {
    colors,
    // One screen, as wide as any terminal.
    width: Math.min(80, width),
    graphics: showsGraphics(world),
    places,
    scenarios: relative("", SHIPPED),
  });
}

/** The files of a result by name. The libraries that draw are loaded when there is something to draw. */
async function draw(result: Reproduction): Promise<Readonly<Record<string, string>>> {
  const { toSvg } = await import("../render/render.ts");
  const { reportOf } = await import("../pages/report/report.ts");
  const page = { format: "html", title: undefined } as const;
  return {
    "result.json": jsonText(result),
    [PICTURE]: `${await toSvg(makeChart("amplification", result))}\n`,
    [PAGE]: await reportOf([{ result, origin: undefined }], page),
  };
}

const PICTURE = "amplification.svg";
const PAGE = "report.html";

/** @throws NotSavedError */
function save(
  world: World,
  folder: string,
  out: string,
  files: Readonly<Record<string, string>>,
): Places {
  const saving = new Saving(world.files, out, RESULT_WORDS);
  for (const [name, content] of Object.entries(files)) saving.add(name, content);
  saving.commit(folder);
  return { picture: `${folder}/${PICTURE}`, page: `${folder}/${PAGE}` };
}
