// Names that nobody knows are answered with what was probably meant.
import { expect, test } from "vitest";
import { estimateOf, unknownName } from "../../src/api/names.ts";

test.each([
  ["succes", "there is no metric succes; did you mean success? (METRICS has them all)"],
  ["zzzzzz", "there is no metric zzzzzz (METRICS has them all)"],
])("a result has no estimate of %s", (name, message) => {
  expect(() => estimateOf({}, name as "success")).toThrow(new RangeError(message));
});

test("an unknown name is told with all that there are", () => {
  expect(() => unknownName("chart", "cots", ["cost", "errors"])).toThrow(
    new RangeError("there is no chart cots; did you mean cost? (charts: cost, errors)"),
  );
});
