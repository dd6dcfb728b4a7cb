// faultline status: which cells of a sweep are done, and why others are not.
import { StoreError } from "../../store/errors.ts";
import type { Store } from "../../store/store.ts";
import { explainer, type Why, whyText } from "../../store/why.ts";
import { loadRequest } from "../../sweep/file/request.ts";
import { type CellOutcome, readOutcome, recordInputs } from "../../sweep/running/record.ts";
import type { Sweep } from "../../sweep/sweep.ts";
import type { Handler } from "../command.ts";
import { EXIT } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { folderOfSweep, loadTold, openTold, requestOf, withStores } from "../sweeps.ts";

/** Cells of one reason that are told by number. */
const TOLD = 8;

export const handle: Handler = async (world, invocation) => {
  const { options } = invocation;
  const request = requestOf(world, invocation);
  const { sweep } = await loadTold(world, options, () => loadRequest(request, world.sources));
  const folder = folderOfSweep(sweep, options);
  return withStores(async () => {
    const store = openIfThere(() => openTold(world, `${folder}/store`, "read", options.quiet));
    try {
      const state = await stateOf(sweep, store, options.why);
      const document = { schema: "faultline/status@1", name: sweep.name, folder, ...state };
      world.stdout.write(options.json ? jsonText(document) : textOf(document, options.why));
      return EXIT.ok;
    } finally {
      store?.close();
    }
  });
};

function openIfThere(open: () => Store): Store | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof StoreError && error.trouble === "missing") return undefined;
    throw error;
  }
}

interface State {
  readonly cells: number;
  /** Cells by what became of them. */
  readonly ok: number;
  readonly notReached: number;
  readonly failed: readonly number[];
  readonly missing: readonly number[];
  /** Records of the store that are of none of these cells. */
  readonly others: number;
  /** Why cells are missing, where that is asked for. */
  readonly why?: readonly Reason[];
}

interface Reason {
  readonly reasons: readonly string[];
  readonly cells: readonly number[];
}

async function stateOf(sweep: Sweep, store: Store | undefined, asksWhy: boolean): Promise<State> {
  const cells: Record<CellOutcome["status"] | "missing", number[]> = {
    ok: [],
    "not-reached": [],
    failed: [],
    missing: [],
  };
  const used = new Set<string>();
  for (let index = 0; index < sweep.cellCount; index++) {
    const inputs = recordInputs(await sweep.cellAt(index), sweep);
    const key = store?.keyOf(inputs);
    const outcome = store && key && readOutcome(store, key);
    cells[outcome ? outcome.status : "missing"].push(index);
    if (key && outcome) used.add(key);
  }
  const { ok, failed, missing, "not-reached": notReached } = cells;
  return {
    cells: sweep.cellCount,
    ok: ok.length,
    notReached: notReached.length,
    failed,
    missing,
    others: (store?.size ?? 0) - (sweep.cellCount - missing.length),
    ...(asksWhy ? { why: await reasonsOf(sweep, missing, store, used) } : {}),
  };
}

/**
 * Why these cells are not in the store, cells of one reason together. They are worked out once more rather than kept, since
 * their scenarios take more memory than time.
 */
async function reasonsOf(
  sweep: Sweep,
  missing: readonly number[],
  store: Store | undefined,
  used: ReadonlySet<string>,
): Promise<Reason[]> {
  const explain = store === undefined ? () => ({}) satisfies Why : explainer(store, used);
  const cellsOf = new Map<string, number[]>();
  for (const index of missing) {
    const inputs = recordInputs(await sweep.cellAt(index), sweep);
    const reason = JSON.stringify(whyText(explain(inputs) ?? {}));
    cellsOf.set(reason, [...(cellsOf.get(reason) ?? []), index]);
  }
  return [...cellsOf].map(([text, cells]) => ({ reasons: JSON.parse(text), cells }));
}

function textOf(
  {
    name,
    folder,
    cells,
    ok,
    notReached,
    failed,
    missing,
    others,
    why = [],
  }: State & {
    readonly name: string;
    readonly folder: string;
  },
  asksWhy: boolean,
): string {
  const listed = (indices: readonly number[]) =>
    indices.length > TOLD ? `${indices.slice(0, TOLD).join(", ")}, …` : indices.join(", ");
  const lines = [
    `${name}: ${ok + notReached} of ${cells} cells done (${folder}/store)`,
    ...(notReached > 0 ? [`${notReached} of them without the precision that was asked for`] : []),
    ...(failed.length > 0 ? [`${failed.length} failed: ${listed(failed)}`] : []),
    ...(missing.length > 0 ? [`${missing.length} to run: ${listed(missing)}`] : []),
    ...(others > 0 ? [`${others} records in the store are of other cells`] : []),
    ...why.flatMap(({ reasons, cells: of }) => [
      "",
      `${of.length === 1 ? "cell" : "cells"} ${listed(of)}:`,
      ...reasons.map((reason) => `  ${reason}`),
    ]),
    ...(missing.length > 0 && !asksWhy ? ["--why tells what differs from what is stored"] : []),
  ];
  return `${lines.join("\n")}\n`;
}
