// The scripts of pages, as `npm run build` bundles them from src/browser.
import { readFileSync } from "node:fs";

/** Name of an entry of src/browser. */
export type ScriptName = "charts" | "replay" | "scroll";

/** JavaScript that can stand in a `<script>`: it ends neither the element nor begins a comment in it. */
export function scriptText(name: ScriptName): string {
  return readFileSync(new URL(`../../dist/browser/${name}.js`, import.meta.url), "utf8");
}
