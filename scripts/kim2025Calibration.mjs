// npm run calibration: judges the kim2025 parameters by all models' figures, fits them without each model, and puts the
// presets where the scenarios and the measured predictions find them. The first takes minutes (`-- whole`), the others hours
// (`-- folds`).
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

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

/** Presets without the provenance on their top, which calibration.json has, and with paths from where they come to lie. */
function takePresets(from, to) {
  mkdirSync(`${to}/tasks`, { recursive: true });
  const tasks = readdirSync(`${from}/tasks`).map((name) => `tasks/${name}`);
  for (const name of ["agents.yaml", "instances.yaml", ...tasks]) {
    const text = readFileSync(`${from}/${name}`, "utf8");
    const pathTo = (file) => relative(dirname(`${to}/${name}`), file);
    const own = text
      .slice(text.indexOf("# yaml-language-server:"))
      .replace(/\$schema=\S+/, `$schema=${pathTo("scenarios/schema.json")}`)
      .replace(
        /^extends: "(.*)"$/m,
        (_, path) => `extends: ${pathTo(join(dirname(`${from}/${name}`), path))}`,
      );
    writeFileSync(`${to}/${name}`, own);
  }
}

const [only] = process.argv.slice(2);
if (only !== "folds") {
  calibrate(`${FOLDER}/targets.yaml`, "out/calibrate-kim2025");
  takePresets("out/calibrate-kim2025", FOLDER);
  copyFileSync("out/calibrate-kim2025/calibration.json", `${FOLDER}/golden/calibration.json`);
}
const models = readdirSync(FOLDS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
for (const { name: model } of only === "whole" ? [] : models) {
  calibrate(`${FOLDS}/${model}/targets.yaml`, `out/calibrate-${model}`);
  takePresets(`out/calibrate-${model}`, `${FOLDS}/${model}`);
}
