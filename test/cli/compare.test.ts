import { describe, expect, test } from "vitest";
import { FEW, FILES, faultline } from "./memoryWorld.ts";

const paths = Object.keys(FILES);
const compare = (...args: string[]) =>
  faultline(["compare", ...paths, ...FEW, ...args], { files: FILES });

const compareUntil = (...args: string[]) =>
  faultline(["compare", ...paths, "--baseline", "single", "--json", ...args], { files: FILES });

describe("faultline compare", () => {
  test("prints one column a scenario, the baseline first, without what all names share", async () => {
    const { code, stdout } = await compare("--baseline", "vote");
    expect(code).toBe(0);
    const [title, , , header] = stdout.split("\n");
    expect(title).toBe("demo: 3 scenarios compared with vote");
    expect(header.trim().split(/ {2,}/)).toEqual(["vote (baseline)", "single", "edited"]);
    expect(stdout).toContain("Amplification\n");
    expect(stdout).toContain("▲ better, ▼ worse than vote");
  });

  test.each(["single", "demo-single", "demo-single.yaml"])(
    "knows the baseline as %s",
    async (name) => {
      const { stdout } = await compare("--baseline", name, "--json");
      expect(JSON.parse(stdout)).toMatchObject({
        schema: "faultline/compare@1",
        baseline: "demo-single",
        interrupted: false,
      });
    },
  );

  test("files its result under what the names share", async () => {
    const { written, stderr } = await compare("--baseline", "single");
    const folder = /^saved {3}(.*)\/$/m.exec(stderr)?.[1];
    expect(folder).toMatch(/^out\/demo-[0-9a-f]{10}$/);
    expect(Object.keys(written).sort()).toEqual([
      `${folder}/manifest.json`,
      `${folder}/result.json`,
    ]);
    const manifest = JSON.parse(written[`${folder}/manifest.json`]);
    expect(manifest.baseline).toBe("demo-single");
    expect(manifest.command).toContain(" --baseline demo-single ");
    const other = await compare("--baseline", "vote");
    expect(Object.keys(other.written)).not.toEqual(Object.keys(written));
  });

  test("--record has every replication of every scenario once, --export every scenario", async () => {
    const { written } = await compare("--baseline", "single", "--record", "csv", "--export", "csv");
    const path = Object.keys(written).find((p) => p.endsWith("replications.csv")) as string;
    const rows = written[path].trimEnd().split("\n").slice(1);
    const keys = rows.map((row) => row.split(",").slice(2, 6).join(","));
    expect(keys).toHaveLength(3 * 40);
    expect(new Set(keys).size).toBe(3 * 40);
    const cells = written[path.replace("replications.csv", "cells.csv")].trimEnd().split("\r\n");
    expect(cells).toHaveLength(1 + 3);
    expect(cells[0]).toContain(",amplification.propagation,amplification.propagation.lo,");
  });

  test("gives the same bytes twice, and for any number of threads", async () => {
    const first = await compare("--baseline", "single", "--record", "csv");
    for (const jobs of [[], ["--jobs", "1"], ["--jobs", "3"]])
      expect(await compare("--baseline", "single", "--record", "csv", ...jobs)).toEqual(first);
  });

  test("says what pairing brought", async () => {
    const { stdout } = await compare("--baseline", "single", "--json");
    const [single, vote] = JSON.parse(stdout).scenarios;
    expect(single.differences.success.pairing).toBeNull();
    expect(vote.differences.success.pairing).toBeGreaterThan(0);
    expect((await compare("--baseline", "single", "--all")).stdout).toMatch(
      /\nGain by pairing\n {1,2}Success +×\d/,
    );
  });

  test("can be precise in what it compares", async () => {
    const { stdout, code } = await compareUntil("--precision", "amplification.propagation=20%");
    expect(code).toBe(0);
    expect(JSON.parse(stdout).precision).toMatchObject([
      { scenario: "demo-single", reached: true },
      { scenario: "demo-vote", reached: true },
      { scenario: "demo-edited", reached: true },
    ]);
  });
});
