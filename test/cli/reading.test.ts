// What people write, as whole commands meet it: nothing acts on the terminal, names are found, arguments are told at the
// argument, hints can be taken.
import { describe, expect, test } from "vitest";
import { ESCAPE, faultline, SINGLE } from "./memoryWorld.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
const ACTING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const few = ["--replications", "16", "--no-save", "--quiet"];

describe("what acts on a terminal is shown", () => {
  const seed = 'seed: "\\e[31mred\\e]0;pwn\\a\\u202E\\x9b2J\\nnext"\n';
  const files = { "a.yaml": SINGLE + seed };

  test.each([
    [["run", "a.yaml", ...few]],
    [["inspect", "a.yaml", "--replications", "16"]],
    [["trace", "a.yaml", "--tree"]],
    [["trace", "a.yaml", "--json"]],
    [["run", "a.yaml", "--json", ...few]],
    [["run", "\u001b[31mx.yaml"]],
    [["\u001b[31m"]],
    [["run", "a.yaml", "--\u001b[31m"]],
    [["run", "a.yaml", "--set", "\u009b=1"]],
    [["validate", "a.yaml", "--set", "models.base.errorRate=\u202e5"]],
    [["compare", "a.yaml", "a.yaml", "--baseline", "\u001b]0;x\u0007"]],
    [["sweep", "a.yaml", "--vary", "\u001b[2J=1,2"]],
  ])("%j", async (args) => {
    const { stdout, stderr } = await faultline(args, { files });
    expect(stdout).not.toMatch(ACTING);
    expect(stderr).not.toMatch(ACTING);
  });

  test("and colors still color", async () => {
    const { stdout } = await faultline(["run", "a.yaml", ...few], {
      files,
      env: { FORCE_COLOR: "1" },
    });
    expect(stdout).toContain("\u001b[1m");
    expect(stdout).toContain("␛[31mred");
    expect(stdout.replaceAll(new RegExp(`${ESCAPE}\\[\\d+m`, "g"), "")).not.toMatch(ACTING);
  });

  test("JSON means the same", async () => {
    const { stdout } = await faultline(["run", "a.yaml", "--json", ...few], { files });
    expect(JSON.parse(stdout).seed).toBe("\u001b[31mred\u001b]0;pwn\u0007\u202e\u009b2J\nnext");
  });
});

test("names keep letters of any script, and a baseline is found by the file's stem", async () => {
  const files = { "日本.yaml": SINGLE, "中国.yaml": SINGLE, "2024.yaml": SINGLE };
  const { stdout } = await faultline(
    ["compare", "日本.yaml", "中国.yaml", "2024.yaml", "--baseline", "2024", "--json", ...few],
    { files },
  );
  const { baseline, scenarios } = JSON.parse(stdout);
  expect(baseline).toBe("scenario-2024");
  expect(scenarios.map(({ name }: { name: string }) => name)).toEqual([
    "日本",
    "中国",
    "scenario-2024",
  ]);
});

test.each([
  ["models.base.errorRate=", "models.base.errorRate is empty"],
  ["agents.worker.count=0", "the team is empty"],
  ["agents.worker.count=0.5", "which is not whole"],
])("--set %s is told at the argument", async (set, message) => {
  const { code, stderr } = await faultline(["validate", "a.yaml", "--set", set], {
    files: { "a.yaml": SINGLE },
  });
  expect(code).toBe(3);
  expect(stderr).toContain(message);
  expect(stderr).toMatch(/^--set:1:/);
});

test.each(["007", "12345678901234567890", "1e3", "true"])("--set seed=%s is text", async (seed) => {
  const { stdout } = await faultline(["run", "a.yaml", "--set", `seed=${seed}`, "--json", ...few], {
    files: { "a.yaml": SINGLE },
  });
  expect(JSON.parse(stdout).seed).toBe(seed);
});

test.each([
  [["run", "a.yaml", "--precision", "pass^8=1%"], "did you mean passHat8?"],
  [["run", "a.yaml", "--precision", "Latency p95=1%"], "did you mean latency.p95?"],
  [["run", "a.yaml", "--replications", "100k"], "write 100000"],
  [["advise", "--benchmark", "plancraft", "--single-success", "57"], "write 0.57 or 57%"],
])("%j is answered with what to write", async (args, answer) => {
  const { code, stderr } = await faultline(args, { files: { "a.yaml": SINGLE } });
  expect(code).toBe(2);
  expect(stderr).toContain(answer);
});

test("a range of one value is that value", async () => {
  const { code, stdout } = await faultline(
    ["sweep", "a.yaml", "--vary", "agents.worker.count=3:3", "--dry-run", "--replications", "8"],
    { files: { "a.yaml": SINGLE } },
  );
  expect(code).toBe(0);
  expect(stdout).toContain("1 cell");
});
