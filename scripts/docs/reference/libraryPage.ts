// The page docs/reference/library.md: what a program can import, with the documentation and the examples of the sources.
import ts from "typescript";
import { wordTable } from "../places.ts";
import { ENTRIES, type Exported, exportsOf } from "./apiExports.ts";
import { pageFrom } from "./page.ts";

export function libraryPage(): string {
  const entries = Object.keys(ENTRIES) as (keyof typeof ENTRIES)[];
  return pageFrom(
    "src/api/reference.md",
    Object.fromEntries(entries.map((entry) => [`code ${entry}`, entrySection(entry)])),
  );
}

function entrySection(entry: keyof typeof ENTRIES): string {
  const exported = exportsOf(entry);
  const types = exported.filter(({ kind }) => kind === "type");
  const values = grouped(exported.filter(({ kind }) => kind !== "type"));
  return [
    ...values.map(valueSection),
    ...(types.length === 0
      ? []
      : [`### Types of ${ENTRIES[entry]}`, typeTable(types), ...types.flatMap(optionsText)]),
  ].join("\n\n");
}

/** Exports that share a comment stand together. */
function grouped(exported: readonly Exported[]): Exported[][] {
  const groups: Exported[][] = [];
  for (const one of exported) {
    const last = groups.at(-1);
    if (last !== undefined && sharesComment(last[0], one)) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** Whether the comment of one export is about another too: both are of one statement, or errors in a row. */
function sharesComment(first: Exported, other: Exported): boolean {
  const isOne = first.statement === other.statement && first.comment.text === other.comment.text;
  const isErrors = first.name.endsWith("Error") && other.name.endsWith("Error");
  return isOne || (isErrors && other.comment.examples.length === 0);
}

function valueSection(group: readonly Exported[]): string {
  const [{ comment }] = group;
  const signatures = group.flatMap(({ declaration }) => signatureOf(declaration));
  return [
    `### ${group.map(({ name }) => `\`${name}\``).join(", ")}`,
    comment.text,
    ...(signatures.length === 0 ? [] : [block(signatures.join("\n"))]),
    ...(comment.throws.length === 0
      ? []
      : [`Throws:\n\n${comment.throws.map((text) => `- ${text}`).join("\n")}`]),
    ...comment.examples.map(block),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

const block = (text: string) => `\`\`\`ts\n${text}\n\`\`\``;

/** The head of a function. */
function signatureOf(declaration: ts.Node): string[] {
  if (!ts.isFunctionDeclaration(declaration)) return [];
  const { text } = declaration.getSourceFile();
  const end = declaration.body?.pos ?? declaration.end;
  const head = text.slice(declaration.getStart(), end).trim();
  return [head.replace(/^export (async )?/, "")];
}

const typeTable = (types: readonly Exported[]) =>
  wordTable(
    ["Type", "Meaning"],
    types.map(({ name, comment }) => [`\`${name}\``, comment.text]),
  );

/** The fields of the options of functions, as they are declared in src/api. */
function optionsText({ declaration }: Exported): string[] {
  const isOptions =
    ts.isInterfaceDeclaration(declaration) && declaration.name.text.endsWith("Options");
  const file = declaration.getSourceFile();
  if (!isOptions || !file.fileName.includes("/src/api/")) return [];
  return [block(declaration.getText(file).replace(/^export /, ""))];
}
