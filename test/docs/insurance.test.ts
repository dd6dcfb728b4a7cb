// The guide on what errors cost shows the insurance pipeline as it ships.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

test("the scenario of the guide is the one that ships", () => {
  const [, shown] =
    /```yaml\n# insurance\.yaml\n(.*?)\n```/s.exec(read("docs/guides/what-errors-cost.md")) ?? [];
  const shipped = read("scenarios/patterns/insurance.yaml").replace(
    /^# yaml-language-server.*\n/,
    "",
  );
  expect(shown).toBe(shipped.trimEnd());
});
