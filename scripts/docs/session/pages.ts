// The pages that readers see: the README, DESIGN.md, CONTRIBUTING.md, and everything under docs.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Pages that are made with the site, and not kept. */
const WITH_THE_SITE = join("reference", "api");

/** Paths of all pages from the project's folder, in order. */
export function pagePaths(): string[] {
  const inside = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" });
  const docs = inside.filter((path) => path.endsWith(".md") && !path.startsWith(WITH_THE_SITE));
  return [
    "README.md",
    "DESIGN.md",
    "CONTRIBUTING.md",
    ...docs.sort().map((path) => join("docs", path)),
  ];
}
