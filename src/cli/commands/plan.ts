// faultline plan: a sweep as one file, to be run in shards.
import { loadRequest } from "../../sweep/file/request.ts";
import { makePortable } from "../../sweep/running/portable.ts";
import type { Handler } from "../command.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { PLAN_FILE } from "../plans.ts";
import { saveFile } from "../saving.ts";
import { note } from "../screen.ts";
import { folderOfSweep, loadTold, requestOf, sweepCommand } from "../sweeps.ts";

export const handle: Handler = async (world, invocation) => {
  const { options } = invocation;
  const request = requestOf(world, invocation);
  const loaded = await loadTold(world, options, () => loadRequest(request, world.sources));
  const folder = folderOfSweep(loaded.sweep, options);
  const path = `${folder}/${PLAN_FILE}`;
  if (world.files.exists(path) && !options.force)
    throw new UsageError(`${path} is there already`, "Say --force to write over it.");
  const plan = makePortable(request, loaded, sweepCommand(invocation));
  saveFile(world.files, path, jsonText(plan), { hint: "Choose another folder with --out DIR." });
  world.stdout.write(`${path}\n`);
  note(
    world,
    options.quiet,
    `${plan.cells} cells: faultline run --shard 1/N ${folder}, and so on,`,
  );
  note(world, options.quiet, `then faultline merge ${folder}`);
  return EXIT.ok;
};
