// npm run digest [-- WORD]: what Faultline computes, as one sha256 a line. Two versions of Node, or two machines, agree
// where their lines do. With WORD only the items with it in their name. Needs npm run build.
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeWorld } from "../dist/cli/nodeWorld.js";
import { main } from "../dist/cli/program.js";
import { loadMathjs, readExpression } from "../dist/documents/formulas/expression.js";
import { FORMULA_FUNCTIONS } from "../dist/documents/formulas/language.js";
import { hash32, mix } from "../dist/numerics/draws.js";
import { power } from "../dist/numerics/power.js";

const [word = ""] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "faultline-digest-"));

/** Prints the digest of an item, unless it is not asked for; an item without bytes has none. */
async function item(name, bytes) {
  if (!name.includes(word)) return;
  const content = await bytes();
  if (content !== undefined)
    console.log(`${createHash("sha256").update(content).digest("hex")}  ${name}`);
}

// ---------------------------------------------------------------- functions

/** Arguments of each kind for each function. */
const ARGUMENTS = 25_000;

/** Functions of numbers that results rest on and that the standard of JavaScript does not define to the last bit. */
const NATIVE = ["exp", "expm1", "log", "log1p", "log10", "sin", "cos", "atan2", "hypot"];
const FORMULAS = ["x ^ y", "x mod y", "log(x, y)", "round(x, 3)"];

async function functions() {
  await loadMathjs();
  const calls = FORMULA_FUNCTIONS.map((name) => `${name}(x${Math[name].length > 1 ? ", y" : ""})`);
  await item("power", () => valuesOf(power));
  for (const name of NATIVE) await item(`Math.${name}`, () => valuesOf(Math[name]));
  for (const text of [...FORMULAS, ...calls])
    await item(`formula ${text}`, () => valuesOf(evaluator(text)));
}

function evaluator(text) {
  const expression = readExpression(text);
  const values = new Map();
  return (x, y) => expression.evaluate(values.set("x", x).set("y", y));
}

/** Values at shares, small numbers, numbers around 0, and numbers of any bits. */
function valuesOf(f) {
  const words = new Uint32Array(2);
  const doubles = new Float64Array(words.buffer);
  let state = hash32("digest");
  const draw = () => {
    state = mix(state, 1);
    return state;
  };
  const share = () => draw() / 2 ** 32;
  const any = () => {
    words.set([draw(), draw()]);
    return doubles[0];
  };
  const kinds = [share, () => share() / 1000, () => 100 * (share() - 0.5), any];
  const values = Float64Array.from({ length: kinds.length * ARGUMENTS }, (_, i) => {
    const kind = kinds[i % kinds.length];
    const value = Number(f(kind(), kind()));
    return Number.isNaN(value) ? Number.NaN : value; // one of the many NaN
  });
  return new Uint8Array(values.buffer);
}

// ---------------------------------------------------------------- commands

const world = nodeWorld();

/** What a command prints, and the files in the folder that it writes to; undefined where it fails. */
async function bytesOf(args, out) {
  const parts = [];
  const stdout = { write: (text) => parts.push(Buffer.from(text)), isTTY: false };
  const stderr = { write: () => {}, isTTY: false };
  const code = await main({ ...world, args: [...args, "--quiet"], stdout, stderr });
  if (code !== 0 && code !== 5) return undefined;
  return Buffer.concat([...parts, ...(out ? contents(out) : [])]);
}

function contents(path) {
  const files = readdirSync(path, { recursive: true }).sort();
  const paths = files.map((file) => join(path, file));
  return paths.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file));
}

const ONE_THREAD = ["--jobs", "1"];
const FEW = ["--replications", "16", ...ONE_THREAD];

/** Every file below scenarios that can be run. */
async function scenarios() {
  const files = readdirSync("scenarios", { recursive: true }).filter((f) => f.endsWith(".yaml"));
  for (const file of files.sort())
    await item(`run ${file}`, () =>
      bytesOf(["run", join("scenarios", file), ...FEW, "--json", "--no-save"]),
    );
}

const FINANCE = ["single", "independent", "centralized", "decentralized", "hybrid"].map(
  (architecture) => `scenarios/kim2025/finance-agent-${architecture}.yaml`,
);
const FINANCE_CHARTS = "amplification success cost differences reliability latency errors".split(
  " ",
);

/** A comparison with its tables and charts. */
async function comparison() {
  const out = join(folder, "compare");
  const tables = ["--export", "parquet", "--record", "csv"];
  await item("compare", () =>
    bytesOf(["compare", ...FINANCE, "--baseline", "single", ...FEW, ...tables, "--out", out], out),
  );
  if (!existsSync(out)) return;
  const result = join(out, readdirSync(out)[0]);
  for (const chart of FINANCE_CHARTS)
    await item(`compare, chart ${chart}`, () => bytesOf(["plot", result, "--chart", chart]));
}

const FILES = {
  "powers.yaml": `
parameters: { k: 0.25 }
task: { graph: { shape: chain, size: 2 } }
models:
  base: { errorRate: "= 0.2 * 0.15 ^ k", price: { input: "= 0.505 ^ k", output: "= pow(0.82, 0.25)" } }
agents: { w: { count: 2 } }
protocol:
  - work: { who: w }
  - aggregate: { how: first, from: w }
`,
  "models.yaml": "models: { base: { errorRate: 0.3 } }\n",
  "one.yaml": `
extends: models.yaml
task: { graph: { shape: chain, size: 2 } }
agents: { worker: {} }
protocol:
  - work: { who: worker }
  - aggregate: { how: first, from: worker }
`,
  "targets.yaml": `
name: fit
scenarios: { one: one.yaml }
parameters:
  - { path: models.base.errorRate, in: models.yaml, range: [0.01, 0.9], scale: log }
  - { path: agents.worker.checks.self.recall, range: [0.1, 0.9], start: 0.5 }
targets:
  - { id: success, metric: success, of: one, value: 0.8, tolerance: 0.02, source: made up }
  - { id: turns, metric: turns, of: one, value: 3.2, tolerance: 0.1, source: made up }
search:
  levels: [{ replications: 160, evaluations: 60 }]
  descent: 30
  polish: 20
  final: 320
`,
};

const SWEEP = ["--vary", "models.base.errorRate=0.01:0.5:5:log", "--vary", "agents.w.count=1:3"];

/** Commands on files of our own, which stand where the program runs: their names go into what it writes. */
async function commands() {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  process.chdir(folder);
  await item("formulas", () => bytesOf(["run", "powers.yaml", ...FEW, "--out", "run"], "run"));
  await item("sweep", () =>
    bytesOf(
      ["sweep", "powers.yaml", ...SWEEP, ...FEW, "--export", "csv", "--out", "sweep"],
      "sweep",
    ),
  );
  for (const chart of ["sweep-map", "sweep-line"])
    await item(`sweep, chart ${chart}`, () => bytesOf(["plot", "sweep", "--chart", chart]));
  await item("calibration", () =>
    bytesOf(["calibrate", "targets.yaml", ...ONE_THREAD, "--out", "fit"], "fit"),
  );
  for (const study of ["taubench", "maker"])
    await item(`study ${study}`, () => bytesOf(["reproduce", study, ...FEW, "--json"]));
}

await functions();
await scenarios();
await comparison();
await commands();
rmSync(folder, { recursive: true });
