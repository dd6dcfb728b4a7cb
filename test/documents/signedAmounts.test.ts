// Amounts with a sign: what people write for dollars and shares is read as the number that it means, and nothing else is.
import { expect, test } from "vitest";
import { withPlainAmounts } from "../../src/documents/checking/signedAmounts.ts";
import { scenarioFileSchema } from "../../src/scenario/schema.ts";
import { load, problemsOf, scenarioText } from "../scenario/support.ts";

const withLoss = (loss: string) =>
  scenarioText({ task: `task: { graph: { shape: graph, claims: { a: { loss: ${loss} } } } }` });
const withRate = (rate: string) =>
  scenarioText({ models: `models: { base: { errorRate: ${rate}, price: { input: $1.25 } } }` });

test.each([
  ["$20", 20],
  ["$ 20", 20],
  ['"$4,000"', 4000],
  ['"$1,234,567.89"', 1234567.89],
  ["$0.05", 0.05],
  ["' $5 '", 5],
])("%s of loss", async (written, amount) => {
  const { scenario } = await load(withLoss(written));
  expect(scenario.task.graph).toMatchObject({ claims: { a: { loss: amount } } });
});

test.each([
  ["20%", 0.2],
  ["7 %", 0.07],
  ["0.29%", 0.0029],
  ["100%", 1],
])("an error rate of %s", async (written, rate) => {
  const { scenario } = await load(withRate(written));
  expect(scenario.models.base).toMatchObject({ errorRate: rate, price: { input: 1.25 } });
});

test("a file with amounts means the same as one with plain numbers, also in defaults and in what is set", async () => {
  const written = await load(
    scenarioText({
      head: "agentDefaults: { guess: 25% }",
      tail: "objectives: { latency: 60, loss: $200 }",
    }),
    { overrides: { "models.base.errorRate": "3%" } },
  );
  const plain = await load(
    scenarioText({
      head: "agentDefaults: { guess: 0.25 }",
      tail: "objectives: { latency: 60, loss: 200 }",
    }),
    { overrides: { "models.base.errorRate": 0.03 } },
  );
  expect(written.scenario).toEqual(plain.scenario);
});

test.each([
  ['"$4,00"', "is the text"],
  ['"€20"', "is the text"],
  ["$-20", "is the text"],
  ["20%", "is the text"],
  ["$2000000000000", "above the largest value"],
])("%s is no loss", async (written, message) => {
  const [problem, ...others] = await problemsOf(withLoss(written));
  expect(others).toEqual([]);
  expect(problem.message).toContain(message);
});

test("a percentage above 100, a dollar of chance and a percentage of a count are errors", async () => {
  const [above] = await problemsOf(withRate("150%"));
  expect(above.message).toContain("errorRate is 1.5, above the largest value 1");
  const [dollar] = await problemsOf(withRate("$0.1"));
  expect(dollar.message).toContain('errorRate is the text "$0.1"');
  const [count] = await problemsOf(scenarioText({ tail: "replications: 50%" }));
  expect(count.message).toContain('replications is the text "50%"');
});

test("a tree without amounts stays the same tree", async () => {
  const { tree } = await load(scenarioText());
  expect(withPlainAmounts(tree, scenarioFileSchema)).toBe(tree);
});
