// A plan: a sweep as one file that can be carried to other machines. It holds how the sweep was asked for and the text of
// every file that it was made from, so that whoever reads the plan makes the same cells.
import { z } from "zod";
import { ENGINE } from "../../experiment/result.ts";
import { memoryFiles } from "../../scenario/reading/files.ts";
import type { LoadedSweep } from "../load.ts";
import { loadRequest, type SweepRequest } from "../request.ts";

export interface Plan {
  readonly schema: "faultline/plan@1";
  readonly engine: { readonly version: string; readonly semantics: number };
  readonly request: SweepRequest;
  readonly cells: number;
  /** The sweep's command, to which the number of a cell is added to run that cell again. */
  readonly command: string;
  /** Texts by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** A text is no plan, or none that this version can carry out. */
export class PlanError extends Error {
  /** Whether it is a plan, of another engine. */
  readonly isOfOtherEngine: boolean;

  constructor(message: string, isOfOtherEngine = false) {
    super(message);
    this.isOfOtherEngine = isOfOtherEngine;
  }
}

export function makePlan(request: SweepRequest, loaded: LoadedSweep, command: string): Plan {
  return {
    schema: "faultline/plan@1",
    engine: ENGINE,
    request,
    cells: loaded.sweep.cellCount,
    command,
    files: textsOf(loaded.sources),
  };
}

/** The texts of files by path. */
export function textsOf(sources: LoadedSweep["sources"]): Record<string, string> {
  const decoder = new TextDecoder();
  const texts = [...sources].map(([path, content]): [string, string] => [
    path,
    typeof content === "string" ? content : decoder.decode(content),
  ]);
  return Object.fromEntries(texts);
}

const planSchema = z.object({
  schema: z.literal("faultline/plan@1"),
  engine: z.object({ version: z.string(), semantics: z.number() }),
  request: z.union([
    z.object({ experiment: z.string(), options: z.record(z.string(), z.unknown()) }),
    z.object({ varied: z.record(z.string(), z.unknown()) }),
  ]),
  cells: z.number().int(),
  command: z.string(),
  files: z.record(z.string(), z.string()),
});

/**
 * Reads the text of a plan.
 * @throws PlanError when it is none, or of an engine with other semantics
 */
export function parsePlan(text: string): Plan {
  const plan = planSchema.safeParse(jsonOf(text)).data;
  if (plan === undefined) throw new PlanError("it is no plan of a sweep");
  const { version, semantics } = plan.engine;
  if (semantics !== ENGINE.semantics)
    throw new PlanError(
      `it is of another engine: of semantics ${semantics} (faultline ${version}), where this one is of ${ENGINE.semantics}`,
      true,
    );
  return plan as Plan;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The sweep of a plan.
 * @throws PlanError when it has another number of cells than were planned
 */
export async function loadPlan({ request, files, cells }: Plan): Promise<LoadedSweep> {
  const loaded = await loadRequest(request, () => memoryFiles(files));
  if (loaded.sweep.cellCount === cells) return loaded;
  throw new PlanError(`it has ${loaded.sweep.cellCount} cells where ${cells} were planned`);
}
