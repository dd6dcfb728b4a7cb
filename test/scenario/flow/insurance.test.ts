// A common kind of pipeline, as somebody wrote it who had not used the tool before: validation names its traps, and once
// its advice is followed no claim is missing without its maker knowing why.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rootKey } from "../../../src/kernel/draws.ts";
import type { TaskCase } from "../../../src/model/case.ts";
import { Engine } from "../../../src/model/engine.ts";
import { RECEIVED, REDO } from "../../../src/model/marks.ts";
import { formatProblems } from "../../../src/scenario/checking/problems.ts";
import { compile } from "../../../src/scenario/compiling/compile.ts";
import { faultline } from "../../cli/memoryWorld.ts";
import { Recorder } from "../../support/recorder.ts";
import { load } from "../support.ts";

const textOf = (name: string) => readFileSync(join(import.meta.dirname, "files", name), "utf8");
const WRITTEN = textOf("insurance.yaml");
const MENDED = textOf("insurance-mended.yaml");

describe("insurance.yaml", () => {
  test("is valid, and each of its traps is named with its place and a remedy", async () => {
    const files = { "insurance.yaml": WRITTEN };
    const { code, stderr } = await faultline(["validate", "insurance.yaml"], { files });
    expect(code).toBe(0);
    await expect(stderr).toMatchFileSnapshot("golden/insurance.txt");
  });

  test("is warned of by run as well", async () => {
    const files = { "insurance.yaml": WRITTEN };
    const args = ["run", "insurance.yaml", "--replications", "8", "--jobs", "1"];
    const { stderr } = await faultline(args, { files });
    expect(stderr).toContain("warning: when reviewer rejects facts");
  });

  test("has nothing to warn of once the advice is followed", async () => {
    const { warnings } = await load(MENDED);
    expect(formatProblems(warnings)).toBe("");
  });

  test("loses claims in silence as written, and none once the advice is followed", async () => {
    expect((await losses(WRITTEN, 6)).silent).toBeGreaterThan(40);
    expect(await losses(MENDED, 6)).toMatchObject({ silent: 0 });
  });

  test("delivers nearly all of its tasks once the advice is followed, if there are enough rounds", async () => {
    const { tasks } = await losses(MENDED, 30);
    expect(tasks).toBeLessThanOrEqual(2);
  });
});

/**
 * Runs 1,000 replications, in which no version gets lost on the way.
 * @returns how many tasks lack a claim, and how many claims are missing although their maker stands by its version and
 * nobody has told it that it was rejected
 */
async function losses(text: string, rounds: number): Promise<{ tasks: number; silent: number }> {
  const overrides = { "protocol.1.repeat.rounds": rounds, "agentDefaults.omission": 0 };
  const { scenario } = await load(text, { overrides });
  const watcher = new LossWatcher();
  const engine = new Engine(compile(scenario), rootKey("test"), { observer: watcher });
  for (let i = 0; i < 1000; i++) engine.run(i);
  return watcher;
}

class LossWatcher extends Recorder {
  tasks = 0;
  silent = 0;

  override finished(task: TaskCase): void {
    const missing = [...task.deliverable.keys()].filter((claim) => task.deliverable[claim] === 0);
    if (missing.length > 0) this.tasks++;
    for (const claim of missing) if (isSilent(task, claim)) this.silent++;
  }
}

/** Whether somebody made the claim, holds it, and does not know that anything is wrong with it. */
function isSilent(task: TaskCase, claim: number): boolean {
  for (let agent = 0; agent < task.plan.agents.count; agent++) {
    const version = task.held[task.slot(agent, claim)];
    if (version === 0 || task.marks.has(agent, claim, RECEIVED)) continue;
    const knows = task.marks.has(agent, claim, REDO) || task.versions.rejected[version] !== 0;
    if (!knows) return true;
  }
  return false;
}
