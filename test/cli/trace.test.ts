import { describe, expect, test } from "vitest";
import { EDITED, FEW, FILES, faultline, SINGLE } from "./memoryWorld.ts";

const trace = (...args: string[]) =>
  faultline(["trace", "demo-edited.yaml", ...args], { files: FILES });

/** Nobody errs: what is wrong was put in. The editor lets everything pass. */
const PERFECT = EDITED.replace("errorRate: 0.2", "errorRate: 0").replace(
  "recall: 0.7",
  "recall: 0",
);
/** The editor catches everything. */
const GUARDED = PERFECT.replace("recall: 0", "recall: 1");

const inject = (text: string, ...args: string[]) =>
  faultline(["trace", "t.yaml", ...args], { files: { "t.yaml": text } });

describe("faultline trace", () => {
  test("prints one JSON object a line, from a header to the outcome", async () => {
    const { code, stdout, stderr } = await trace("--replication", "3", "--seed", "s");
    expect(code).toBe(0);
    expect(stderr).toBe("");
    const events = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events[0]).toMatchObject({
      schema: "faultline/trace@1",
      event: "began",
      scenario: "demo-edited",
      seed: "s",
      replication: 3,
    });
    expect(events.at(-1)).toMatchObject({ event: "outcome", outcome: { tasks: 1 } });
    for (const { t, event } of events) {
      expect(typeof t).toBe("number");
      expect(typeof event).toBe("string");
    }
  });

  test("--tree names origin, carrier and who caught it", async () => {
    const { stdout } = await inject(GUARDED, "--tree", "--fault", "worker.1:c1");
    expect(stdout).toContain("c1 worker.1 · fault put in · ");
    expect(stdout).toMatch(
      /└─ c1 editor · message \d+ from worker\.1 · .*caught by orchestrator check of editor/,
    );
  });

  test("--tree without errors says so", async () => {
    const { stdout } = await inject(PERFECT, "--tree");
    expect(stdout).toContain(
      "success · 2 claims: 0 wrong, 0 missing in the deliverable · 0 faults",
    );
  });

  test("--json prints one document with the lineage", async () => {
    const { stdout } = await trace("--json");
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "faultline/lineage@1",
      tasks: [{ task: 0 }],
    });
  });
});

describe("faultline trace --fault", () => {
  test("shows a fault that reaches the deliverable", async () => {
    const { code, stdout } = await inject(PERFECT, "--fault", "worker.1:c1");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^t · seed faultline · replication 0 · fault in worker\.1:c1\n/);
    expect(stdout).toContain("other ledgers  editor");
    expect(stdout).toMatch(/deliverable {4}reached in c1/);
    expect(stdout).toMatch(/success +1 +0\n/);
  });

  test("shows a fault that is caught", async () => {
    const { stdout } = await inject(GUARDED, "--fault", "worker.1:c1");
    expect(stdout).toContain("deliverable    not reached");
    expect(stdout).toMatch(/caught +1 time\n/);
    expect(stdout).toMatch(/success +1 +1\n/);
  });

  test("--json has the fault and its lineage", async () => {
    const { stdout } = await inject(PERFECT, "--fault", "worker.1", "--json");
    const { fault, tasks } = JSON.parse(stdout);
    expect(fault).toEqual({ agent: "worker.1", claim: null });
    expect(tasks[0].errors[0]).toMatchObject({
      cause: "injected",
      agent: "worker.1",
      parent: null,
    });
  });

  test.each([
    ["wroker.1", "no agent is called wroker.1; did you mean worker.1?"],
    ["worker", "worker is 2 agents; name one, such as worker.1"],
    ["worker.3", "no agent is called worker.3"],
    ["worker.1:c7", "no claim is called c7"],
    ["worker.1:", "no claim is called "],
    ["worker.1:c2", "worker.1 does not make c2 in replication 0"],
    ["editor:c1", "editor does not make c1 in replication 0"],
  ])("refuses %s", async (fault, message) => {
    const { code, stdout, stderr } = await inject(PERFECT, "--fault", fault);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
  });
});

/** One agent who never errs: there is nothing to be found. */
const FLAWLESS = SINGLE.replace("errorRate: 0.2", "errorRate: 0");

