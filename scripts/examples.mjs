// npm run examples: packs the package, installs it into an empty project, and runs every program of examples/ there. What
// each prints must be what stands beside it in NAME.out.
import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
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

let failed = 0;
try {
  const packed = npm("pack", "--ignore-scripts", "--json", "--pack-destination", project);
  const [{ filename }] = JSON.parse(packed);
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  const offline = ["--prefer-offline", "--no-audit", "--no-fund", "--no-progress"];
  npm("install", "--prefix", project, ...offline, join(project, filename));
  for (const file of readdirSync(EXAMPLES).filter((name) => name.endsWith(".mjs"))) {
    copyFileSync(join(EXAMPLES, file), join(project, file));
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], {
      cwd: project,
      encoding: "utf8",
    });
    const expected = readFileSync(join(EXAMPLES, file.replace(/mjs$/, "out")), "utf8");
    const isRight = status === 0 && stdout === expected && stderr === "";
    if (!isRight) failed++;
    console.log(`${isRight ? "ok    " : "FAILED"} ${file}`);
    if (!isRight) console.log(`exit code ${status}\n${stdout}${stderr}`);
  }
} finally {
  rmSync(project, { recursive: true, force: true });
}
process.exitCode = failed > 0 ? 1 : 0;
