// faultline merge: the shards of a plan into one store and one result.
import { mergeStores } from "../../store/merge.ts";
import type { Store } from "../../store/store.ts";
import { Addresses } from "../../sweep/running/addresses.ts";
import type { Handler } from "../command.ts";
import { CommandError, UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { openPlan, shardsFolder } from "../plans.ts";
import { note } from "../screen.ts";
import { tellResult } from "../sweepResult.ts";
import { openTold, withStores } from "../sweeps.ts";
import type { World } from "../world.ts";

/** Missing cells that are told by number. */
const TOLD = 8;

export const handle: Handler = async (world, invocation) => {
  const { operands, options } = invocation;
  const [folder] = operands;
  const { plan, loaded } = await openPlan(world, invocation, folder);
  const shards = shardsIn(world, folder);
  return withStores(async () => {
    const stores: Store[] = [];
    try {
      const target = openTold(world, `${folder}/store`, "write", options.quiet);
      stores.push(target);
      const sources: Store[] = [];
      for (const name of shards) {
        const path = `${shardsFolder(folder)}/${name}`;
        sources.push(openTold(world, path, "read", options.quiet));
        stores.push(sources[sources.length - 1]);
      }
      for (const { folder: from, records, overlaps } of mergeStores(target, sources)) {
        const twice = overlaps > 0 ? `, ${overlaps} of them in other shards too` : "";
        note(world, options.quiet, `${from}: ${records} cells${twice}`);
      }
      const addresses = new Addresses(loaded.sweep, target);
      const missing = await missingOf(addresses);
      if (missing.length > 0) throw incomplete(missing, shards, folder);
      const { command, files } = plan;
      const finished = { addresses, command, files };
      return await tellResult(world, invocation, finished, folder);
    } finally {
      for (const store of stores) store.close();
    }
  });
};

/** Names of the shards that were begun. @throws UsageError where there is none */
function shardsIn(world: World, folder: string): string[] {
  try {
    return world.disk.list(shardsFolder(folder)).filter((name) => /^\d+-of-\d+$/.test(name));
  } catch {
    throw new UsageError(
      `${folder} has no shards to merge`,
      `Run them: faultline run --shard 1/1 ${folder}`,
    );
  }
}

async function missingOf(addresses: Addresses): Promise<number[]> {
  const missing: number[] = [];
  for (let index = 0; index < addresses.sweep.cellCount; index++)
    if (!addresses.store.has((await addresses.of(index)).key)) missing.push(index);
  return missing;
}

/** What to run where cells are missing: the shards that have them, if all that were begun are parts of one division. */
function incomplete(missing: readonly number[], shards: readonly string[], folder: string) {
  const listed = missing.slice(0, TOLD).join(", ");
  const what = `${missing.length === 1 ? "cell" : "cells"} ${listed}${missing.length > TOLD ? ", …" : ""}`;
  const divisions = new Set(shards.map((name) => Number(name.split("-of-")[1])));
  const [of = 1] = divisions.size === 1 ? [...divisions] : [];
  const parts = [...new Set(missing.map((cell) => (cell % of) + 1))].sort((a, b) => a - b);
  return new CommandError(
    `no shard has ${what}: nothing is written`,
    EXIT.storeMismatch,
    `Run ${parts
      .slice(0, TOLD)
      .map((part) => `faultline run --shard ${part}/${of} ${folder}`)
      .join(" and ")}; what is there is kept.`,
  );
}