describe("faultline trace --find", () => {
  test("finds a replication, and says how to have it again", async () => {
    const args = ["--find", "failure", "--tree", "--seed", "s"];
    const { code, stdout, stderr } = await trace(...args);
    expect(code).toBe(0);
    expect(stdout).toContain("failure · ");
    const [, replication] = /^found: replication (\d+) has a task that fails$/m.exec(stderr) ?? [];
    const again = `trace demo-edited.yaml --replication ${replication} --tree --seed s`;
    expect(stderr).toContain(`\nagain: faultline ${again}\n`);
    expect((await faultline(again.split(" "), { files: FILES })).stdout).toBe(stdout);
  });

  test("--nth goes on to the next one", async () => {
    const of = async (nth: string) =>
      (await trace("--find=failure", "--nth", nth, "--json")).stdout;
    const [first, third] = await Promise.all([of("1"), of("3")]);
    expect(JSON.parse(third).replication).toBeGreaterThan(JSON.parse(first).replication);
    expect(JSON.parse(third).outcome.failure).toBe(1);
  });

  test("--quiet says nothing of it", async () => {
    expect((await trace("--find", "slowest", "--within", "5", "--quiet")).stderr).toBe("");
  });

  test("says what is not to be found, with an exit code of its own", async () => {
    const run = (...args: string[]) => inject(FLAWLESS, "--find", "escaped", ...args);
    const { code, stdout, stderr } = await run("--within", "30");
    expect([code, stdout]).toEqual([5, ""]);
    expect(stderr).toBe(
      "faultline: --find escaped: none of the first 30 replications of t has an erroneous claim in the deliverable\nSearch more of them with --within 300, or look for another kind.\n",
    );
    const few = await run("--within", "30", "--nth", "2");
    expect(few.stderr).toContain(
      "fewer than 2 of the first 30 replications of t have an erroneous",
    );
  });

  test("ends at Ctrl-C", async () => {
    const { code, stdout, stderr } = await faultline(
      ["trace", "t.yaml", "--find", "escaped", "--within", "4000000000"],
      { files: { "t.yaml": FLAWLESS }, interrupt: true },
    );
    expect([code, stdout]).toEqual([130, ""]);
    expect(stderr).toBe("faultline: interrupted\n");
  });

  test.each([
    [["--find", "success"], '"success" is none of failure, escaped, caught, missing, stalled'],
    [["--nth", "2"], "--nth is for --find: it cannot stand alone"],
    [["--within", "2"], "--within is for --find: it cannot stand alone"],
    [["--find", "failure", "--nth", "0"], "--nth"],
    [["--find", "failure", "--nth", "9", "--within", "3"], "--nth 9 asks for more replications"],
    [["--find", "failure", "--replication", "0"], "--find and --replication contradict each other"],
    [["--find", "failure", "--fault", "worker.1"], "--find and --fault contradict each other"],
  ])("refuses %j", async (args, message) => {
    const { code, stdout, stderr } = await trace(...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});

test("commands that follow one file do not care for replications", async () => {
  const { stderr } = await faultline(["replay", "demo-edited.yaml", ...FEW], { files: FILES });
  expect(stderr).toContain("replay has no option --replications");
});

describe("faultline trace --format otlp", () => {
  const spans = (...args: string[]) => trace("--format", "otlp", ...args);
  const replicationsIn = (stdout: string) =>
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).resourceSpans[0].scopeSpans[0].spans[0].attributes)
      .map((attributes: { key: string; value: { intValue: string } }[]) =>
        Number(attributes.find(({ key }) => key === "faultline.replication")?.value.intValue),
      );

  test("prints one line per task of the replications that are asked for", async () => {
    const { code, stdout, stderr } = await spans("--replications", "3");
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(replicationsIn(stdout)).toEqual([0, 1, 2]);
    expect(replicationsIn((await spans()).stdout)).toEqual([0]);
    const { stdout: one } = await spans("--replication", "2");
    expect(`${stdout.trimEnd().split("\n")[2]}\n`).toBe(one);
  });

  test("events are the format without the option", async () => {
    expect((await trace("--format", "events")).stdout).toBe((await trace()).stdout);
  });

  test("ends where nobody reads on, and at Ctrl-C", async () => {
    const args = ["trace", "demo-edited.yaml", "--format", "otlp", "--replications", "100000000"];
    const left = await faultline(args, { files: FILES, readsUpTo: 10 });
    expect(left.code).toBe(0);
    expect(replicationsIn(left.stdout)).toHaveLength(10);
    const { code, stdout } = await faultline(args, { files: FILES, interrupt: true });
    expect(code).toBe(130);
    expect(replicationsIn(stdout).length).toBeGreaterThan(0);
  });

  test.each([
    [["--replications", "3"], "--replications is for --format otlp"],
    [["--format", "html"], '--format: "html" is none of events, otlp'],
    [["--format", "otlp", "--tree"], "--format otlp and --tree contradict each other"],
    [["--format", "otlp", "--json"], "--format otlp and --json contradict each other"],
    [["--format", "otlp", "--fault", "worker.1"], "--format otlp and --fault contradict"],
    [
      ["--format", "otlp", "--replications", "2", "--replication", "1"],
      "--replications and --replication contradict each other",
    ],
  ])("refuses %j", async (args, message) => {
    const { code, stdout, stderr } = await trace(...args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
  });
});
