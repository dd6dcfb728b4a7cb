// node scripts/bundle.mjs DIST [engine] [mathjs] [command] [browser]: puts what belongs together into few files. Everything
// else of DIST stays one file per module, as the compiler writes it.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

/** The entries of src/browser, one for each script of a page (src/render/script.ts). */
export const SCRIPTS = ["charts", "replay", "scroll"];

/**
 * The engine with all that its loop calls, in place of the module that the compiler wrote. V8 takes constants of the same
 * module for what they are, and loads those of others each time: that is worth 6 % (bench/README.md).
 */
async function bundleEngine(dist) {
  const bundle = await rolldown({
    input: ENGINE,
    platform: "node",
    external: /^[a-z]/,
    treeshake: { moduleSideEffects: false },
  });
  await bundle.write({ format: "esm", file: `${dist}/${moduleOf(ENGINE)}` });
}

/**
 * What formulas need of mathjs in one file, in place of the module that names it: Node takes a second to open the 651 files
 * of mathjs.
 */
async function bundleMathjs(dist) {
  const bundle = await rolldown({ input: MATHJS, platform: "node", onLog: refuse });
  const { output } = await bundle.generate({ format: "esm", comments: false });
  writeWhole(`${dist}/${moduleOf(MATHJS)}`, output[0].code);
  writeWhole(`${dist}/documents/formulas/mathjs.licenses.txt`, licensesOf(output[0].moduleIds));
}

const ENGINE = "src/model/engine.ts";
const MATHJS = "src/documents/formulas/mathjs.ts";

/** The place in the package of a source, as the compiler writes it. */
const moduleOf = (source) => source.replace(/^src\/(.*)\.ts$/, "$1.js");

/** The entries of the command: the executable, and the modules that threads are started with. */
const COMMAND = {
  main: "src/cli/main.ts",
  chunkWorker: "src/experiment/chunkWorker.ts",
  evaluator: "src/calibrate/evaluator.ts",
  cellWorker: "src/queue/cellWorker.ts",
  trialWorker: "src/decide/trialWorker.ts",
  poolWorker: "src/experiment/poolWorker.ts",
};

/** Packages that stay outside: they are loaded only for pictures, tables and queues, and are large, not JavaScript or optional. */
const OUTSIDE = /^(@resvg\/resvg-js|vega|vega-lite|hyparquet-writer|bullmq|ioredis|pg)$/;

/**
 * The command in few files, since it takes Node longer to open a file than to run what is in it. All stand in one folder,
 * which is as deep as the rooms of src: what is found from a module's own address is found from here.
 */
async function bundleCommand(dist) {
  const bundle = await rolldown({
    input: COMMAND,
    platform: "node",
    external: OUTSIDE,
    plugins: [bundledAlready],
    onLog: refuse,
  });
  const { output } = await bundle.generate({
    format: "esm",
    chunkFileNames: "[name].js",
    comments: false,
  });
  for (const { fileName, code } of output) writeWhole(`${dist}/command/${fileName}`, code);
  const moduleIds = output.flatMap((chunk) => chunk.moduleIds);
  writeWhole(`${dist}/command/licenses.txt`, licensesOf(moduleIds));
  const kept = new Set(["licenses.txt", ...output.map(({ fileName }) => fileName)]);
  for (const file of readdirSync(`${dist}/command`))
    if (!kept.has(file)) rmSync(`${dist}/command/${file}`);
  // npx remembers where the command of a clone stood, so the compiler's module can be called as well.
  for (const file of ["command/main.js", "cli/main.js"].map((name) => `${dist}/${name}`))
    if (existsSync(file)) chmodSync(file, 0o755);
}

/** All that the executable needs: DIST/command/main.js. */
export async function bundleExecutable(dist) {
  await bundleEngine(dist);
  await bundleMathjs(dist);
  await bundleCommand(dist);
}

