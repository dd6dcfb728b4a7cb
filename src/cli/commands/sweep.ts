// faultline sweep: scenarios over all values of what is varied.
import { availableParallelism } from "node:os";
import { textsOf } from "../../documents/reading/files.ts";
import { openCellPool } from "../../experiment/cell.ts";
import { loadRequest } from "../../sweep/file/request.ts";
import { Addresses } from "../../sweep/running/addresses.ts";
import { makePortable } from "../../sweep/running/portable.ts";
import { headerOf } from "../../sweep/running/result.ts";
import { allCells, listedCells } from "../../sweep/running/source.ts";
import { timingOf } from "../../sweep/running/timing.ts";
import type { Sweep } from "../../sweep/sweep.ts";
import { dryRunText } from "../../terminal/dryRun.ts";
import type { Handler, Invocation } from "../command.ts";
import { UsageError } from "../errors.ts";
import { EXIT, type ExitCode } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { carryThrough } from "../longWork.ts";
import { note, screenOf } from "../screen.ts";
import { tellResult } from "../sweepResult.ts";
import {
  folderOfSweep,
  loadTold,
  openTold,
  requestOf,
  runCells,
  sweepCommand,
  withStores,
} from "../sweeps.ts";
import type { World } from "../world.ts";

export const handle: Handler = async (world, invocation) => {
  const { options } = invocation;
  const request = requestOf(world, invocation);
  const loaded = await loadTold(world, options, () => loadRequest(request, world.sources));
  const { sweep, sources } = loaded;
  const source = sourceOf(sweep, options.cell);
  if (options["dry-run"]) return dryRun(world, invocation, sweep);
  return withStores(async () => {
    const folder = folderOfSweep(sweep, options);
    const store = openTold(world, `${folder}/store`, "write", options.quiet);
    try {
      const command = sweepCommand(invocation);
      const addresses = new Addresses(sweep, store);
      const open =
        options.queue === undefined
          ? undefined
          : (await import("../queues.ts")).onQueue(
              options.queue,
              makePortable(request, loaded, command),
              addresses,
            );
      const run = { addresses, source, command, open };
      const { found, ended } = await runCells(world, invocation, run);
      if (found > 0)
        note(world, options.quiet, `note: ${found} of ${source.count} cells were stored already`);
      const finished = { addresses, command, files: textsOf(sources) };
      const exitCode = await tellResult(world, invocation, finished, folder);
      return ended === "interrupted" ? EXIT.interrupted : exitCode;
    } finally {
      store.close();
    }
  });
};

/** All cells, or those of --cell. @throws UsageError where there is none of a number */
function sourceOf({ cellCount }: Sweep, cells: readonly number[]) {
  const stranger = cells.find((cell) => cell >= cellCount);
  if (stranger !== undefined)
    throw new UsageError(
      `--cell: there is no cell ${stranger}: cells are numbered from 0 to ${cellCount - 1}`,
    );
  return cells.length > 0 ? listedCells([...new Set(cells)]) : allCells(cellCount);
}

async function dryRun(world: World, { options }: Invocation, sweep: Sweep): Promise<ExitCode> {
  const jobs = options.jobs ?? availableParallelism();
  const timing = await carryThrough(world, "sweep", 0, true, async ({ signal }) => {
    const pool = await openCellPool({ jobs: 1, signal });
    try {
      return await timingOf(sweep, { pool, jobs, clock: world.clock });
    } finally {
      await pool.close();
    }
  });
  if (options.json) {
    const { replications, isMost, isLeast, seconds } = timing;
    world.stdout.write(
      jsonText({
        ...headerOf(sweep),
        schema: "faultline/dry-run@1",
        replications: { total: replications, isMost },
        ...(isLeast ? { estimateIsLeast: true } : {}),
        estimatedSeconds: seconds === undefined ? null : Number(seconds.toPrecision(2)),
      }),
    );
  } else {
    world.stdout.write(await dryRunText(sweep, timing, jobs, screenOf(world)));
  }
  return EXIT.ok;
}
