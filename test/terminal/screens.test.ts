// Screens as they look, at 80 and 120 columns: results that are kept (golden/*.json) beside the texts that are made of
// them (golden/*.txt). They change with the words and not with the engine. Look at what `npm run golden` changes.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ExperimentResult, ScenarioResult } from "../../src/experiment/result.ts";
import { KIM2025 } from "../../src/literature/kim2025/study.ts";
import type { Reproduction } from "../../src/literature/reproduce.ts";
import { briefText } from "../../src/terminal/brief.ts";
import { experimentText } from "../../src/terminal/experiment.ts";
import { reproductionText } from "../../src/terminal/reproduce.ts";
import { colorsIf } from "../../src/terminal/style.ts";

const ESCAPE = "\u001b";
const colors = colorsIf(false);
const WIDTHS = [80, 120];

const kept = <T>(name: string): T =>
  JSON.parse(readFileSync(join(import.meta.dirname, "golden", `${name}.json`), "utf8"));

const comparison = kept<ExperimentResult>("comparison");
const brief = kept<Reproduction>("brief");
const study = kept<Reproduction>("study");

const [single, , centralized] = comparison.scenarios;

/** Five on another task, called so that all names have nothing in common. */
const others = comparison.scenarios.map((one) => ({
  ...one,
  name: one.name.replace("finance-agent", "plancraft"),
}));

const compared = (...scenarios: ScenarioResult[]): ExperimentResult => ({
  ...comparison,
  scenarios,
});

/** As `run` has them: without a baseline, what needs one, and differences. */
function alone(...scenarios: ScenarioResult[]): ExperimentResult {
  const { baseline: _, ...rest } = comparison;
  return {
    ...rest,
    schema: "faultline/run@1",
    scenarios: scenarios.map(({ differences: _, metrics, ...one }) => {
      const { amplification: __, overhead: ___, ...own } = metrics;
      const thresholds = [
        { threshold: "success >= 0.3", verdict: "pass" as const },
        { threshold: "costPerSuccess <= 0.005", verdict: "fail" as const },
      ];
      return { ...one, metrics: own, thresholds };
    }),
  };
}

const experiment = (result: ExperimentResult, width: number, all = false, graphics = false) =>
  experimentText(result, { colors, width, all, graphics });

const SCREENS: Readonly<Record<string, (width: number) => string>> = {
  "run-1": (width) => experiment(alone(single), width),
  "run-5": (width) => experiment(alone(...comparison.scenarios), width),
  "compare-2": (width) => experiment(compared(single, centralized), width, false, true),
  "compare-5": (width) => experiment(comparison, width),
  "compare-5-all": (width) => experiment(comparison, width, true),
  "compare-9": (width) => experiment(compared(...comparison.scenarios, ...others.slice(1)), width),
  "reproduce-brief": (width) =>
    briefText(KIM2025, brief, {
      colors,
      width,
      graphics: true,
      places: {
        picture: "out/kim2025-brief/amplification.svg",
        page: "out/kim2025-brief/report.html",
      },
      scenarios: "scenarios",
    }),
  "reproduce-study": (width) => reproductionText(study, { colors, width }),
};

describe.each(Object.entries(SCREENS))("the screen %s", (name, screen) => {
  test.each(WIDTHS)("at %i columns", async (width) => {
    const text = screen(width);
    const tooLong = text
      .split("\n")
      // Commands stay whole, to be copied.
      .filter(
        (line) => line.length > width && !/^ *(npx )?faultline |^ {2}\S+ is written by/.test(line),
      );
    expect(tooLong).toEqual([]);
    await expect(text).toMatchFileSnapshot(`golden/${name}-${width}.txt`);
  });
});

test("five scenarios stand in one block, at 80 columns as well", () => {
  for (const name of ["run-5", "compare-5"]) {
    const lines = SCREENS[name](80).split("\n");
    expect(lines.filter((line) => line.startsWith("──"))).toHaveLength(2);
    expect(lines.find((line) => /single .*hybrid/.test(line))).toBeDefined();
  }
});

test("colors change no character of a dense table", () => {
  const painted = experimentText(comparison, { colors: colorsIf(true), width: 80, all: false });
  const bare = painted.replaceAll(new RegExp(`${ESCAPE}\\[\\d+m`, "g"), "");
  const trimmed = (text: string) => text.split("\n").map((line) => line.trimEnd());
  expect(trimmed(bare)).toEqual(trimmed(SCREENS["compare-5"](80)));
});
