// Plans in folders: DIR/plan.json, the stores of the shards in DIR/shards/I-of-N, and what they are merged to.
import { FileError } from "../documents/reading/files.ts";
import type { LoadedSweep } from "../sweep/file/load.ts";
import { Addresses } from "../sweep/running/addresses.ts";
import { loadPortable, type PortableSweep, PortableSweepError } from "../sweep/running/portable.ts";
import { allCells, type Shard } from "../sweep/running/source.ts";
import type { Invocation } from "./command.ts";
import { CommandError, UsageError } from "./errors.ts";
import { EXIT, type ExitCode } from "./exitCodes.ts";
import { readTold } from "./readResult.ts";
import { note } from "./screen.ts";
import { loadTold, openTold, runCells, withStores } from "./sweeps.ts";
import type { World } from "./world.ts";

export const PLAN_FILE = "plan.json";

export const shardsFolder = (folder: string): string => `${folder}/shards`;

const storeOfShard = (folder: string, { shard, of }: Shard): string =>
  `${shardsFolder(folder)}/${shard}-of-${of}`;

/**
 * The plan of a folder.
 * @throws UsageError where there is none; CommandError where it is damaged, or of another engine
 */
export async function openPlan(
  world: World,
  { options }: Invocation,
  folder: string,
): Promise<{ readonly plan: PortableSweep; readonly loaded: LoadedSweep }> {
  const path = `${folder}/${PLAN_FILE}`;
  const wanted = { kinds: ["plan"], takes: "it is to be" } as const;
  const plan = readTold(world, textOf(world, path), path, wanted);
  try {
    return { plan, loaded: await loadTold(world, options, () => loadPortable(plan)) };
  } catch (error) {
    if (!(error instanceof PortableSweepError)) throw error;
    const exitCode = error.isOfOtherEngine ? EXIT.storeMismatch : EXIT.usage;
    throw new CommandError(`${path}: ${error.message}`, exitCode, "Make it anew: faultline plan.");
  }
}

function textOf(world: World, path: string): string {
  try {
    const content = world.sources(path).read(path);
    return typeof content === "string" ? content : new TextDecoder().decode(content);
  } catch (error) {
    if (error instanceof FileError)
      throw new UsageError(`${path}: there is no such file`, "faultline plan makes one.");
    throw error;
  }
}

/** faultline run --shard: a part of the cells of a plan, into a separate store. */
export async function runShard(world: World, invocation: Invocation): Promise<ExitCode> {
  const { operands, options } = invocation;
  const { shard: part = { shard: 1, of: 1 } } = options;
  if (operands.length > 1)
    throw new UsageError(`--shard takes one folder of a plan: ${operands[1]} is one too many`);
  const [folder] = operands;
  const { plan, loaded } = await openPlan(world, invocation, folder);
  return withStores(async () => {
    const store = openTold(world, storeOfShard(folder, part), "write", options.quiet);
    try {
      const addresses = new Addresses(loaded.sweep, store);
      const source = allCells(loaded.sweep.cellCount, part);
      const run = { addresses, source, command: plan.command };
      const { ran, found, failed, ended } = await runCells(world, invocation, run);
      const stored = found > 0 ? `, ${found} stored already` : "";
      const trouble = failed.length > 0 ? `, ${failed.length} of them failed` : "";
      note(world, options.quiet, `${ran} of ${source.count} cells run${trouble}${stored}`);
      if (ended === "interrupted") return EXIT.interrupted;
      return failed.length > 0 ? EXIT.cellsFailed : EXIT.ok;
    } finally {
      store.close();
    }
  });
}
