// An event log: one JSON object per line, as `faultline trace` prints it. Its first event says what is traced.

import type { Source } from "../documents/checking/problems.ts";
import { isMap } from "../documents/checking/schemaWalk.ts";
import { parseJson } from "../documents/checking/validateJson.ts";
import { treeAlong } from "../documents/reading/json.ts";
import type { MapNode, Path, TreeNode } from "../documents/reading/tree.ts";

export interface ParsedLog {
  /** The log as one document. */
  readonly document: Readonly<Record<string, unknown>>;
  /** The part of it that paths lead through, with places. */
  treeOf(paths: readonly Path[]): MapNode;
}

/** Characters that the first line of an event log has at most: a document of one line is not parsed twice. */
const LONGEST_FIRST_LINE = 100_000;

/**
 * The events of a text; undefined where it is no event log.
 * @throws ScenarioError where a line is no JSON
 */
export function parseLog(source: Source): ParsedLog | undefined {
  const { text } = source;
  const firstEnd = endOfLine(text, 0);
  if (firstEnd > LONGEST_FIRST_LINE || !isBegan(text.slice(0, firstEnd))) return undefined;
  const events: unknown[] = [];
  const lineStarts: number[] = [];
  for (let from = 0; from < text.length; ) {
    const to = endOfLine(text, from);
    if (/\S/.test(text.slice(from, to))) {
      events.push(parseJson(source, from, to));
      lineStarts.push(from);
    }
    from = to + 1;
  }
  const { schema, scenario, seed, replication } = events[0] as Record<string, unknown>;
  return {
    document: { schema, scenario, seed, replication, events },
    treeOf: (paths) => treeOfLog(source, lineStarts, paths),
  };
}

function treeOfLog(source: Source, lineStarts: readonly number[], paths: readonly Path[]): MapNode {
  const inFirst = paths.filter(([key]) => key !== "events");
  const first = treeAlong(source, inFirst, lineStarts[0]) as MapNode;
  const items: TreeNode[] = [];
  for (const i of new Set(paths.flatMap(([key, item]) => (key === "events" ? [Number(item)] : []))))
    if (lineStarts[i] !== undefined) {
      const inItem = paths.filter(([key, item]) => key === "events" && item === i);
      items[i] = treeAlong(
        source,
        inItem.map((path) => path.slice(2)),
        lineStarts[i],
      );
    }
  const events = { keyAt: first.at, value: { kind: "list", items, at: first.at } } as const;
  return { ...first, entries: new Map([...first.entries, ["events", events]]) };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

function isBegan(line: string): boolean {
  try {
    const event: unknown = JSON.parse(line);
    return isMap(event) && event.event === "began";
  } catch {
    return false;
  }
}
