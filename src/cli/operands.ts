// The files that an operand names: itself; what it matches, where a shell left a pattern to the program, as those of
// Windows do; or, where the folder has nothing of that name, a scenario that ships with Faultline. So
// `faultline compare scenarios/kim2025/*.yaml` works in a clone and in a project that has installed the package.
import type { Invocation } from "./command.ts";
import type { World } from "./world.ts";

/** What operands that name files are called in the table of commands. */
const FILES = /^(FILE|TARGETS|RESULT)/;

/** The call with every operand that names files in the place of these. One that names none is left for the command. */
export function withFiles({ files }: World, invocation: Invocation): Invocation {
  if (!FILES.test(invocation.command.operands)) return invocation;
  return { ...invocation, operands: invocation.operands.flatMap((one) => found(one, files)) };
}

function found(operand: string, files: World["files"]): readonly string[] {
  if (files.exists(operand)) return [operand];
  const matches = files.match(operand);
  return matches.length > 0 ? matches : [operand];
}
