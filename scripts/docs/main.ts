// npm run docs: writes the pages that are made of the code and of real runs. No number there is typed by hand.
//
// npm run docs -- --reference: writes the pages of docs/reference alone, which take no run.
// npm run docs -- --studies FOLDER: writes the pages of the studies alone, from FOLDER/NAME.json, the results of
// `faultline reproduce NAME --json`.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { makeChart } from "../../src/charts/chart.ts";
import { tuneForEngine } from "../../src/experiment/tuning.ts";
import { KIM2025 } from "../../src/literature/kim2025/study.ts";
import { type Reproduction, reproduce } from "../../src/literature/reproduce.ts";
import { STUDIES } from "../../src/literature/studies.ts";
import type { Study } from "../../src/literature/study.ts";
import { toSvg } from "../../src/render/render.ts";
import { drawPictures } from "./chartPictures.ts";
import { kim2025Places } from "./kim2025Places.ts";
import { withTables } from "./readmeTables.ts";
import { referencePages } from "./reference.ts";
import { pageOf, pictureOf, proseOf, studiesPage, studyPage } from "./studyPage.ts";

const readJson = (file: string) => JSON.parse(readFileSync(file, "utf8"));

/** Places of one study alone. Calibration and predictions are kept, since they take minutes: npm run calibration. */
function ownPlaces(study: Study, reproduction: Reproduction) {
  if (study !== KIM2025) return {};
  const kept = (name: string) => readJson(`scenarios/kim2025/golden/${name}.json`);
  const [calibration, predictions] = [kept("calibration"), kept("predictions")];
  return kim2025Places({ reproduction, calibration, predictions });
}

async function writeStudy(study: Study, result: Reproduction) {
  const page = studyPage(study, result, proseOf(study), ownPlaces(study, result));
  writeFileSync(join("docs", pageOf(study)), page);
  for (const { name } of result.figures ?? []) {
    const picture = await toSvg(makeChart(name, result));
    writeFileSync(join("docs", pictureOf(study.name, name)), `${picture}\n`);
  }
}

function writeReference() {
  for (const [path, page] of referencePages()) {
    const file = join("docs", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, page);
  }
}

/** @param kept folder with results of studies; without it each study runs */
async function writeStudies(kept: string | undefined) {
  tuneForEngine();
  for (const folder of ["docs/studies", "docs/pictures/studies"])
    mkdirSync(folder, { recursive: true });
  writeFileSync("docs/studies/README.md", studiesPage(STUDIES));
  for (const study of STUDIES) {
    const result =
      kept === undefined ? await reproduce(study) : readJson(join(kept, `${study.name}.json`));
    await writeStudy(study, result);
  }
}

const { reference, studies } = parseArgs({
  options: { reference: { type: "boolean" }, studies: { type: "string" } },
}).values;
if (studies === undefined) writeReference();
if (reference !== true && studies === undefined) {
  writeFileSync("README.md", await withTables(readFileSync("README.md", "utf8")));
  drawPictures();
}
if (reference !== true) await writeStudies(studies);
