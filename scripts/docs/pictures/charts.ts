// The pictures of docs/reference/charts.md, drawn from real runs of shipped scenarios.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onGround } from "./grounds.ts";

const FOLDER = "docs/pictures";
const FINANCE = "scenarios/kim2025/finance-agent";
const INSURANCE = "scenarios/patterns/insurance.yaml";
const PIPELINE = "scenarios/templates/pipeline.yaml";
const RANGES = [
  ...["--vary", "models.small.errorRate=0.01:0.1:log"],
  ...["--vary", "models.large.errorRate=0.01:0.1:log"],
  ...["--vary", "agents.lead.checks.orchestrator.recall=0.2:0.9"],
  ...["--vary", "agents.reviewer.checks.orchestrator.recall=0.5:1"],
];
const SINGLE = "scenarios/templates/single.yaml";
const ARCHITECTURES = ["single", "independent", "centralized", "decentralized", "hybrid"];
const FILES = ARCHITECTURES.map((architecture) => `${FINANCE}-${architecture}.yaml`);

/** What is drawn: a command whose result it is made of, and the charts of that result with their captions. */
const SOURCES = [
  {
    args: ["compare", ...FILES, "--baseline", "single", "--replications", "8000"],
    run: `faultline compare ${FINANCE}-*.yaml --baseline single --replications 8000`,
    result: "out/finance-agent-*",
    charts: {
      amplification: "Errors that reach aggregation, relative to the single agent.",
      success: "Share of the tasks that succeed.",
      cost: "Cost against success. The dashed line is the Pareto front.",
      differences: "Paired differences to the single agent, by size.",
      reliability: "The chance that one, two, … eight repeats of a task all succeed.",
      latency: "How long a task takes: median and tails.",
      errors: "How errors begin, and what checks do about them.",
    },
  },
  {
    args: [
      "threshold",
      PIPELINE,
      "--find",
      "models.small.errorRate=0.01:0.4",
      "--until",
      "loss.total=800",
    ],
    run: `faultline threshold ${PIPELINE} --find models.small.errorRate=0.01:0.4 --until loss.total=800`,
    result: "out/threshold-pipeline",
    charts: { threshold: "The loss per task along an error rate, and where it reaches $800." },
  },
  {
    args: ["choose", ...FILES],
    run: `faultline choose ${FINANCE}-*.yaml`,
    result: "out/choose-finance-agent",
    charts: {
      choice: "How far each architecture lies behind the best, and the replications spent on it.",
    },
  },
  {
    args: ["run", INSURANCE],
    run: `faultline run ${INSURANCE}`,
    result: "out/insurance-*",
    charts: {
      money: "Dollars per task that each agent spends and loses, and that each claim loses.",
    },
  },
  {
    args: ["sweep", "scenarios/experiments/team-size.yaml"],
    run: "faultline sweep scenarios/experiments/team-size.yaml",
    result: "out/sweep-team-size",
    charts: {
      "sweep-map": "The architecture that succeeds most often, by team size and error rate.",
      "sweep-line": "Success along the factors of the sweep.",
    },
  },
  {
    args: ["sweep", PIPELINE, ...RANGES, "--design", "sobol:96", "--replications", "256"],
    run: `faultline sweep ${PIPELINE} ${RANGES.join(" ")} --design sobol:96 --replications 256`,
    result: "out/sweep-pipeline",
    charts: { tornado: "Which factor of a random design matters most for success." },
  },
  {
    args: ["importance", PIPELINE],
    run: `faultline importance ${PIPELINE}`,
    result: "out/importance-pipeline",
    charts: {
      tornado: "What success gains if a part of the team is perfect, and loses if it is absent.",
    },
  },
  {
    args: ["reproduce", "kim2025", "--json"],
    run: "faultline reproduce kim2025 --json > kim2025.json",
    result: "kim2025.json",
    charts: { amplification: "Simulated amplification with intervals, and the published values." },
  },
  {
    args: ["trace", `${FINANCE}-centralized.yaml`, "--replication", "176"],
    run: `faultline trace ${FINANCE}-centralized.yaml --replication 176 > trace.ndjson`,
    result: "trace.ndjson",
    charts: {
      timeline: "Which agent did what when. Errors are coloured.",
      topology: "The agents, their edges, and what ran along them.",
    },
  },
  {
    args: ["trace", `${FINANCE}-centralized.yaml`, "--replication", "176", "--json"],
    run: `faultline trace ${FINANCE}-centralized.yaml --replication 176 --json > lineage.json`,
    result: "lineage.json",
    charts: { lineage: "Each error, what carried it, and what became of it." },
  },
  {
    args: ["estimate", SINGLE],
    run: `faultline trace ${SINGLE} --format otlp --replications 400 > spans.jsonl && faultline estimate spans.jsonl`,
    result: "out/estimate-spans/estimate.json",
    charts: {
      fit: "What spans of a simulated agent show, and what the scenario estimated from them gives.",
    },
  },
  {
    args: ["improve", PIPELINE, "--at-most", "3"],
    run: `faultline improve ${PIPELINE} --at-most 3`,
    result: "out/improve-pipeline",
    charts: {
      improvement: "What changes bring against what they cost, with the path of best steps.",
    },
  },
] as const;

