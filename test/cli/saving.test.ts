// What the system refuses to write is told in one way, with one exit code, and leaves nothing behind.
import { describe, expect, test } from "vitest";
import { FEW, FILES, faultline } from "./memoryWorld.ts";

const EXPERIMENT = `
scenarios: { single: demo-single.yaml }
factors: { models.base.errorRate: [0.1, 0.2] }
replications: 40
`;
const files = { ...FILES, "experiment.yaml": EXPERIMENT };

const COMMANDS = [
  ["run", "demo-single.yaml", ...FEW],
  ["run", "demo-single.yaml", ...FEW, "--record", "csv", "--record", "ndjson", "--export", "csv"],
  ["sweep", "experiment.yaml", "--export", "csv"],
  ["plan", "experiment.yaml"],
  ["replay", "demo-vote.yaml"],
  ["init", "team"],
];

describe.each(COMMANDS.map((command) => [command.join(" "), command] as const))("%s", (_, args) => {
  test.each([
    ["draft", "EMFILE", "too many files are open (EMFILE)"],
    ["append", "ENOSPC", "no space is left on the disk (ENOSPC)"],
    ["finish", "EISDIR", "it is a folder (EISDIR)"],
    ["commit", "EACCES", "permission denied (EACCES)"],
  ] as const)("where %s fails with %s", async (on, code, words) => {
    const outcome = await faultline(args, { files, failure: { on, code } });
    expect(outcome.code).toBe(9);
    expect(outcome.stderr).toContain("cannot write ");
    expect(outcome.stderr).toContain(words);
    expect(outcome.stderr).not.toContain("internal error");
    expect(outcome.written).toEqual({});
    expect(outcome.left).toBe(0);
  });
});

test("drafts of records are taken away where the run itself fails", async () => {
  const args = ["run", "demo-single.yaml", ...FEW, "--record", "csv", "--precision", "success=1%"];
  const outcome = await faultline(args, { files });
  expect(outcome.code).toBe(2);
  expect(outcome.left).toBe(0);
});
