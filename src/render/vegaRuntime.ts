// What a page needs to draw charts: the runtime of Vega, and the interpreter of its expressions, with which it makes no
// functions of text (https://vega.github.io/vega/usage/interpreter), so that a page can forbid that.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const RUNTIME = new URL("vega.min.js", import.meta.resolve("vega"));
const INTERPRETER = new URL(import.meta.resolve("vega-interpreter"));

const NOTICE = "/* Vega, https://vega.github.io/vega, BSD-3-Clause */";

/** A script that can stand in a page and defines the globals `vega` and `expressionInterpreter`. */
export function vegaRuntime(): string {
  const [runtime, interpreter] = [RUNTIME, INTERPRETER].map((url) =>
    readFileSync(fileURLToPath(url), "utf8").replaceAll("</script", "<\\/script"),
  );
  return `${NOTICE}\n${runtime}\n${asClassic(interpreter)}`;
}

/** The interpreter comes as a module whose one import is a part of Vega. */
function asClassic(module: string): string {
  const body = module
    .replace(/^import (\{[^}]*\}) from 'vega-util';$/m, "const $1 = vega;")
    .replace(/^export \{ (\w+) as expressionInterpreter \};$/m, "return $1;")
    .replace(/^\/\/# sourceMappingURL=.*$/m, "");
  return `const expressionInterpreter = (() => {\n${body}})();\n`;
}
