// npm run docs: writes the pages that are made of the code and of real runs, and their pictures. No number there is typed by
// hand. Afterwards `npm run outputs` types the commands of all pages anew.
//
// npm run docs -- --reference: writes what takes no run: docs/reference, the drawings and docs/llms.txt.
// npm run docs -- --studies FOLDER: writes the pages that follow from studies alone, from FOLDER/NAME.json, the results of
// `faultline reproduce NAME --json`, and FOLDER/NAME-ablations.json, those with --ablations.
// npm run docs -- --precision: measures how precise runs are, which takes twenty minutes, keeps the figures and writes
// the page that shows them.
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
import { drawPictures } from "./pictures/charts.ts";
import { writeDrawings } from "./pictures/drawings.ts";
import { type Measured, measure } from "./precision/measure.ts";
import { PRECISION_PAGE, precisionPage } from "./precision/page.ts";
import { referencePages } from "./reference/pages.ts";
import { llmsText } from "./site/contents.ts";
import { predictionTables } from "./studies/advicePlaces.ts";
import {
  BACKGROUND_PAGES,
  backgroundPage,
  backgroundProse,
  type Found,
} from "./studies/backgroundPages.ts";
import { ensembleChart } from "./studies/ensemblePicture.ts";
import { ENSEMBLE_PICTURE, ensemblePlaces } from "./studies/ensemblePlaces.ts";
import { kim2025Places } from "./studies/kim2025Places.ts";
import {
  pageOf,
  pictureOf,
  proseOf,
  STUDIES_PAGE,
  studiesPage,
  studyPage,
} from "./studies/studyPage.ts";

const readJson = (file: string) => JSON.parse(readFileSync(file, "utf8"));

/** What is kept of kim2025, since it takes minutes: npm run calibration, npm run predictions, npm run ensemble. */
const kept = (name: string) => readJson(`scenarios/kim2025/golden/${name}.json`);

/** Places of one study alone. */
function ownPlaces(study: Study, reproduction: Reproduction) {
  if (study !== KIM2025) return {};
  const [calibration, predictions] = [kept("calibration"), kept("predictions")];
  return kim2025Places({ reproduction, calibration, predictions });
}

async function writeStudy({ study, result, ablations }: Found) {
  const page = studyPage(study, result, proseOf(study), ownPlaces(study, result), ablations);
  writeFileSync(join("docs", pageOf(study)), page);
  await drawFigures(study, result);
  if (ablations !== undefined) await drawFigures(study, ablations);
}

/** The pages and the picture that follow from all studies, and from the ensemble of kim2025. */
async function writeBackground(found: readonly Found[]) {
  const [calibration, ensemble] = [kept("calibration"), kept("ensemble")];
  const own = Object.assign(
    ensemblePlaces(ensemble, calibration),
    predictionTables(kept("predictions")),
    ...found.map(({ study, result }) => ownPlaces(study, result)),
  );
  for (const name of BACKGROUND_PAGES)
    writeFileSync(`docs/background/${name}.md`, backgroundPage(backgroundProse(name), found, own));
  const picture = await toSvg(ensembleChart(ensemble, calibration));
  writeFileSync(join("docs", ENSEMBLE_PICTURE), `${picture}\n`);
}

async function drawFigures({ name: study }: Study, result: Reproduction) {
  for (const { name } of result.figures ?? []) {
    const picture = await toSvg(makeChart(name, result));
    writeFileSync(join("docs", pictureOf(study, name)), `${picture}\n`);
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
  for (const folder of ["docs/background/studies", "docs/pictures/studies"])
    mkdirSync(folder, { recursive: true });
  writeFileSync(join("docs", STUDIES_PAGE), studiesPage(STUDIES));
  const found: Found[] = [];
  for (const study of STUDIES) {
    const one = await findingsOf(study, kept);
    await writeStudy(one);
    found.push(one);
  }
  await writeBackground(found);
}

async function findingsOf(study: Study, kept: string | undefined): Promise<Found> {
  const found = async (part: Parameters<typeof reproduce>[0], file: string) =>
    kept === undefined ? reproduce(part) : (readJson(join(kept, file)) as Reproduction);
  const { name, ablations } = study;
  return {
    study,
    result: await found(study, `${name}.json`),
    ablations: ablations && (await found(ablations, `${name}-ablations.json`)),
  };
}

const MEASURED = "scripts/docs/precision/measured.json";

async function measurePrecision() {
  tuneForEngine();
  writeFileSync(MEASURED, `${JSON.stringify(await measure(), null, 2)}\n`);
  writePrecision();
}

function writePrecision() {
  const measured: Measured = readJson(MEASURED);
  writeFileSync(join("docs", PRECISION_PAGE), precisionPage(measured));
}

const { reference, studies, precision } = parseArgs({
  options: {
    reference: { type: "boolean" },
    studies: { type: "string" },
    precision: { type: "boolean" },
  },
}).values;
if (precision) await measurePrecision();
else await writePages();

async function writePages() {
  if (studies === undefined) {
    writeReference();
    writePrecision();
    writeDrawings();
    writeFileSync("docs/llms.txt", llmsText());
  }
  if (reference !== true && studies === undefined) drawPictures();
  if (reference !== true) await writeStudies(studies);
}
