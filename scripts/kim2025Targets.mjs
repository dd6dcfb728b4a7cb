// npm run targets: writes the targets of the kim2025 calibration from the published figures in src/literature: one file
// for the whole fit, and one for each model left out. The free parameters stand in scenarios/kim2025/parameters.yaml: the
// whole fit begins at the values in the files, fits without a model at guesses, which no model has a part in.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import {
  ARCHITECTURES,
  BENCHMARKS,
  KIM2025_SUCCESS,
  TEAMS,
} from "../dist/literature/kim2025/published.js";
import { TARGETS } from "../dist/literature/kim2025/targets.js";

const FOLDER = "scenarios/kim2025";

/** Metric, weight, and a tolerance where figures are to be met more closely than is asked. */
const KINDS = {
  success: { metric: "success", weight: 7 },
  amplification: { metric: "amplification.propagation", weight: 9 },
  taskAmplification: { metric: "amplification.task", weight: 2 },
  turns: { metric: "turns", weight: 5, tolerance: "7 %" },
  /** The overhead of the independent team follows from these two, and little besides. */
  "turns.single": { metric: "turns", weight: 5, tolerance: "4 %" },
  "turns.independent": { metric: "turns", weight: 5, tolerance: "4 %" },
  messageDensity: { metric: "messageDensity", weight: 3 },
  redundancy: { metric: "redundancy", weight: 3 },
  trajectory: { metric: "turns", weight: 1, tolerance: "20 %" },
};

/**
 * What the source says without a figure: that independent teams let most errors through. It is asked for where it is at
 * risk, as errors at aggregation relative to those of the independent team. On Finance these are rare: a search with few
 * replications fits its draws.
 */
const ORDER = [
  { benchmark: "finance-agent", team: "decentralized", atMost: 0.8, effort: 4 },
  { benchmark: "finance-agent", team: "centralized", atMost: 0.5, effort: 4 },
  { benchmark: "workbench", team: "decentralized", atMost: 0.8 },
];

/** What one would guess of agents before any fit; of tasks, by the length of published trajectories. */
const GUESSES = {
  "models.base.errorRate": 0.1,
  "models.base.pace": 1,
  "models.base.thinking": 400,
  "models.base.commonCause": 0.1,
  "agentDefaults.propagation": 0.8,
  "agentDefaults.guess": 0.5,
  "agentDefaults.handoff": 0.05,
  "agentDefaults.omission": 0.3,
  "agentDefaults.distortion": 0.02,
  "agentDefaults.diversity": 0.7,
  "agentDefaults.overlap": 0.3,
  "agentDefaults.heed": 0.3,
  "agentDefaults.conflict": 0.1,
  "agentDefaults.synthesisLoss": 0.02,
  "agentDefaults.toolEffect": 0.01,
  "agentDefaults.distraction": 0.1,
  "agentDefaults.checks.self.recall": 0.9,
  "agentDefaults.checks.self.falseAlarm": 0.05,
  "agentDefaults.checks.peer.recall": 0.5,
  "agentDefaults.checks.peer.falseAlarm": 0.1,
  "agentDefaults.checks.orchestrator.recall": 0.7,
  "agentDefaults.checks.orchestrator.falseAlarm": 0.1,
  "budget.exponent": 0.6,
  "task.graph.size": 7,
  "task.graph.spread": 2,
  "task.difficulty": 0,
  "task.difficultySpread": 1.2,
  "task.graph.sequentiality": 0.4,
};

const FOLD_SEARCH = [
  "search:",
  "  levels: [{ replications: 1500, evaluations: 2 }]",
  "  descent: 540",
  "  final: 1000",
];

/** The free parameters, from guesses on. */
function guessed() {
  const text = readFileSync(`${FOLDER}/parameters.yaml`, "utf8");
  const parameters = text.match(/^parameters:\n(?: {2}- .*\n)+/m)[0];
  const begun = parameters
    .replace(
      /path: ([\w.]+),(.*) \}/g,
      (_, path, rest) => `path: ${path},${rest}, start: ${GUESSES[path]} }`,
    )
    .replaceAll("in: ", "in: ../");
  return `# Written by npm run targets: ../parameters.yaml, from guesses on.\nextends: ../parameters.yaml\n${begun}`;
}

const all = (architecture) => BENCHMARKS.map((benchmark) => `${benchmark}-${architecture}`);
const list = (labels) => (labels.length === 1 ? labels[0] : `[${labels.join(", ")}]`);
const published = (id) => TARGETS.find((target) => target.id === `kim2025.${id}`);

function toleranceOf({ tolerance, publishedCi }) {
  if (publishedCi) return `interval: [${publishedCi.join(", ")}]`;
  const { kind, within, from, to } = tolerance;
  if (kind === "range") return `interval: [${from}, ${to}]`;
  return `tolerance: ${kind === "relative" ? `${100 * within} %` : within}`;
}

