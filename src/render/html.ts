// A chart as a page: one file with the runtime of Vega in it, which asks no network for anything.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Spec } from "vega";
import type { Chart } from "../charts/chart.ts";
import { FONT_STACK, LIGHT } from "../charts/theme.ts";

const RUNTIME = new URL("vega.min.js", import.meta.resolve("vega"));

/** The runtime of Vega as a script that can stand in a page. */
export function vegaRuntime(): string {
  return inScript(readFileSync(fileURLToPath(RUNTIME), "utf8"));
}

/** A value as it can stand in a script: JSON that can neither end the script nor begin a comment. */
export function jsonInScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

const inScript = (code: string) => code.replaceAll("</script", "<\\/script");

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character]);

/** The page. Without scripts it shows the static picture. */
export function chartPage({ title, alt }: Chart, spec: Spec, svg: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
body { margin: 2rem auto; width: max-content; max-width: 95vw; background: ${LIGHT.background}; font-family: ${FONT_STACK}; }
figure { margin: 0; overflow-x: auto; }
</style>
<figure id="chart" role="img" tabindex="0" aria-label="${escaped(alt)}">${svg}</figure>
<script>${vegaRuntime()}</script>
<script>
const figure = document.getElementById("chart");
figure.replaceChildren();
new vega.View(vega.parse(${jsonInScript(spec)}), { renderer: "svg", container: figure, hover: true }).run();
</script>
</html>
`;
}
