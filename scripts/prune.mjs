// npm run build, before all else: takes out of dist what no source makes any more, such as modules that have moved.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { SCRIPTS } from "./bundle.mjs";

const scripts = new Set(SCRIPTS.map((name) => `browser/${name}.js`));

function isMade(file) {
  if (!/\.[jt]s$/.test(file) || /^(bench|command)\//.test(file)) return true;
  if (file.startsWith("browser/")) return scripts.has(file);
  return existsSync(`src/${file.replace(/(\.d)?\.[jt]s$/, ".ts")}`);
}

const made = existsSync("dist") ? readdirSync("dist", { recursive: true }) : [];
for (const path of made) {
  const file = path.replaceAll("\\", "/");
  if (!isMade(file)) rmSync(`dist/${file}`);
}
