// npm run targets: writes the targets of the kim2025 calibration from the published figures in src/literature: one file
// for the whole fit, and one for each model left out. The free parameters stand in scenarios/kim2025/parameters.yaml.
import { mkdirSync, writeFileSync } from "node:fs";
import {
  AMPLIFICATIONS,
  AMPLIFYING,
  ARCHITECTURES,
  BENCHMARKS,
  DENSITIES,
  KIM2025_SUCCESS,
  PAPER,
  REDUNDANCIES,
  TEAMS,
  TRAJECTORIES,
  TURNS,
} from "../dist/literature/kim2025/published.js";
import { MARGIN, SOURCE, STAGES, SURVIVING } from "../dist/literature/relay/published.js";

const FOLDER = "scenarios/kim2025";

/** Standard errors, as shares of the value where they are in percent. Of a success rate: six models on 50 instances or more. */
const ERRORS = {
  success: 0.03,
  amplification: 0.1,
  turns: 0.06,
  trajectory: 0.2,
  messageDensity: 0.05,
};

/**
 * Amplification of every benchmark: independent above 8, centralized from 2 to 8, and from each team to the next it falls. The
 * source gives means and their order; that every benchmark has them is our demand.
 */
const BOUNDS = { independent: { atLeast: 8.5 }, centralized: { atLeast: 2.1, atMost: 7.8 } };
const STEP = 0.95;

/** A fit without a model searches on from the values of all. */
const FOLD_SEARCH = ["search:", "  descent: 600"];

const all = (architecture) => BENCHMARKS.map((benchmark) => `${benchmark}-${architecture}`);
const list = (labels) => (labels.length === 1 ? labels[0] : `[${labels.join(", ")}]`);
const rounded = (x) => Number(x.toPrecision(6));

function line(id, metric, of, facts, source) {
  const { against, ...rest } = facts;
  const compared = against ? `, against: ${list(against)}` : "";
  const told = Object.entries(rest).map(([key, value]) => `${key}: ${value}`);
  return `  - { id: ${id}, metric: ${metric}, of: ${list(of)}${compared}, ${told.join(", ")}, source: "${source}" }`;
}

/** Mean success rate of the models that are not left out. */
function meanRate(benchmark, architecture, leftOut) {
  const rates = KIM2025_SUCCESS.filter(
    (s) => s.benchmark === benchmark && s.architecture === architecture && s.model !== leftOut,
  ).map(({ rate }) => rate);
  return rounded(rates.reduce((sum, rate) => sum + rate, 0) / rates.length);
}

function success(leftOut) {
  const source = `${PAPER}: mean over models${leftOut ? ` without ${leftOut}` : ""}`;
  return BENCHMARKS.flatMap((benchmark) =>
    ARCHITECTURES.map((one) => {
      const value = meanRate(benchmark, one, leftOut);
      const facts = { value, error: ERRORS.success };
      return line(`success.${benchmark}.${one}`, "success", [`${benchmark}-${one}`], facts, source);
    }),
  );
}

function amplification() {
  const metric = "amplification.propagation";
  const source = `${PAPER} v1-v2`;
  const means = TEAMS.map((team) => {
    const { published: value } = AMPLIFICATIONS[team];
    const error = rounded(ERRORS.amplification * value);
    const facts = { mean: "geometric", against: all("single"), value, error };
    return line(`amplification.${team}`, metric, all(team), facts, source);
  });
  const bounds = BENCHMARKS.flatMap((benchmark) =>
    Object.entries(BOUNDS).map(([team, bound]) => {
      const of = [`${benchmark}-${team}`];
      const facts = {
        against: [`${benchmark}-single`],
        ...bound,
        tolerance: "30 %",
      };
      return line(
        `amplification.${benchmark}.${team}`,
        metric,
        of,
        facts,
        `${source}, by benchmark`,
      );
    }),
  );
  const steps = BENCHMARKS.flatMap((benchmark) =>
    AMPLIFYING.slice(1).map((team, i) => {
      const of = [`${benchmark}-${team}`];
      const facts = { against: [`${benchmark}-${AMPLIFYING[i]}`], atMost: STEP, tolerance: "25 %" };
      return line(`order.${benchmark}.${team}`, metric, of, facts, `${source}, order of the means`);
    }),
  );
  return [...means, ...bounds, ...steps];
}

function turns() {
  const overall = ARCHITECTURES.map((one) => {
    const value = TURNS[one][0];
    return line(
      `turns.${one}`,
      "turns",
      all(one),
      { value, error: rounded(ERRORS.turns * value) },
      PAPER,
    );
  });
  const single = BENCHMARKS.map((benchmark) => {
    const value = TRAJECTORIES[benchmark];
    const facts = { value, error: rounded(ERRORS.trajectory * value) };
    return line(`trajectory.${benchmark}`, "turns", [`${benchmark}-single`], facts, PAPER);
  });
  return [...overall, ...single];
}

function talk() {
  const densities = TEAMS.slice(1).map((team) => {
    const facts = { value: DENSITIES[team], error: ERRORS.messageDensity };
    return line(`messageDensity.${team}`, "messageDensity", all(team), facts, PAPER);
  });
  const redundancies = TEAMS.map((team) => {
    const [value, error] = REDUNDANCIES[team];
    return line(`redundancy.${team}`, "redundancy", all(team), { value, error }, PAPER);
  });
  return [...densities, ...redundancies];
}

/** What a hand-off costs: a claim that is handed on without checks or new evidence. */
function relay() {
  const facts = { value: rounded(SURVIVING), tolerance: MARGIN };
  return line(`relay.${STAGES}`, "success", ["relay"], facts, SOURCE);
}

function fileOf(name, parameters, leftOut) {
  return [
    "# Written by npm run targets from src/literature. What is free stands in parameters.yaml.",
    `extends: ${parameters}`,
    `name: ${name}`,
    "targets:",
    ...[...success(leftOut), ...amplification(), ...turns(), ...talk(), relay()],
    ...(leftOut ? FOLD_SEARCH : []),
    "",
  ].join("\n");
}

writeFileSync(`${FOLDER}/targets.yaml`, fileOf("kim2025", "parameters.yaml"));
for (const model of new Set(KIM2025_SUCCESS.map(({ model }) => model))) {
  const folder = `${FOLDER}/folds/${model}`;
  mkdirSync(folder, { recursive: true });
  const name = `kim2025-without-${model.replaceAll(".", "-")}`;
  writeFileSync(`${folder}/targets.yaml`, fileOf(name, "../../parameters.yaml", model));
}
