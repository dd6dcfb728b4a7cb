// ensemble.csv: one row per member with -2 log L and the values of all parameters, under lines that say where it comes from. A
// column is called by the path of its number, after the file in which it stands: `agents.yaml:models.base.errorRate`.
import { Problems, ScenarioError, Source, type Text } from "../../documents/checking/problems.ts";
import { list, plural } from "../../documents/quoting.ts";
import { type CsvField, csvLine, csvNumber, WRONG_QUOTES } from "../../documents/reading/csv.ts";
import type { SourceFiles } from "../../documents/reading/files.ts";
import type { Overrides } from "../../documents/reading/overrides.ts";
import type { EnsembleResult, MemberResult } from "./document.ts";

/** A parameter of an ensemble: the dotted path of a number, and the file in which it stands. */
export interface EnsembleParameter {
  readonly path: string;
  /** As the targets file names it; without it the number is set in every scenario. */
  readonly in?: string;
}

/** What an `ensemble.csv` holds: parameter sets, and where they come from. */
export interface EnsembleFile {
  /** The lines that say where the ensemble comes from. */
  readonly provenance: readonly string[];
  readonly parameters: readonly EnsembleParameter[];
  /** At least one. */
  readonly members: readonly MemberResult[];
}

/** What a member sets: values by dotted path, for one file or for every scenario. */
export interface FileOverrides {
  /** Undefined for what is set in every scenario. */
  readonly in: string | undefined;
  readonly overrides: Overrides;
}

const MEMBER = "member";
const MINUS_TWO_LOG_L = "minusTwoLogL";
const FIXED = [MEMBER, MINUS_TWO_LOG_L] as const;

// ---------------------------------------------------------------- writing

/** The file of an ensemble. @param provenance lines without an end, which become comments */
export function ensembleText(
  { parameters, members }: Pick<EnsembleResult, "parameters" | "members">,
  provenance: readonly string[],
): string {
  const rows = [
    [...FIXED, ...parameters.map(columnOf)],
    ...members.map(({ values, minusTwoLogL }, i) => [i + 1, minusTwoLogL, ...values]),
  ];
  return [
    ...provenance.map((line) => `# ${line}`.trimEnd()),
    ...rows.map((row) => row.map((value) => fieldOf(String(value))).join(",")),
    "",
  ].join("\n");
}

const columnOf = ({ path, in: file }: EnsembleParameter) =>
  file === undefined ? path : `${file}:${path}`;

const fieldOf = (text: string) =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

// ---------------------------------------------------------------- reading

/**
 * Reads the file of an ensemble.
 * @throws ScenarioError with all problems and their places, where it is none
 */
export function loadEnsemble(file: string, files: Pick<SourceFiles, "read">): EnsembleFile {
  const content = files.read(file);
  const text = typeof content === "string" ? content : new TextDecoder().decode(content);
  return readEnsemble(text.replace(/^\ufeff/, ""), file);
}

/** The same of a text. @param file what to call it in messages */
export function readEnsemble(text: string, file: string): EnsembleFile {
  return new Reading(text, file).result();
}

/** What a member of an ensemble sets, file by file. */
export function overridesOf(
  { parameters }: Pick<EnsembleFile, "parameters">,
  { values }: Pick<MemberResult, "values">,
): FileOverrides[] {
  const byFile = new Map<string | undefined, Record<string, number>>();
  for (const [i, { path, in: file }] of parameters.entries()) {
    const own = byFile.get(file) ?? {};
    byFile.set(file, own);
    own[path] = values[i];
  }
  return [...byFile].map(([file, overrides]) => ({ in: file, overrides }));
}

const FORM: Text["rule"] = `an ensemble has lines of comment, a line of columns (${FIXED.join(", ")}, and one path per parameter), and one line per member`;

class Reading {
  private readonly file: string;
  private readonly lines: readonly string[];
  private readonly problems = new Problems();

  constructor(text: string, file: string) {
    this.file = file;
    this.lines = text.split(/\r?\n/);
    this.problems.addSource(new Source(file, text));
  }

  result(): EnsembleFile {
    const provenance: string[] = [];
    let header: readonly CsvField[] | undefined;
    let parameters: readonly EnsembleParameter[] = [];
    const members: MemberResult[] = [];
    for (const [i, line] of this.lines.entries()) {
      if (line.startsWith("#")) provenance.push(line.replace(/^# ?/, ""));
      else if (line.trim() !== "") {
        const fields = this.fieldsOf(line, i + 1);
        if (header === undefined) {
          header = fields;
          parameters = this.parametersOf(fields, i + 1);
        } else members.push(this.memberOf(fields, header, i + 1));
      }
    }
    if (header === undefined) this.refuse(0, 0, { message: "the ensemble is empty", rule: FORM });
    else if (members.length === 0)
      this.refuse(0, 0, { message: "the ensemble has no members", rule: FORM });
    if (this.problems.hasErrors) throw new ScenarioError(this.problems.sorted());
    return { provenance, parameters, members };
  }

  private parametersOf(header: readonly CsvField[], line: number): EnsembleParameter[] {
    for (const [i, name] of FIXED.entries())
      if (header[i]?.text !== name)
        this.refuse(line, header[i]?.column ?? 1, {
          message: `column ${i + 1} is ${header[i] === undefined ? "missing" : `called ${header[i].text}`}`,
          rule: `the first columns are ${list([...FIXED])}`,
        });
    const seen = new Set<string>();
    return header.slice(FIXED.length).map(({ text, column }) => {
      if (seen.has(text))
        this.refuse(line, column, {
          message: `the column ${text} comes twice`,
          rule: "a number has one column",
        });
      seen.add(text);
      const colon = text.lastIndexOf(":");
      const path = text.slice(colon + 1);
      if (path.split(".").includes("") || colon === 0)
        this.refuse(line, column, {
          message: `${JSON.stringify(text)} is no number's name`,
          rule: "a column is called by a dotted path, after FILE: where it stands in a file",
        });
      return colon < 0 ? { path } : { path, in: text.slice(0, colon) };
    });
  }

  private memberOf(
    fields: readonly CsvField[],
    header: readonly CsvField[],
    line: number,
  ): MemberResult {
    if (fields.length !== header.length)
      this.refuse(line, 1, {
        message: `the line has ${plural(fields.length, "field")}`,
        rule: `a member has one for each of the ${header.length} columns`,
      });
    const [, minusTwoLogL, ...values] = fields.map((field, i) => {
      const value = csvNumber(field);
      if (i < header.length && Number.isNaN(value))
        this.refuse(line, field.column, {
          message: `${header[i].text} is ${JSON.stringify(field.text)}`,
          rule: "a field is a finite number, with a point before its decimals",
        });
      return value;
    });
    return { values, minusTwoLogL };
  }

  private fieldsOf(line: string, number: number): readonly CsvField[] {
    const { fields, wrongAt } = csvLine(line);
    if (wrongAt !== undefined) this.refuse(number, wrongAt, WRONG_QUOTES);
    return fields;
  }

  private refuse(line: number, column: number, text: Text): void {
    this.problems.error({ file: this.file, line, column }, [], text);
  }
}