/** Every picture: its file, and what to type to draw it. */
export const PICTURES = SOURCES.flatMap(({ args, run, result, charts }) =>
  Object.entries(charts).map(([chart, caption]) => ({
    chart,
    caption,
    file: `${args[0]}-${chart}.svg`,
    run,
    plot: `faultline plot ${result} --chart ${chart} --out ${chart}.svg`,
  })),
);

/** Draws all pictures. It needs the built program. */
export function drawPictures(): void {
  mkdirSync(FOLDER, { recursive: true });
  for (const source of SOURCES) {
    const folder = mkdtempSync(join(tmpdir(), "faultline-pictures-"));
    const result = resultOf(source.args, folder);
    for (const chart of Object.keys(source.charts)) {
      const out = join(FOLDER, `${source.args[0]}-${chart}.svg`);
      faultline(["plot", result, "--chart", chart, "--out", out, "--quiet"]);
    }
    rmSync(folder, { recursive: true });
  }
  drawHeadline();
}

/** The picture at the top of the README, which `npm start` draws: for light ground, and for dark. */
function drawHeadline(): void {
  const folder = mkdtempSync(join(tmpdir(), "faultline-pictures-"));
  faultline(["reproduce", "kim2025", "--brief", "--out", folder, "--quiet"]);
  const light = readFileSync(join(folder, "kim2025-brief", "amplification.svg"), "utf8");
  rmSync(folder, { recursive: true });
  writeFileSync(join(FOLDER, "headline.svg"), light);
  writeFileSync(join(FOLDER, "headline-dark.svg"), onGround(light, "dark"));
}

/** Commands that save their result in the folder of --out itself. */
const FOLDER_COMMANDS = ["sweep", "choose", "importance", "threshold"];

/** Runs the command of a source; returns the path of its result. */
function resultOf(args: readonly string[], folder: string): string {
  if (FOLDER_COMMANDS.includes(args[0])) {
    faultline([...args, "--out", folder, "--quiet"]);
    return folder;
  }
  if (["compare", "run", "improve"].includes(args[0])) {
    faultline([...args, "--out", folder, "--quiet"]);
    return join(folder, readdirSync(folder)[0]);
  }
  if (args[0] === "estimate") {
    const spans = join(folder, "spans.jsonl");
    const options = ["--format", "otlp", "--replications", "400"];
    writeFileSync(spans, faultline(["trace", args[1], ...options]));
    faultline(["estimate", spans, "--out", folder, "--quiet"]);
    return join(folder, "estimate.json");
  }
  const path = join(folder, args[0] === "trace" ? "trace.ndjson" : "result.json");
  writeFileSync(path, faultline(args));
  return path;
}

function faultline(args: readonly string[]): string {
  const all = ["dist/command/main.js", ...args];
  const options = { maxBuffer: 2 ** 30, encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, all, options);
  if (status !== 0 && status !== 5) throw new Error(`${args.join(" ")}: ${stderr}`);
  return stdout;
}
