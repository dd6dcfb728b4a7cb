// Which scenarios are shipped, by their place below scenarios/.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../session/pages.ts";

const FOLDER = join(ROOT, "scenarios");

/** What is no scenario: parts that others extend, what a calibration is made from, experiments. */
const OTHER =
  /(agents|instances|parameters|targets|ranges)\.yaml$|\/(tasks|architectures|folds|golden)\/|^experiments/;

export function shippedFiles(): string[] {
  return readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml") && !OTHER.test(file))
    .sort();
}

/** The shipped scenarios of Kim et al. */
export const kim2025Files = () => shippedFiles().filter((file) => file.startsWith("kim2025/"));
