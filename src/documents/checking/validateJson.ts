// Holds JSON documents against their schemas. As long as nothing is wrong, no places are looked for.
import type { z } from "zod";
import { type SyntaxFault, syntaxFault, treeAlong } from "../reading/json.ts";
import type { MapNode, Path } from "../reading/tree.ts";
import { Examined } from "./examined.ts";
import { Explainer, type Format } from "./explain.ts";
import { Problems, ScenarioError, type Source, type Text } from "./problems.ts";

/** Problems of a document that are told at most. */
export const MOST_PROBLEMS = 50;

/** What is wrong with a value that its schema allows. */
export interface Finding extends Text {
  readonly path: Path;
  /** Whether the key is wrong rather than its value. */
  readonly isAtKey?: boolean;
}

/** What is wrong with a document. */
export interface Faults {
  readonly issues?: readonly z.core.$ZodIssue[];
  readonly findings?: readonly Finding[];
}

/**
 * The value of a JSON text.
 * @param from where it begins in the source, and where it ends
 * @throws ScenarioError with the place where the text is no JSON
 */
export function parseJson(source: Source, from = 0, to = source.text.length): unknown {
  const text = source.text.slice(from, to);
  try {
    return JSON.parse(text);
  } catch {
    const { what, offset } = syntaxFault(text) as SyntaxFault;
    throw faulty(source, (problems) =>
      problems.error(source.locate(from + offset), [], FAULTS[what]),
    );
  }
}

/**
 * The value of a JSON text that its schema allows.
 * @throws ScenarioError with all problems and their places
 */
export function readJson<S extends z.ZodType>(
  source: Source,
  format: Format & { readonly schema: S },
): z.output<S> {
  const value = parseJson(source);
  const result = format.schema.safeParse(value);
  if (result.success) return result.data;
  throw explained(format, source, value, { issues: result.error.issues });
}

/**
 * The error that tells what is wrong with a document, with places.
 * @param treeOf the part of the document that paths lead through; by default the source is one JSON text
 */
export function explained(
  format: Format,
  source: Source,
  value: unknown,
  { issues = [], findings = [] }: Faults,
  treeOf = (paths: readonly Path[]) => treeAlong(source, paths),
): ScenarioError {
  const paths = [...issues, ...findings].map(({ path }) => path as Path);
  const tree = treeOf(paths) as MapNode;
  return faulty(source, (problems) => {
    const examined = new Examined(tree, problems);
    new Explainer(format, examined, value).explainAll(issues.slice(0, MOST_PROBLEMS));
    for (const { path, isAtKey = false, ...text } of findings.slice(0, MOST_PROBLEMS))
      if (isAtKey) examined.errorAtKey(path, text);
      else examined.error(path, text);
  });
}

/** The error with the problems that are added by `tell`. */
export function faulty(source: Source, tell: (problems: Problems) => void): ScenarioError {
  const problems = new Problems();
  problems.addSource(source);
  tell(problems);
  return new ScenarioError(problems.sorted());
}

const FAULTS: Readonly<Record<SyntaxFault["what"], Text>> = {
  empty: { message: "the file is empty", rule: "the file is one JSON document" },
  "cut off": {
    message: "the file ends here, within its document",
    rule: "lists, maps and texts have an end",
    hint: "the file was cut off: bring it back from a copy, or make it again",
  },
  "value expected": {
    message: "a value is expected here",
    rule: "a value is a number such as -1.5e3, a text in double quotes, true, false, null, a list or a map; NaN and Infinity are none",
  },
  "key expected": {
    message: "a key is expected here",
    rule: "a key is a text in double quotes, and after the last value of a map there is no comma",
  },
  "colon expected": { message: "a colon is expected here", rule: "a key is followed by a colon" },
  "comma expected": {
    message: "a comma or the end of the list or map is expected here",
    rule: "values are separated by commas, and brackets come in pairs",
  },
  more: {
    message: "there is more after the end of the document",
    rule: "the file is one JSON document",
  },
  "control character": {
    message: "there is a control character in a text here",
    rule: "in JSON, line ends and other control characters are written as escapes",
  },
  escape: {
    message: "there is no such escape",
    rule: 'escapes are \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits',
  },
};
