// What the library exports, entry by entry, with its documentation, as the sources say it. Files are parsed and never type
// checked, which takes a tenth of a second: an export is followed by its name to the file that declares it.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const API = fileURLToPath(new URL("../../../src/api", import.meta.url));

/** What a program imports, by the file in src/api that says so. */
export const ENTRIES = {
  index: "faultline",
  charts: "faultline/charts",
  report: "faultline/report",
  studies: "faultline/studies",
  engine: "faultline/engine",
} as const;

export interface Exported {
  readonly entry: keyof typeof ENTRIES;
  readonly name: string;
  readonly kind: "function" | "class" | "value" | "type";
  /** The statement that exports it, for exports that share a comment. */
  readonly statement: ts.Node;
  /** What declares it. */
  readonly declaration: ts.Node;
  readonly comment: Comment;
}

export interface Comment {
  /** The text before the tags. */
  readonly text: string;
  readonly throws: readonly string[];
  readonly examples: readonly string[];
}

/** Everything that an entry exports, in the order of its file. */
export function exportsOf(entry: keyof typeof ENTRIES): Exported[] {
  return parsed(join(API, `${entry}.ts`)).statements.flatMap((statement) =>
    namesIn(statement).map(({ name, declaration, isType }) => ({
      entry,
      name,
      kind: isType ? "type" : kindOf(declaration),
      statement,
      declaration,
      comment: commentOf(isType ? declaration : statement, declaration),
    })),
  );
}

const files = new Map<string, ts.SourceFile>();

function parsed(path: string): ts.SourceFile {
  let file = files.get(path);
  if (file === undefined) {
    file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2023, true);
    files.set(path, file);
  }
  return file;
}

interface Named {
  readonly name: string;
  readonly declaration: ts.Node;
  readonly isType: boolean;
}

/** The names that a statement exports. */
function namesIn(statement: ts.Statement): Named[] {
  if (ts.isExportDeclaration(statement)) {
    const { exportClause } = statement;
    if (exportClause === undefined || !ts.isNamedExports(exportClause)) return [];
    return exportClause.elements.map((one) => {
      const declaration = declarationOf((one.propertyName ?? one.name).text, statement);
      const isType = statement.isTypeOnly || one.isTypeOnly || isTypeNode(declaration);
      return { name: one.name.text, declaration, isType };
    });
  }
  return isExported(statement) ? declaredIn(statement) : [];
}

const isExported = (node: ts.Statement) =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

function declaredIn(statement: ts.Statement): Named[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map((one) => ({
      name: one.name.getText(),
      declaration: statement,
      isType: false,
    }));
  const { name } = statement as ts.Statement & { name?: ts.Identifier };
  if (name === undefined) return [];
  return [{ name: name.text, declaration: statement, isType: isTypeNode(statement) }];
}

const isTypeNode = (node: ts.Node) =>
  ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);

/** What declares a name that a statement exports: here, or in the file that it names. */
function declarationOf(name: string, statement: ts.ExportDeclaration): ts.Node {
  const file = statement.getSourceFile();
  const { moduleSpecifier } = statement;
  const from = moduleSpecifier === undefined ? importOf(name, file) : moduleSpecifier;
  if (from === undefined || !ts.isStringLiteral(from)) return statement;
  const target = parsed(join(dirname(file.fileName), from.text));
  for (const one of target.statements) {
    const found = namesIn(one).find((named) => named.name === name);
    if (found !== undefined) return found.declaration;
  }
  return statement;
}

/** The file that a name is imported from. */
function importOf(name: string, file: ts.SourceFile): ts.Expression | undefined {
  const named = file.statements.filter(ts.isImportDeclaration).find(({ importClause }) => {
    const bindings = importClause?.namedBindings;
    return (
      bindings !== undefined &&
      ts.isNamedImports(bindings) &&
      bindings.elements.some((one) => one.name.text === name)
    );
  });
  return named?.moduleSpecifier;
}

function kindOf(declaration: ts.Node): "function" | "class" | "value" {
  if (ts.isFunctionDeclaration(declaration)) return "function";
  return ts.isClassDeclaration(declaration) ? "class" : "value";
}

// ---------------------------------------------------------------- comments

/** The comment of an export: that of the statement which exports it, or else that of its declaration. */
function commentOf(statement: ts.Node, declaration: ts.Node): Comment {
  const text = textBefore(statement) || textBefore(declaration);
  const [before, ...examples] = text.split(/^@example\n/m);
  const [description, ...tags] = before.split(/^(?=@\w)/m);
  return {
    text: linked(description.trim()),
    throws: tags
      .filter((tag) => tag.startsWith("@throws "))
      .map((tag) => linked(tag.slice("@throws ".length).trim().replace(/\s+/g, " "))),
    examples: examples.map((example) => example.trim()),
  };
}

const linked = (text: string) => text.replace(/\{@link (\w+)\}/g, "`$1`").replace(/[ \t]*\n/g, " ");

/** The text of the documentation comment before a node; empty where there is none. */
function textBefore(node: ts.Node): string {
  const { text } = node.getSourceFile();
  const ranges = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  const last = ranges.at(-1);
  const comment = last === undefined ? "" : text.slice(last.pos, last.end);
  if (!comment.startsWith("/**")) return "";
  return comment
    .replace(/^\/\*\*[ \t]*\n?/, "")
    .replace(/\s*\*\/$/, "")
    .replace(/^[ \t]*\* ?/gm, "");
}
