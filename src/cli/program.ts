// The program: from the arguments to an exit code. A user's mistake is answered with one line and a hint.

import { visible } from "../documents/checking/visible.ts";
import { tuneForOneThread } from "../experiment/tuning.ts";
import { VERSION } from "../version.ts";
import { COMMANDS } from "./commands.ts";
import { CommandError, UsageError } from "./errors.ts";
import { EXIT, type ExitCode } from "./exitCodes.ts";
import { commandHelp, programHelp } from "./help.ts";
import { withFiles } from "./operands.ts";
import { safeOutput } from "./safeOutput.ts";
import { colorsOf } from "./screen.ts";
import type { World } from "./world.ts";

/** Runs the command that the world's arguments ask for and returns the exit code. Never throws. */
export async function main(outside: World): Promise<ExitCode> {
  const world = {
    ...outside,
    stdout: safeOutput(outside.stdout),
    stderr: safeOutput(outside.stderr),
  };
  try {
    return await dispatch(world);
  } catch (error) {
    return complain(world, error);
  }
}

async function dispatch(world: World): Promise<ExitCode> {
  const { args } = world;
  if (args[0] === "help" || asksFor(args, "--help", "-h")) return help(world);
  if (asksFor(args, "--version")) {
    world.stdout.write(`${VERSION}\n`);
    return EXIT.ok;
  }
  // Loaded when needed, as the commands are: the help is to come at once.
  const { parse } = await import("./parse.ts");
  const invocation = withFiles(world, parse(args));
  if (invocation.options.jobs === 1 || invocation.options.queue !== undefined) tuneForOneThread();
  const { handle } = await invocation.command.load();
  return handle(world, invocation);
}

function asksFor(args: readonly string[], ...names: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end)).some((arg) => names.includes(arg));
}

function help(world: World): ExitCode {
  const colors = colorsOf(world, world.stdout);
  const command = COMMANDS.find((c) => world.args.includes(c.name));
  const { columns } = world.stdout;
  world.stdout.write(
    command ? commandHelp(command, colors, columns) : programHelp(colors, columns),
  );
  return EXIT.ok;
}

function complain(world: World, error: unknown): ExitCode {
  const colors = colorsOf(world, world.stderr);
  const { stderr } = world;
  const name = `${colors.red("faultline:")} `;
  if (error instanceof CommandError) {
    const isReport = error.exitCode === EXIT.invalidScenario;
    stderr.write(`${isReport ? error.message : name + visible(error.message)}\n`);
    const hint = error.hint ?? (error instanceof UsageError ? usageHint(world) : undefined);
    if (hint !== undefined) stderr.write(`${colors.dim(hint)}\n`);
    return error.exitCode;
  }
  const message = visible(error instanceof Error ? error.message : String(error));
  stderr.write(`${name}internal error: ${message}\n`);
  if (world.env.FAULTLINE_DEBUG) stderr.write(`${error instanceof Error ? error.stack : ""}\n`);
  else
    stderr.write(`${colors.dim("Run again with FAULTLINE_DEBUG=1 to see where it happened.")}\n`);
  return EXIT.internal;
}

function usageHint({ args }: World): string {
  const command = COMMANDS.find((c) => args.includes(c.name));
  return `See faultline ${command ? `${command.name} ` : ""}--help`;
}
