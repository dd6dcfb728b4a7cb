// A sweep as one file that can be carried to other machines: what `faultline plan` writes. It holds how the sweep was asked
// for and the text of every file that it was made from, so that whoever reads it makes the same cells.

import { memoryFiles, textsOf } from "../../documents/reading/files.ts";
import { ENGINE } from "../../experiment/result.ts";
import type { LoadedSweep } from "../file/load.ts";
import { loadRequest, type SweepRequest } from "../file/request.ts";

export interface PortableSweep {
  readonly schema: "faultline/plan@1";
  readonly engine: { readonly version: string; readonly semantics: number };
  readonly request: SweepRequest;
  readonly cells: number;
  /** The sweep's command, to which the number of a cell is added to run that cell again. */
  readonly command: string;
  /** Texts by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** This version cannot run the sweep. */
export class PortableSweepError extends Error {
  /** Whether it is of another engine. */
  readonly isOfOtherEngine: boolean;

  constructor(message: string, isOfOtherEngine = false) {
    super(message);
    this.isOfOtherEngine = isOfOtherEngine;
  }
}

export function makePortable(
  request: SweepRequest,
  loaded: LoadedSweep,
  command: string,
): PortableSweep {
  return {
    schema: "faultline/plan@1",
    engine: ENGINE,
    request,
    cells: loaded.sweep.cellCount,
    command,
    files: textsOf(loaded.sources),
  };
}

/**
 * The sweep of such a file.
 * @throws PortableSweepError when it is of an engine with other semantics, or has another number of cells than were planned
 */
export async function loadPortable({
  engine,
  request,
  files,
  cells,
}: PortableSweep): Promise<LoadedSweep> {
  const { version, semantics } = engine;
  if (semantics !== ENGINE.semantics)
    throw new PortableSweepError(
      `it is of another engine: of semantics ${semantics} (faultline ${version}), where this one is of ${ENGINE.semantics}`,
      true,
    );
  const loaded = await loadRequest(request, () => memoryFiles(files));
  if (loaded.sweep.cellCount === cells) return loaded;
  throw new PortableSweepError(
    `it has ${loaded.sweep.cellCount} cells where ${cells} were planned`,
  );
}
