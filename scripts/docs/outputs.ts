// npm run outputs [PAGE...]: types the commands of pages anew and writes what they print into them. By default of all pages.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withOutputs } from "./session/outputs.ts";
import { pagePaths, ROOT } from "./session/pages.ts";
import { openSession } from "./session/run.ts";

const session = openSession();
const pages = process.argv.slice(2);
for (const page of pages.length > 0 ? pages : pagePaths()) {
  const path = join(ROOT, page);
  const text = readFileSync(path, "utf8");
  const tried = await session.run(text);
  for (const problem of tried.outcomes.flatMap((outcome) => outcome?.problems ?? []))
    console.error(`${page}: ${problem}`);
  const written = withOutputs(text, tried);
  if (written.page !== text) writeFileSync(path, written.page);
  for (const [name, picture] of Object.entries(written.pictures))
    writeFileSync(join(ROOT, "docs", name), picture);
}
session.close();
