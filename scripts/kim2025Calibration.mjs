// npm run calibration: fits the kim2025 parameters to all models, then without each of them, and puts the presets where
// the scenarios and the measured predictions find them. Takes hours.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { parse, stringify } from "yaml";

const FOLDER = "scenarios/kim2025";
const FOLDS = `${FOLDER}/folds`;

function calibrate(targets, out) {
  const { status } = spawnSync(
    process.execPath,
    ["dist/command/main.js", "calibrate", targets, "--out", out, "--force"],
    { stdio: "inherit" },
  );
  if (status !== 0) process.exit(status ?? 1);
}

/** Presets without the provenance on their top, which calibration.json has, and with the schema where they come to lie. */
function takePresets(from, to) {
  mkdirSync(`${to}/tasks`, { recursive: true });
  const tasks = readdirSync(`${from}/tasks`).map((name) => `tasks/${name}`);
  for (const name of ["agents.yaml", ...tasks]) {
    const text = readFileSync(`${from}/${name}`, "utf8");
    const schema = relative(dirname(`${to}/${name}`), "scenarios/schema.json");
    const own = text.slice(text.indexOf("# yaml-language-server:"));
    writeFileSync(`${to}/${name}`, own.replace(/\$schema=\S+/, `$schema=${schema}`));
  }
}

/**
 * What a fit without a model goes on with where the one from guesses ended: more replications, so that it does not fit
 * its draws.
 */
const REFINED = {
  levels: [{ replications: 4000, evaluations: 2 }],
  descent: 420,
  final: 4000,
};

/** Writes the targets of a fit without the model that begins at its presets, and returns the file. */
function refined(model) {
  const { parameters } = parse(readFileSync(`${FOLDS}/parameters.yaml`, "utf8"));
  const valueIn = ({ path, in: file }) => {
    const preset = parse(readFileSync(`${FOLDS}/${model}/${file.replace("../", "")}`, "utf8"));
    return path.split(".").reduce((node, key) => node[key], preset);
  };
  const file = `out/refined-${model}.yaml`;
  const targets = {
    extends: `../${FOLDS}/${model}/targets.yaml`,
    name: `kim2025-without-${model.replaceAll(".", "-")}`,
    parameters: parameters.map((one) => ({
      ...one,
      in: `../${FOLDS}/${one.in}`,
      start: valueIn(one),
    })),
    search: REFINED,
  };
  writeFileSync(file, stringify(targets));
  return file;
}

/** Whether a search ended at a better point than it began at, by draws that it had not seen. */
function isBetter(out) {
  const { loss } = JSON.parse(readFileSync(`${out}/calibration.json`, "utf8"));
  return loss.fitted < loss.start;
}

const [only] = process.argv.slice(2);
if (only !== "folds") {
  calibrate(`${FOLDER}/targets.yaml`, "out/calibrate-kim2025");
  takePresets("out/calibrate-kim2025", FOLDER);
  copyFileSync("out/calibrate-kim2025/calibration.json", `${FOLDER}/golden/calibration.json`);
}
const models = readdirSync(FOLDS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
for (const { name: model } of models) {
  calibrate(`${FOLDS}/${model}/targets.yaml`, `out/calibrate-${model}`);
  takePresets(`out/calibrate-${model}`, `${FOLDS}/${model}`);
  calibrate(refined(model), `out/refined-${model}`);
  if (isBetter(`out/refined-${model}`)) takePresets(`out/refined-${model}`, `${FOLDS}/${model}`);
}
