// npm run calibration: fits the kim2025 parameters to all models, then without each of them, and puts the presets where
// the scenarios and the measured predictions find them. Takes an hour.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";

const FOLDER = "scenarios/kim2025";
const FOLDS = `${FOLDER}/folds`;

function calibrate(targets, out) {
  const { status } = spawnSync(
    process.execPath,
    ["dist/cli/main.js", "calibrate", targets, "--out", out, "--force"],
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
}
