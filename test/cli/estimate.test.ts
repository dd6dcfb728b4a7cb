// faultline estimate as a whole: logs are real files, what is written is in memory.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeChart } from "../../src/charts/chart.ts";
import { spansOf } from "../estimate/teamSupport.ts";
import { faultline, SINGLE } from "./memoryWorld.ts";

let folder: string;
let logs: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "faultline-"));
  logs = join(folder, "spans.jsonl");
  writeFileSync(logs, await spansOf(SINGLE, 60));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("faultline estimate", () => {
  test("writes a scenario that runs, a document and a page, and tells the numbers and the certificate", async () => {
    const { code, stdout, stderr, written, left } = await faultline(["estimate", logs]);
    expect([code, left]).toEqual([0, 0]);
    expect(Object.keys(written).sort()).toEqual([
      "out/estimate-spans/estimate.html",
      "out/estimate-spans/estimate.json",
      "out/estimate-spans/spans.yaml",
    ]);
    expect(stdout).toMatch(/^spans: estimated from 60 runs of /);
    expect(stdout).toContain("Certificate");
    expect(stdout).toContain("What the logs do not tell");
    expect(stderr).toContain("saved   out/estimate-spans/");
    const yaml = written["out/estimate-spans/spans.yaml"];
    expect(yaml).toContain(`faultline estimate ${logs}`);
    const ran = await faultline(["run", "spans.yaml", "--no-save", "--replications", "64"], {
      files: { "spans.yaml": yaml },
    });
    expect(ran.code).toBe(0);
    const chart = makeChart("fit", JSON.parse(written["out/estimate-spans/estimate.json"]));
    expect(chart.alt).toContain("Success observed ");
  });

  test("--json prints the document, the same for the same logs", async () => {
    const [one, two] = [
      await faultline(["estimate", logs, "--json"]),
      await faultline(["estimate", logs, "--json"]),
    ];
    expect(JSON.parse(one.stdout)).toMatchObject({
      schema: "faultline/estimate@1",
      name: "spans",
      scenario: "spans.yaml",
      read: { files: 1, runs: 60 },
    });
    expect(one.stdout).toBe(two.stdout);
    expect(one.written).toEqual(two.written);
  });

  test("--like takes over the structure of a file and extends it", async () => {
    const { code, written } = await faultline(
      ["estimate", logs, "--like", "team.yaml", "--name", "mine", "--out", "o"],
      { files: { "team.yaml": SINGLE } },
    );
    expect(code).toBe(0);
    expect(written["o/mine.yaml"]).toContain("extends: ../team.yaml\n");
    const files = { "team.yaml": SINGLE, "o/mine.yaml": written["o/mine.yaml"] };
    const { code: ran } = await faultline(
      ["run", "o/mine.yaml", "--no-save", "--replications", "64"],
      {
        files,
      },
    );
    expect(ran).toBe(0);
  });

  test("paths that are missing, and files without a run", async () => {
    const missing = await faultline(["estimate", join(folder, "no")]);
    expect([missing.code, missing.written]).toEqual([2, {}]);
    const empty = join(folder, "empty.txt");
    writeFileSync(empty, "nothing of interest\n");
    const none = await faultline(["estimate", empty]);
    expect([none.code, none.written]).toEqual([3, {}]);
    expect(none.stderr).not.toContain("    at ");
  });

  test("a name or a mapping that is none", async () => {
    expect((await faultline(["estimate", logs, "--name", "1 2"])).code).toBe(2);
    expect((await faultline(["estimate", logs, "--map", "run"])).code).toBe(2);
  });
});
