// What a program can import, entry by entry: nothing more by accident, nothing less.
import { expect, test } from "vitest";
import * as charts from "../../src/api/charts.ts";
import * as engine from "../../src/api/engine.ts";
import * as main from "../../src/api/index.ts";
import * as report from "../../src/api/report.ts";
import * as studies from "../../src/api/studies.ts";

test("every entry exports what it promises", () => {
  const names = (entry: object) => Object.keys(entry).sort();
  expect({
    faultline: names(main),
    "faultline/charts": names(charts),
    "faultline/engine": names(engine),
    "faultline/report": names(report),
    "faultline/studies": names(studies),
  }).toEqual({
    faultline: [
      "ImproveError",
      "METRICS",
      "NoFitError",
      "PairingError",
      "PrecisionError",
      "SEMANTICS",
      "ScenarioError",
      "StoreError",
      "UnmetError",
      "UnreachableError",
      "VERSION",
      "advise",
      "calibrate",
      "choose",
      "compare",
      "defineScenario",
      "estimate",
      "findReplication",
      "formatProblem",
      "importance",
      "improve",
      "loadEnsemble",
      "loadScenario",
      "memoryFiles",
      "reproduce",
      "run",
      "sweep",
      "threshold",
      "trace",
      "traceOtlp",
      "warningsOf",
    ],
    "faultline/charts": ["ChartError", "chartsFor", "makeChart", "toPng", "toSvg", "writeChart"],
    "faultline/engine": [
      "Draws",
      "Engine",
      "FIELD",
      "OUTCOME_FIELDS",
      "compile",
      "rootKey",
      "toSeconds",
      "tuneForEngine",
    ],
    "faultline/report": ["ReportError", "makeReplay", "makeReport", "writeReplay", "writeReport"],
    "faultline/studies": [
      "KIM2025",
      "KIM2025_SUCCESS",
      "STUDIES",
      "leaveOneOut",
      "reproduce",
      "reproduceSeeds",
    ],
  });
});
