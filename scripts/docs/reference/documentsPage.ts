// The page docs/reference/documents.md: every kind of document that commands print and save.
import { KINDS, type KindName, kindOf } from "../../../src/results/documents.ts";
import { wordTable } from "../places.ts";
import { pageFrom } from "./page.ts";

/** What writes a document, by kind. */
const WRITTEN_BY: Readonly<Record<KindName, string>> = {
  run: "`run --json`, and `result.json` in its folder",
  compare: "`compare --json`, and `result.json` in its folder",
  sweep: "`sweep --json`, `merge --json`, and `result.json` in their folder",
  reproduce: "`reproduce --json`, and `result.json` of `reproduce --brief`",
  trace: "`trace`, one event per line",
  lineage: "`trace --json`, also with `--fault`",
  replay: "`replay --json`",
  score: "`score --json`",
  advise: "`advise --json`",
  choose: "`choose --json`, and `result.json` in its folder",
  threshold: "`threshold --json`, and `result.json` in its folder",
  importance: "`importance --json`, and `result.json` in its folder",
  improve: "`improve --json`, and `result.json` in its folder",
  calibrate: "`calibrate --json`, and `calibration.json` in its folder",
  "calibrate-state": "`calibrate`, as `state.json`, which `--resume` reads",
  estimate: "`estimate --json`, and `estimate.json` in its folder",
  "reproduce-seeds": "`reproduce STUDY --seeds K --json`",
  predictions: "`reproduce kim2025 --leave-one-out --json`",
  plan: "`plan`, as `plan.json`",
  "dry-run": "`sweep --dry-run --json`",
  status: "`status --json`",
  queue: "`queue status --json`",
  manifest: "`run`, `compare`, `sweep` and `merge`, as `manifest.json`",
  store: "`sweep` and `run --shard`, as `store.json` in a store of cells",
  validate: "`validate --json`",
  inspect: "`inspect --json`",
  studies: "`studies --json`",
};

export function documentsPage(): string {
  return pageFrom("src/results/reference.md", {
    "table documents": wordTable(
      ["Document", "What it holds", "Written by", "JSON Schema"],
      (Object.keys(KINDS) as KindName[]).map((name) => [
        `\`faultline/${name}@1\``,
        kindOf(name).schema.description ?? "",
        WRITTEN_BY[name],
        `\`schemas/${name}.schema.json\``,
      ]),
    ),
  });
}
