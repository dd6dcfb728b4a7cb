// Problems of files as commands tell them: errors end the command, warnings go to stderr.
import { formatProblems, type Problem, ScenarioError } from "../documents/checking/problems.ts";
import { InvalidScenarioError } from "./errors.ts";
import { colorsOf, note } from "./screen.ts";
import type { World } from "./world.ts";

export const problemsText = (world: World, problems: readonly Problem[]) =>
  formatProblems(problems, colorsOf(world, world.stderr));

/** What a command throws for problems of a file; any other error stays as it is. */
export const told = (world: World, error: unknown): unknown =>
  error instanceof ScenarioError
    ? new InvalidScenarioError(problemsText(world, error.problems))
    : error;

export function noteWarnings(world: World, quiet: boolean, warnings: readonly Problem[]): void {
  if (warnings.length > 0) note(world, quiet, `${problemsText(world, warnings)}\n`);
}
