// The pictures of docs/gallery.md, drawn from real runs of shipped scenarios; a part of npm run docs.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ARCHITECTURES } from "./readmeTables.ts";

const FOLDER = "docs/pictures";
const FINANCE = "scenarios/kim2025/finance-agent";
const FILES = ARCHITECTURES.map((architecture) => `${FINANCE}-${architecture}.yaml`);

/** What is drawn: a command whose result it is made of, and the charts of that result. */
const SECTIONS = [
  {
    title: "A comparison",
    args: ["compare", ...FILES, "--baseline", "single", "--replications", "8000"],
    shown: `faultline compare ${FINANCE}-*.yaml --baseline single --replications 8000`,
    result: "out/finance-agent-*",
    charts: [
      ["amplification", "How many errors reach aggregation, relative to the single agent."],
      ["success", "Share of the tasks that succeed."],
      ["cost", "Cost against success; the dashed line is the Pareto front."],
      ["differences", "Paired differences to the single agent, by size."],
      ["reliability", "The chance that one, two, … eight repeats of a task all succeed."],
      ["latency", "How long a task takes: median and tails."],
      ["errors", "How errors begin, and what checks do about them."],
    ],
  },
  {
    title: "A sweep",
    args: ["sweep", "scenarios/experiments/team-size.yaml"],
    shown: "faultline sweep scenarios/experiments/team-size.yaml",
    result: "out/sweep-team-size",
    charts: [
      ["sweep-map", "Which architecture succeeds most often, by team size and error rate."],
      ["sweep-line", "Success along what was varied."],
    ],
  },
  {
    title: "Against published figures",
    args: ["reproduce", "kim2025", "--json"],
    shown: "faultline reproduce kim2025 --json > kim2025.json",
    result: "kim2025.json",
    charts: [
      ["amplification", "Simulated amplification with intervals, and the published values."],
    ],
  },
  {
    title: "One replication",
    args: ["trace", `${FINANCE}-centralized.yaml`, "--replication", "115"],
    shown: `faultline trace ${FINANCE}-centralized.yaml --replication 115 > trace.ndjson`,
    result: "trace.ndjson",
    charts: [
      ["timeline", "Which agent did what when; errors are coloured."],
      ["topology", "The agents, their edges, and what ran along them."],
    ],
  },
];

function faultline(args: readonly string[]) {
  const all = ["dist/cli/main.js", ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { maxBuffer: 2 ** 30 });
  if (status !== 0 && status !== 5) throw new Error(`${args.join(" ")}: ${stderr}`);
  return stdout;
}

/** Runs the command of a section; returns the path of its result. */
function resultOf({ args }: (typeof SECTIONS)[number], folder: string) {
  if (args[0] === "compare" || args[0] === "sweep") {
    faultline([...args, "--out", folder, "--quiet"]);
    const [inner] = readdirSync(folder).filter((name) => name.startsWith("finance-agent-"));
    return args[0] === "sweep" ? folder : join(folder, inner);
  }
  const path = join(folder, args[0] === "trace" ? "trace.ndjson" : "result.json");
  writeFileSync(path, faultline(args));
  return path;
}

/** Draws all pictures and returns the page. */
export function gallery() {
  mkdirSync(FOLDER, { recursive: true });
  const lines = [
    "# Gallery",
    "",
    "Written by `npm run docs` from shipped scenarios. `faultline plot RESULT --chart list` tells which charts a result can feed;",
    "`--format` is `svg`, `png`, `html` or `vl.json` (Vega-Lite, for Observable, Jupyter or the Vega editor).",
    "",
  ];
  for (const section of SECTIONS) {
    const folder = mkdtempSync(join(tmpdir(), "faultline-gallery-"));
    const result = resultOf(section, folder);
    lines.push(`## ${section.title}`, "", "```", section.shown, "```", "");
    for (const [chart, caption] of section.charts) {
      const name = `${section.args[0]}-${chart}.svg`;
      faultline(["plot", result, "--chart", chart, "--out", join(FOLDER, name), "--quiet"]);
      lines.push(caption, "", `![${caption}](pictures/${name})`, "");
      lines.push(
        "```",
        `faultline plot ${section.result} --chart ${chart} --out ${chart}.svg`,
        "```",
        "",
      );
    }
    rmSync(folder, { recursive: true });
  }
  return lines.join("\n");
}
