// Paths on the disk that a pattern matches, part by part; `*` stands for any characters of one part.
import { existsSync, readdirSync } from "node:fs";
import { isAbsolute, join, parse, relative } from "node:path";
import { SHIPPED } from "../documents/reading/nodeFiles.ts";

const OF_THE_PACKAGE = /^(?:\.\/)?scenarios\/(.+)/;

/** What a pattern matches here, in order; or else, if it begins with `scenarios/`, among the scenarios of the package. */
export function matchingPaths(pattern: string): string[] {
  const { root } = parse(pattern);
  const here = below(isAbsolute(pattern) ? root : ".", pattern.slice(root.length));
  const [, shipped] = OF_THE_PACKAGE.exec(pattern) ?? [];
  if (here.length > 0 || shipped === undefined) return here;
  return below(SHIPPED, shipped).map((path) => relative(".", path));
}

function below(folder: string, pattern: string): string[] {
  const parts = pattern.split("/").filter((part) => part !== "");
  return parts.reduce((paths, part) => paths.flatMap((path) => inside(path, part)), [folder]);
}

function inside(folder: string, part: string): string[] {
  if (!part.includes("*")) return existsSync(join(folder, part)) ? [join(folder, part)] : [];
  const name = new RegExp(`^${part.split("*").map(escaped).join(".*")}$`);
  // As in a shell, a pattern does not find what is hidden.
  const names = namesIn(folder).filter((one) => name.test(one) && !one.startsWith("."));
  return names.sort().map((one) => join(folder, one));
}

const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