/** The engine and mathjs are one file each, which the command shares with the library. */
const bundledAlready = {
  name: "bundled already",
  resolveId(target, from) {
    if (from === undefined || !target.startsWith(".")) return undefined;
    const source = relative("", resolve(from, "..", target)).replaceAll("\\", "/");
    if (source !== ENGINE && source !== MATHJS) return undefined;
    return { id: `../${moduleOf(source)}`, external: true };
  },
};

/** What rolldown warns of, such as an import that is not found, is an error. */
function refuse(_level, { message }) {
  throw new Error(message);
}

/** Stands before a script with Vega in it. */
const NOTICE =
  "/* Vega, https://vega.github.io/vega, BSD-3-Clause; D3, https://d3js.org, ISC; texts: charts.licenses.txt */";

/**
 * The scripts of pages, libraries included: classic scripts that can stand in a page as they are. A file that would stay the
 * same is not written, and any other one is replaced at once: programs that run beside this one never read half a script.
 */
export async function bundleBrowser(dist) {
  for (const name of SCRIPTS) {
    const { text, licenses } = await scriptOf(name);
    writeWhole(`${dist}/browser/${name}.js`, text);
    if (licenses !== "") writeWhole(`${dist}/browser/${name}.licenses.txt`, licenses);
  }
}

/**
 * The engine of the playground: module workers, in a folder of their own. What it asks of Node is a clock's tick and the number of
 * threads, for which others stand in.
 */
export async function bundlePlay(folder) {
  const bundle = await rolldown({
    input: { engine: "src/play/engine.ts", chunkWorker: "src/experiment/chunkWorker.ts" },
    platform: "browser",
    resolve: {
      alias: {
        "node:os": resolve("src/play/node/os.ts"),
        "node:timers/promises": resolve("src/play/node/timers.ts"),
        "node:worker_threads": resolve("src/play/node/workerThreads.ts"),
      },
    },
    onLog: refuse,
  });
  const { output } = await bundle.generate({
    format: "esm",
    minify: true,
    comments: false,
    chunkFileNames: "[name].js",
  });
  for (const { fileName, code } of output) writeWhole(`${folder}/${fileName}`, code);
  writeWhole(`${folder}/licenses.txt`, licensesOf(output.flatMap((chunk) => chunk.moduleIds)));
}

function writeWhole(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

/** The licences of the packages that modules come from, which have to go where their code goes. */
function licensesOf(moduleIds) {
  const paths = moduleIds
    .filter((id) => !id.startsWith("\0"))
    .map((id) => id.replaceAll("\\", "/"));
  const roots = paths.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  const packages = [...new Set(roots.filter((root) => root !== undefined))].sort();
  return packages
    .map((root) => {
      const { name, version, license } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
      const all = readdirSync(root);
      const files = [/^licen[cs]e/i, /^notice/i].map((what) => all.find((one) => what.test(one)));
      const texts = files
        .filter((file) => file !== undefined)
        .map((file) => `\n${readFileSync(`${root}/${file}`, "utf8").trim()}\n`);
      return `${name} ${version}, ${license}\n${texts.join("")}`;
    })
    .join("\n----\n\n");
}

async function scriptOf(name) {
  const bundle = await rolldown({
    input: `src/browser/${name}.ts`,
    platform: "browser",
    // An import that is not found would ask the network for it.
    onLog: refuse,
  });
  const { output } = await bundle.generate({ format: "iife", minify: true });
  const [{ code, moduleIds }] = output;
  if (output.length > 1 || /<\/script|<!--|\r/i.test(code))
    throw new Error(`src/browser/${name}.ts gives no script that can stand in a page`);
  const licenses = licensesOf(moduleIds);
  return { text: licenses === "" ? code : `${NOTICE}\n${code}`, licenses };
}

const [, script, dist, ...parts] = process.argv;
const isCalled = script === fileURLToPath(import.meta.url);
if (isCalled && parts.includes("engine")) await bundleEngine(dist);
if (isCalled && parts.includes("mathjs")) await bundleMathjs(dist);
if (isCalled && parts.includes("command")) await bundleCommand(dist);
if (isCalled && parts.includes("browser")) await bundleBrowser(dist);
