// The script of a replay page. The player is a handful of ordinary modules, typed and checked like all others; a page gets
// their compiled texts, one after the other. In an installed Faultline these are the .js files beside this one. Where
// Faultline runs from its sources, the compiler that builds it takes out the types.
import { readFile } from "node:fs/promises";
import { moduleBeside } from "../../experiment/moduleBeside.ts";

/** The modules of the player: each uses those before it only, and no two have a name in common. */
const MODULES = [
  "../../wording/whyMissing",
  "state",
  "story",
  "times",
  "ways",
  "routes",
  "cell",
  "stage",
  "panel",
  "player",
] as const;

/** Read once in the life of a program. */
let modules: Promise<string[]> | undefined;

/** Classic JavaScript that defines the class Player, wrapped around the statement `start`. */
export async function playerScript(start: string): Promise<string> {
  modules ??= Promise.all(MODULES.map(moduleText));
  const texts = (await modules).map(withoutLinks);
  return `(() => {\n"use strict";\n${texts.join("\n")}\n${start}\n})();`;
}

async function moduleText(name: string): Promise<string> {
  const url = moduleBeside(import.meta.url, `../../browser/replay/${name}`);
  const text = await readFile(url, "utf8");
  return url.pathname.endsWith(".ts") ? withoutTypes(text) : text;
}

async function withoutTypes(text: string): Promise<string> {
  const { default: ts } = await import("typescript");
  const { ModuleKind, ScriptTarget } = ts;
  const compilerOptions = { module: ModuleKind.ESNext, target: ScriptTarget.ES2023 };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

/** A module whose imports stand before it in the same text. */
function withoutLinks(module: string): string {
  return module
    .replace(/^\/\/\/ <reference.*\n/gm, "")
    .replace(/^import [^;]*;\n/gm, "")
    .replace(/^export (?=class|function|const)/gm, "");
}
