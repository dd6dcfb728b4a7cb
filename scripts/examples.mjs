// npm run examples: packs the package, installs it into an empty project, and runs every program of examples/ there. What
// each prints must be what stands beside it in NAME.out. Then commands of the package, which have to succeed.
import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const EXAMPLES = new URL("../examples/", import.meta.url).pathname;
const project = mkdtempSync(join(tmpdir(), "faultline-examples-"));
const npm = (...args) =>
  execFileSync("npm", args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

/** Commands that need what the package finds by its place: templates, scenarios, mathjs, threads, fonts, scripts of pages. */
const COMMANDS = [
  "init team.yaml",
  "run scenarios/patterns/voting.yaml --jobs 2 --replications 2000 --out results",
  "plot RESULT --out chart.png",
  "report RESULT --out report.html",
  "replay scenarios/patterns/voting.yaml --out replay.html",
];

let failed = 0;
/** Runs a program of Node in the project. */
const node = (...args) => spawnSync(process.execPath, args, { cwd: project, encoding: "utf8" });

try {
  const packed = npm("pack", "--ignore-scripts", "--json", "--pack-destination", project);
  const [{ filename }] = JSON.parse(packed);
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  const offline = ["--prefer-offline", "--no-audit", "--no-fund", "--no-progress"];
  npm("install", "--prefix", project, ...offline, join(project, filename));
  for (const file of readdirSync(EXAMPLES).filter((name) => name.endsWith(".mjs"))) {
    copyFileSync(join(EXAMPLES, file), join(project, file));
    const { status, stdout, stderr } = node(file);
    const expected = readFileSync(join(EXAMPLES, file.replace(/mjs$/, "out")), "utf8");
    const isRight = status === 0 && stdout === expected && stderr === "";
    if (!isRight) failed++;
    console.log(`${isRight ? "ok    " : "FAILED"} ${file}`);
    if (!isRight) console.log(`exit code ${status}\n${stdout}${stderr}`);
  }
  const results = join(project, "results");
  const command = join(project, "node_modules", "faultline", "dist", "command", "main.js");
  for (const args of COMMANDS) {
    const [saved = ""] = existsSync(results) ? readdirSync(results) : [];
    const { status, stderr } = node(
      command,
      ...args.replace("RESULT", join(results, saved)).split(" "),
    );
    if (status !== 0) failed++;
    console.log(`${status === 0 ? "ok    " : "FAILED"} faultline ${args}`);
    if (status !== 0) console.log(`exit code ${status}\n${stderr}`);
  }
} finally {
  rmSync(project, { recursive: true, force: true });
}
process.exitCode = failed > 0 ? 1 : 0;
