// A generated page: prose that stands beside what it describes, with its places filled.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fill, type Places } from "../places.ts";
import { ROOT } from "../session/pages.ts";

/** The prose of a page, by its path in the repository. */
export const proseAt = (source: string) => readFileSync(join(ROOT, source), "utf8");

/** The page of a prose file. Its first line says where it comes from. */
export function pageFrom(source: string, places: Places): string {
  const header = `<!-- Made by "npm run docs" from ${source} and the code beside it. Do not edit this page. -->`;
  return `${header}\n\n${fill(proseAt(source), places).trimEnd()}\n`;
}
