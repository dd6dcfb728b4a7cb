// Which replication `trace` and `replay` follow: the one that is named, or one of a kind that they look for.
import { findReplication } from "../experiment/find.ts";
import { DEFAULT_WITHIN, FIND_KINDS } from "../experiment/findKinds.ts";
import type { Scenario } from "../scenario/schema.ts";
import { grouped } from "../wording/text.ts";
import type { Invocation } from "./command.ts";
import { asTyped, commandLine } from "./commandLine.ts";
import { CommandError, UsageError } from "./errors.ts";
import { EXIT } from "./exitCodes.ts";
import { carryThrough } from "./longWork.ts";
import type { OptionValues } from "./options.ts";
import { note } from "./screen.ts";
import type { World } from "./world.ts";

/**
 * The number of the replication to follow. One that was looked for is told with the command that repeats it.
 * @param scenario the one that is searched
 * @throws UsageError where options contradict each other
 * @throws CommandError where no such replication is found
 * @throws Interrupted
 */
export async function replicationOf(
  world: World,
  { options }: Invocation,
  scenario: Scenario,
): Promise<number> {
  checkFindOptions(options);
  const { find: kind, nth, within = DEFAULT_WITHIN, seed, quiet } = options;
  if (kind === undefined) return options.replication ?? 0;
  const found = await carryThrough(world, "find", within, quiet, (hooks) =>
    findReplication(scenario, { kind, nth, within, seed, ...hooks }),
  );
  if (found === undefined) throw notFound(scenario, options);
  note(world, quiet, `found: replication ${found} has ${FIND_KINDS[kind].what}`);
  const again = commandLine(["faultline", ...namedInstead(world.args, found)]);
  note(world, quiet, `again: ${asTyped(world, again)}`);
  return found;
}

/** @throws UsageError where options for finding stand without --find, or beside what they contradict */
function checkFindOptions(options: OptionValues): void {
  if (options.find === undefined) {
    for (const name of ["nth", "within"] as const)
      if (options[name] !== undefined)
        throw new UsageError(`--${name} is for --find: it cannot stand alone`);
    return;
  }
  const { nth = 1, within = DEFAULT_WITHIN } = options;
  if (nth > within)
    throw new UsageError(`--nth ${nth} asks for more replications than --within ${within} has`);
  for (const name of ["replication", "fault"] as const)
    if (options[name] !== undefined)
      throw new UsageError(
        `--find and --${name} contradict each other`,
        name === "fault"
          ? "Find a replication first; then put the fault into it with --replication K --fault."
          : "Use --nth K to take another of the replications that are found.",
      );
}

function notFound({ name }: Scenario, { find = "failure", nth = 1, within }: OptionValues) {
  const searched = within ?? DEFAULT_WITHIN;
  const [few, has] = nth === 1 ? ["none", "has"] : [`fewer than ${grouped(nth)}`, "have"];
  return new CommandError(
    `--find ${find}: ${few} of the first ${grouped(searched)} replications of ${name} ${has} ${FIND_KINDS[find].what}`,
    EXIT.notFound,
    `Search more of them with --within ${10 * searched}, or look for another kind.`,
  );
}

/** The arguments of a command with the number of a replication in place of what it was found by. */
function namedInstead(args: readonly string[], replication: number): string[] {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const words: string[] = [];
  for (let i = 0; i < end; i++) {
    const [, name, value] = /^--(find|nth|within)(=.*)?$/s.exec(args[i]) ?? [];
    if (name === undefined) words.push(args[i]);
    else if (value === undefined) i++;
    if (name === "find") words.push("--replication", `${replication}`);
  }
  return [...words, ...args.slice(end)];
}
