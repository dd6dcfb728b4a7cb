import { describe, expect, test } from "vitest";
import { EDITED, FILES, faultline, SINGLE, VOTE } from "./memoryWorld.ts";

const replay = (...args: string[]) => faultline(["replay", ...args], { files: FILES });

/** Nobody errs, or everybody does. */
const PERFECT = SINGLE.replace("errorRate: 0.2", "errorRate: 0");
const HOPELESS = SINGLE.replace("errorRate: 0.2", "errorRate: 1");

describe("faultline replay", () => {
  test("writes a page to out, and says where", async () => {
    const { code, stdout, written } = await replay("demo-edited.yaml", "--replication", "3");
    expect(code).toBe(0);
    expect(stdout).toBe("out/demo-edited-replay-3.html\n");
    const page = written["out/demo-edited-replay-3.html"];
    expect(page.startsWith("<!doctype html>")).toBe(true);
    expect(page).toContain("<title>demo-edited: replication 3</title>");
  });

  test("writes two teams side by side to one page", async () => {
    const { stdout, written } = await replay("demo-single.yaml", "demo-vote.yaml");
    expect(stdout).toBe("out/demo-single-vote-replay-0.html\n");
    const page = written["out/demo-single-vote-replay-0.html"];
    expect(page).toContain("single and vote, side by side");
  });

  test.each([
    ["page.html", "page.html"],
    ["a/b/page.HTM", "a/b/page.HTM"],
    ["folder", "folder/demo-vote-replay-0.html"],
  ])("--out %s", async (out, path) => {
    const { stdout, written } = await replay("demo-vote.yaml", "--out", out);
    expect(stdout).toBe(`${path}\n`);
    expect(Object.keys(written)).toEqual([path]);
  });

  test("takes the seed of the first scenario, or another one", async () => {
    const seeded = { "a.yaml": `${SINGLE}seed: one\n`, "b.yaml": `${VOTE}seed: two\n` };
    const seedOf = async (...args: string[]) => {
      const { stdout } = await faultline(["replay", "a.yaml", "b.yaml", "--json", ...args], {
        files: seeded,
      });
      return JSON.parse(stdout).map((document: { seed: string }) => document.seed);
    };
    expect(await seedOf()).toEqual(["one", "one"]);
    expect(await seedOf("--seed", "three")).toEqual(["three", "three"]);
  });

  test("--json prints the document, of two teams a list, and writes nothing", async () => {
    const one = await replay("demo-edited.yaml", "--json");
    expect(JSON.parse(one.stdout)).toMatchObject({ schema: "faultline/replay@1", replication: 0 });
    expect(one.written).toEqual({});
    const two = await replay("demo-edited.yaml", "demo-vote.yaml", "--json");
    expect(JSON.parse(two.stdout)).toHaveLength(2);
  });

  test("says where there is more to see, if nothing goes wrong", async () => {
    const files = { "p.yaml": PERFECT, "h.yaml": HOPELESS };
    const run = (...args: string[]) => faultline(["replay", ...args], { files });
    expect((await run("h.yaml")).stderr).toBe("");
    expect((await run("p.yaml")).stderr).toBe("Nothing goes wrong in replication 0.\n");
    expect((await run("p.yaml", "--quiet")).stderr).toBe("");
    const often = { "s.yaml": SINGLE };
    const messages = await Promise.all(
      [0, 1, 2, 3, 4, 5].map(
        async (k) =>
          (await faultline(["replay", "s.yaml", "--replication", `${k}`], { files: often })).stderr,
      ),
    );
    const hint = messages.find((text) => text !== "");
    expect(hint).toMatch(
      /^Nothing goes wrong in replication \d; one to look at is --replication \d+\.\n$/,
    );
  });

  test("--find looks in the first of two files", async () => {
    const args = ["demo-single.yaml", "demo-edited.yaml", "--find", "failure", "--json"];
    const { stdout, stderr } = await replay(...args);
    const [first] = JSON.parse(stdout);
    expect(first.outcome.failure).toBe(1);
    expect(stderr).toContain(`found: replication ${first.replication} has a task that fails\n`);
    const alone = JSON.parse((await replay("demo-single.yaml", ...args.slice(2))).stdout);
    expect(alone.replication).toBe(first.replication);
  });

  test.each([
    [["a.yaml", "b.yaml", "c.yaml"], "replay takes one FILE or two: c.yaml is one too many"],
    [["missing.yaml"], "missing.yaml: there is no such file"],
    [[], "replay needs FILE..."],
    [["demo-single.yaml", "repeats.yaml"], "cannot be paired"],
    [["demo-single.yaml", "--replication", "-1"], "--replication"],
  ])("refuses %j", async (args, message) => {
    const files = { ...FILES, "repeats.yaml": `${SINGLE}repeats: 3\n` };
    const { code, stdout, stderr } = await faultline(["replay", ...args], { files });
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
  });

  test("says when the page cannot be written", async () => {
    const { code, stderr } = await faultline(["replay", "demo-vote.yaml"], {
      files: FILES,
      diskError: "no space left",
    });
    expect(code).toBe(9);
    expect(stderr).toContain("cannot write out/demo-vote-replay-0.html: no space left");
  });

  test("tells the problems of a scenario", async () => {
    const files = { "bad.yaml": EDITED.replace("hub: editor", "hub: nobody") };
    expect((await faultline(["replay", "bad.yaml"], { files })).code).toBe(3);
  });
});
