// Reads documents back: parsed, known by their schema, held against it, and checked for what a schema cannot say.

import { Source, type Text } from "../documents/checking/problems.ts";
import { isMap } from "../documents/checking/schemaWalk.ts";
import { suggest } from "../documents/checking/suggest.ts";
import {
  explained,
  type Finding,
  faulty,
  MOST_PROBLEMS,
  parseJson,
} from "../documents/checking/validateJson.ts";
import { didYouMean } from "../documents/quoting.ts";
import { treeAlong } from "../documents/reading/json.ts";
import { locate } from "../documents/reading/tree.ts";
import { type Contents, KINDS, type KindName, kindOf } from "./documents.ts";
import { parseLog } from "./eventLog.ts";
import { RULES } from "./fields.ts";
import type { DocumentKind } from "./kind.ts";

/** Largest document that is read, in bytes: a text of JavaScript has at most twice as many characters. */
export const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;

export interface Wanted<K extends KindName> {
  /** The kinds that are wanted. */
  readonly kinds: readonly K[];
  /** What reads them, for messages: `plot takes`. */
  readonly takes: string;
}

/**
 * Reads a document.
 * @param text a JSON document, or an event log of one JSON object per line
 * @param file what to call it in messages
 * @throws ScenarioError with all problems (the first {@link MOST_PROBLEMS}) and their places, when it is none of the kinds
 *   that are wanted, of a newer version, or damaged
 */
export function readDocument<K extends KindName>(
  text: string,
  file: string,
  wanted: Wanted<K>,
): Contents[K] {
  const source = new Source(file, text.replace(/^\ufeff/, ""));
  const log = parseLog(source);
  const value = log?.document ?? parseJson(source);
  const kind = kindOf(kindIn(source, value, wanted));
  const faults = faultsOf(kind, value);
  if (faults === undefined) return value as Contents[K];
  throw explained({ schema: kind.schema, rules: RULES }, source, value, faults, log?.treeOf);
}

/** What is wrong with a document of a kind; undefined where nothing is. */
function faultsOf({ schema, list, findings }: DocumentKind, value: unknown) {
  const issues = issuesOf(schema, list, value as Record<string, unknown>);
  if (issues.length > 0) return { issues };
  const found: Finding[] = [];
  for (const finding of findings?.(value as never) ?? []) {
    found.push(finding);
    if (found.length === MOST_PROBLEMS) break;
  }
  return found.length > 0 ? { findings: found } : undefined;
}

/** Issues of the document: of its long list item by item, so that a large one takes little memory and can end early. */
function issuesOf(
  schema: DocumentKind["schema"],
  list: string | undefined,
  value: Record<string, unknown>,
) {
  const items = list === undefined ? undefined : value[list];
  if (list === undefined || !Array.isArray(items) || items.length === 0)
    return schema.safeParse(value).error?.issues ?? [];
  // One item stands for all of them, so that rules of the list itself are kept.
  const issues = [...(schema.safeParse({ ...value, [list]: [items[0]] }).error?.issues ?? [])];
  const { element } = schema.shape[list] as unknown as { element: typeof schema };
  for (let i = 1; i < items.length && issues.length < MOST_PROBLEMS; i++) {
    const { error } = element.safeParse(items[i]);
    for (const issue of error?.issues ?? [])
      issues.push({ ...issue, path: [list, i, ...issue.path] });
  }
  return issues;
}

// ---------------------------------------------------------------- which kind it is

const SCHEMA = /^faultline\/([a-z-]+)@(\d+)$/;

/** The kind of a document. @throws ScenarioError where it is none that is wanted */
function kindIn<K extends KindName>(source: Source, value: unknown, wanted: Wanted<K>): K {
  const refuse = (text: Text) => {
    const tree = treeAlong(source, [["schema"]]);
    throw faulty(source, (report) => report.error(locate(tree, ["schema"]), ["schema"], text));
  };
  const takes = `${wanted.takes} ${listed(wanted.kinds.map((name) => kindOf(name).called))}`;
  if (!isMap(value)) return refuse({ message: "this is no map with a schema", rule: takes });
  const { schema } = value;
  const [, name = "", version = ""] =
    SCHEMA.exec(String(typeof schema === "string" && schema)) ?? [];
  if (name === "")
    return refuse({
      message:
        schema === undefined
          ? "the document has no schema"
          : "schema names no document of Faultline",
      rule: `${takes}; schema says which it is, such as faultline/${wanted.kinds[0]}@1`,
    });
  if (!Object.hasOwn(KINDS, name))
    return refuse({
      message: `there is no kind of document ${JSON.stringify(name.slice(0, 60))}`,
      rule: takes,
      hint: didYouMean(suggest(name, Object.keys(KINDS))),
    });
  const kind = name as KindName;
  if (version !== "1")
    return refuse({
      message: `this is ${kindOf(kind).called} of version ${version}; this version of faultline reads version 1`,
      rule: takes,
      hint: "use the version of faultline that wrote it, or a later one",
    });
  if (!wanted.kinds.includes(kind as K))
    return refuse({ message: `this is ${kindOf(kind).called}`, rule: takes });
  return kind as K;
}

/** `a, b or c`. */
function listed(words: readonly string[]): string {
  const [last = "", ...others] = words.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(", ")} or ${last}`;
}
