// node scripts/bundle.mjs DIST [engine] [browser]: puts what belongs together into one file each. Everything else of DIST
// stays one file per module, as the compiler writes it.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
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
    input: "src/model/engine.ts",
    platform: "node",
    external: /^[a-z]/,
    treeshake: { moduleSideEffects: false },
  });
  await bundle.write({ format: "esm", file: `${dist}/model/engine.js` });
}

/** Stands before a script with Vega in it. */
const NOTICE =
  "/* Vega, https://vega.github.io/vega, BSD-3-Clause; D3, https://d3js.org, ISC; texts: charts.licenses.txt */";

/**
 * The scripts of pages, libraries included: classic scripts that can stand in a page as they are. A file that would stay the
 * same is not written, and any other one is replaced at once: programs that run beside this one never read half a script.
 */
export async function bundleBrowser(dist) {
  mkdirSync(`${dist}/browser`, { recursive: true });
  for (const name of SCRIPTS) {
    const { text, licenses } = await scriptOf(name);
    writeWhole(`${dist}/browser/${name}.js`, text);
    if (licenses !== "") writeWhole(`${dist}/browser/${name}.licenses.txt`, licenses);
  }
}

function writeWhole(file, text) {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

/** The licences of the packages that modules come from, which have to go where their code goes. */
function licensesOf(moduleIds) {
  const roots = moduleIds.map((id) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0]);
  const packages = [...new Set(roots.filter((root) => root !== undefined))].sort();
  return packages
    .map((root) => {
      const { name, version, license } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
      const file = readdirSync(root).find((one) => /^(licence|license)/i.test(one));
      const text = file === undefined ? "" : readFileSync(`${root}/${file}`, "utf8").trim();
      return `${name} ${version}, ${license}\n\n${text}\n`;
    })
    .join("\n----\n\n");
}

async function scriptOf(name) {
  const bundle = await rolldown({
    input: `src/browser/${name}.ts`,
    platform: "browser",
    // An import that is not found would ask the network for it.
    onLog: (_level, { message }) => {
      throw new Error(message);
    },
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
if (isCalled && parts.includes("browser")) await bundleBrowser(dist);
