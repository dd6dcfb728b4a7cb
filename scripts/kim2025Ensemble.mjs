// npm run ensemble: draws parameter sets in proportion to the likelihood of the kim2025 targets, and puts the sets and what
// they say of every parameter and target where scenarios, pages and tests find them. It takes twenty minutes.
import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { shippedFingerprint } from "../dist/advise/belief/experience.js";

const FOLDER = "scenarios/kim2025";
const OUT = "out/ensemble-kim2025";

const madeWith = shippedFingerprint();
const { status } = spawnSync(
  process.execPath,
  [
    "dist/command/main.js",
    ...["calibrate", `${FOLDER}/ensemble-targets.yaml`, "--out", OUT, "--force"],
  ],
  { stdio: "inherit" },
);
if (status !== 0) process.exit(status ?? 1);

const { engine, seed, ensemble, warnings } = JSON.parse(
  readFileSync(`${OUT}/calibration.json`, "utf8"),
);
// The members stand in the table.
const { members: _members, ...said } = ensemble;
const summary = {
  madeWith,
  ...{ engine, seed, ...said },
  warnings: warnings.filter((warning) => warning.includes("ensemble")),
};
copyFileSync(`${OUT}/ensemble.csv`, `${FOLDER}/ensemble.csv`);
writeFileSync(`${FOLDER}/golden/ensemble.json`, `${JSON.stringify(summary, null, 2)}\n`);
