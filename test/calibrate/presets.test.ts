// Presets: copies in which only the fitted numbers differ.
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { FreeParameter } from "../../src/calibrate/calibration.ts";
import { presets } from "../../src/calibrate/presets.ts";

const TEXT = `# yaml-language-server: $schema=../schema.json
# Agents, with comments.
extends: [base.yaml, "more/other.yaml"]   # two of them
models:
  base: { errorRate: 0.08, pace: 0.6 }  # a flow map
  "quoted name": { errorRate: "0.1" }
agentDefaults:
  omission:   5e-2   # with spaces

  shared: &x 0.7
  again: *x
`;

const parameter = (path: string, line?: number, column?: number): FreeParameter => ({
  name: path,
  path,
  low: 0,
  high: 1,
  scale: "linear",
  start: 0.5,
  ...(line !== undefined && column !== undefined
    ? { in: "../agents.yaml", place: { file: "agents.yaml", line, column } }
    : {}),
});

const write = (parameters: FreeParameter[], fitted: number[], text = TEXT) =>
  presets(parameters, fitted, {
    provenance: ["Calibrated.", ""],
    sourceOf: () => text,
    rebase: (preset, file, path) => `../${path}?${preset}?${file}`,
  });

describe("a copy", () => {
  const parameters = [
    parameter("agentDefaults.omission", 8, 15),
    parameter("models.base.errorRate", 5, 22),
    parameter("agentDefaults.shared", 10, 14),
  ];
  const [{ name, text }] = write(parameters, [0.123, 1e-7, 0.25]);

  test("has its own name, in the folder of results", () => {
    expect(name).toBe("agents.yaml");
  });

  test("differs in the fitted numbers and in paths to other files only", () => {
    expect(text).toBe(
      `# Calibrated.\n#\n${TEXT.replace("0.08", "1e-7")
        .replace("5e-2", "0.123")
        .replace("&x 0.7", "&x 0.25")
        .replace("../schema.json", "../../schema.json?agents.yaml?agents.yaml")
        .replace(
          `[base.yaml, "more/other.yaml"]`,
          `["../base.yaml?agents.yaml?agents.yaml", "../more/other.yaml?agents.yaml?agents.yaml"]`,
        )}`,
    );
  });

  test("is read back as the fitted numbers", () => {
    expect(parse(text)).toMatchObject({
      models: { base: { errorRate: 1e-7, pace: 0.6 } },
      agentDefaults: { omission: 0.123, shared: 0.25, again: 0.25 },
    });
  });

  test.each([
    ["{ beta: [12, 188] }  # counted", "0.1  # counted"],
    ["\n    value: 0.2\n    interval: [0.1, 0.3]  # from logs", "\n    0.1  # from logs"],
  ])("has a number in place of an uncertain one: %j", (form, fitted) => {
    const written = (rate: string) => `models:\n  rate: ${rate}\n  next: 1\n`;
    const [line, column] = form.startsWith("\n") ? [3, 5] : [2, 9];
    const [preset] = write([parameter("models.rate", line, column)], [0.1], written(form));
    expect(preset.text).toBe(`# Calibrated.\n#\n${written(fitted)}`);
  });

  test("keeps line ends as they are", () => {
    const [preset] = write([parameter("a", 2, 4)], [2], "b: 0\r\na: 1\r\nc: 3\r\n");
    expect(preset.text).toBe("# Calibrated.\n#\nb: 0\r\na: 2\r\nc: 3\r\n");
  });

  test("is refused where no number begins", () => {
    expect(() => write([parameter("a", 5, 1)], [1])).toThrow("must begin a number");
  });
});

test("parameters of no file have one of their own", () => {
  const parameters = [
    parameter("budget.exponent"),
    parameter("models.base.drift"),
    parameter("budget.tokens"),
  ];
  const [preset] = write(parameters, [1.5, 0.01, 4000]);
  expect(preset.name).toBe("preset.yaml");
  expect(preset.text).toBe(
    "# Calibrated.\n#\nbudget:\n  exponent: 1.5\n  tokens: 4000\nmodels:\n  base:\n    drift: 0.01\n",
  );
});
