// The file of a step: it extends the file that was improved, and states what is changed.
import { Document } from "yaml";
import { canonicalJson } from "../../documents/canonicalJson.ts";
import { Problems } from "../../documents/checking/problems.ts";
import { isMap } from "../../documents/checking/schemaWalk.ts";
import { type MapNode, merge, toPlain } from "../../documents/reading/tree.ts";
import { treeOfValue } from "../../documents/reading/values.ts";
import { layOut } from "../../documents/writing/layout.ts";

export interface StepFile {
  /** Path of the file that was improved, relative to the folder of the step. */
  readonly base: string;
  readonly name: string;
  /** Lines of the comment at the top. */
  readonly header: readonly string[];
}

/**
 * The text of the file.
 * @param original as the file that is extended has it
 * @param step as it is to be
 */
export function stepText(
  original: MapNode,
  step: MapNode,
  { base, name, header }: StepFile,
): string {
  const [from, to] = [original, step].map((tree) => toPlain(tree) as Plain);
  const changes = differenceOf(from, to);
  const isEnough = canonicalJson(merged(from, changes)) === canonicalJson(to);
  // What cannot be laid over the original stands in full.
  const body = isEnough ? { extends: base, name, ...without(changes, "name") } : { ...to, name };
  const document = new Document(body, { aliasDuplicateObjects: false });
  document.commentBefore = header.map((line) => ` ${line}`).join("\n");
  layOut(document);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

type Plain = Record<string, unknown>;

/** What has to be laid over one plain map so that it becomes another: null takes away. */
function differenceOf(from: Plain, to: Plain): Plain {
  const changes: Plain = {};
  for (const key of Object.keys(from)) if (!(key in to)) changes[key] = null;
  for (const [key, value] of Object.entries(to)) {
    const before = from[key];
    if (canonicalJson({ value }) === canonicalJson({ value: before })) continue;
    changes[key] = isMap(value) && isMap(before) ? differenceOf(before, value) : value;
  }
  return changes;
}

/** One laid over the other, as `extends` does it. */
function merged(from: Plain, changes: Plain): unknown {
  const [base, over] = [from, changes].map((value) => treeOfValue(value, new Problems()));
  return base && over && toPlain(merge(base, over));
}

const without = (map: Plain, key: string): Plain =>
  Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));