function entry(id, kind, { of, against, value, source }) {
  const { metric, weight, tolerance } = KINDS[id] ?? KINDS[kind];
  const comparison = against ? `, against: ${list(against)}` : "";
  return `  - { id: ${id}, metric: ${metric}, of: ${list(of)}${comparison}, value: ${value}, ${tolerance ? `tolerance: ${tolerance}` : toleranceOf(published(id))}, weight: ${weight}, source: "${source}" }`;
}

/** Mean success rate of the models that are not left out. */
function meanRate(benchmark, architecture, leftOut) {
  const rates = KIM2025_SUCCESS.filter(
    (s) => s.benchmark === benchmark && s.architecture === architecture && s.model !== leftOut,
  ).map(({ rate }) => rate);
  return Number((rates.reduce((sum, rate) => sum + rate, 0) / rates.length).toFixed(6));
}

function figures(kind, names, against) {
  return names.map((name) => {
    const { published: value, source } = published(`${kind}.${name}`);
    return entry(`${kind}.${name}`, kind, {
      of: all(name),
      against: against && all(against),
      value,
      source,
    });
  });
}

/** In percent: what is in range with the draws of the search is to be so with others. */
const MARGIN = 2;

/** Changes against the single agent whose range is asked for; of the others only the sign is. */
function gains() {
  return BENCHMARKS.flatMap((benchmark) =>
    TEAMS.flatMap((team) => {
      const { tolerance, source } = published(`change.${benchmark}.${team}`);
      if (tolerance === null) return [];
      const { from, to } = tolerance;
      const bounds = [
        ...(from === null ? [] : [`atLeast: ${from + MARGIN}`]),
        ...(to === null ? [] : [`atMost: ${to - MARGIN}`]),
      ].join(", ");
      return [
        `  - { id: gain.${benchmark}.${team}, metric: gain, of: ${benchmark}-${team}, against: ${benchmark}-single, ${bounds}, tolerance: 5, weight: 30, source: "${source}" }`,
      ];
    }),
  );
}

function order() {
  return ORDER.map(
    ({ benchmark, team, atMost, effort = 1 }) =>
      `  - { id: order.${benchmark}.${team}, metric: amplification.propagation, of: ${benchmark}-${team}, against: ${benchmark}-independent, atMost: ${atMost}, tolerance: 0.15, weight: 25, effort: ${effort}, source: "${published("amplification.independent").source}: independent teams amplify most" }`,
  );
}

function targetsOf(leftOut) {
  const source = `arXiv 2512.08296: mean over models${leftOut ? ` without ${leftOut}` : ""}`;
  const cells = BENCHMARKS.flatMap((benchmark) =>
    ARCHITECTURES.map((architecture) =>
      entry(`success.${benchmark}.${architecture}`, "success", {
        of: [`${benchmark}-${architecture}`],
        value: meanRate(benchmark, architecture, leftOut),
        source,
      }),
    ),
  );
  return [
    ...cells,
    ...figures("amplification", TEAMS, "single"),
    ...(leftOut ? [] : figures("taskAmplification", TEAMS, "single")),
    ...figures("turns", ARCHITECTURES),
    ...BENCHMARKS.map((benchmark) => {
      const { published: value, source } = published(`trajectory.${benchmark}`);
      const of = [`${benchmark}-single`];
      return entry(`trajectory.${benchmark}`, "trajectory", { of, value, source });
    }),
    ...figures("messageDensity", TEAMS.slice(1)),
    ...figures("redundancy", TEAMS),
    ...(leftOut ? [] : gains()),
    ...order(),
  ];
}

function fileOf(name, parameters, leftOut) {
  return [
    "# Written by npm run targets from src/literature. What is free stands in parameters.yaml.",
    `extends: ${parameters}`,
    `name: ${name}`,
    "targets:",
    ...targetsOf(leftOut),
    ...(leftOut ? FOLD_SEARCH : []),
    "",
  ].join("\n");
}

writeFileSync(`${FOLDER}/targets.yaml`, fileOf("kim2025", "parameters.yaml"));
mkdirSync(`${FOLDER}/folds`, { recursive: true });
writeFileSync(`${FOLDER}/folds/parameters.yaml`, guessed());
for (const model of new Set(KIM2025_SUCCESS.map(({ model }) => model))) {
  const folder = `${FOLDER}/folds/${model}`;
  mkdirSync(folder, { recursive: true });
  const name = `kim2025-without-${model.replaceAll(".", "-")}`;
  writeFileSync(`${folder}/targets.yaml`, fileOf(name, "../parameters.yaml", model));
}
