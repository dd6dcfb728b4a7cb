// faultline validate: scenario files, with every problem of every file.

import { countAgents } from "../../scenario/agents/references.ts";
import { claimGraph } from "../../scenario/compiling/task.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { uncertainPaths } from "../../scenario/uncertain/draws.ts";
import { count } from "../../wording/text.ts";
import type { Handler } from "../command.ts";
import { EXIT } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { problemsText } from "../problems.ts";
import { allProblems, type Loading, tryScenarios } from "../scenarios.ts";
import { colorsOf } from "../screen.ts";
import type { World } from "../world.ts";

export const handle: Handler = async (world, invocation) => {
  const loadings = await tryScenarios(world, invocation);
  if (invocation.options.json) world.stdout.write(jsonText(documentOf(loadings)));
  else printTexts(world, loadings, invocation.options.quiet);
  return loadings.every(isValid) ? EXIT.ok : EXIT.invalidScenario;
};

const isValid = ({ loaded }: Loading) => loaded !== undefined;

function documentOf(loadings: readonly Loading[]) {
  return {
    schema: "faultline/validate@1",
    files: loadings.map((loading) => ({
      file: loading.file,
      ok: isValid(loading),
      problems: loading.problems,
    })),
  };
}

function printTexts(world: World, loadings: readonly Loading[], quiet: boolean): void {
  const colors = colorsOf(world, world.stdout);
  for (const { file, loaded } of loadings) {
    if (loaded === undefined || quiet) continue;
    world.stdout.write(`${colors.green("ok")} ${file} (${summaryOf(loaded.scenario)})\n`);
  }
  const problems = allProblems(loadings);
  if (problems.length === 0) return;
  world.stderr.write(`${problemsText(world, problems)}\n`);
}

function summaryOf(scenario: Scenario): string {
  const { task } = scenario;
  const claims =
    task.graph.shape === "generated"
      ? `about ${count(Number(task.graph.size.toPrecision(4)), "claim")}`
      : count(claimGraph(task).names.length, "claim");
  const uncertain = uncertainPaths([scenario]).length;
  const unknown = uncertain === 0 ? "" : `, ${count(uncertain, "uncertain number")}`;
  return `${scenario.name}, ${count(countAgents(scenario), "agent")}, ${claims}${unknown}`;
}
