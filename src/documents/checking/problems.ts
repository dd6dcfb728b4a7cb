// Problems with files: collected with their places, sorted, and written out for people.
import { pageOf, type Topic } from "../../topics.ts";
import { type Location, type Path, pathText } from "../reading/tree.ts";
import { suggest } from "./suggest.ts";
import { visible } from "./visible.ts";

/** What is wrong, what the rule is, and what to do about it. */
export interface Text {
  readonly message: string;
  readonly rule?: string | undefined;
  readonly hint?: string | undefined;
  /** YAML to write in place of the value or key, where that is clear: after that the problem is gone. */
  readonly replacement?: string | undefined;
}

/** A text that tells of no error: it has a section in the documentation, for it needs judgement. */
export interface Warning extends Text {
  readonly topic: Topic;
}

/** One thing that is wrong with a file or an object, or that can hardly be meant: its place, what is wrong, the rule and a hint. */
export interface Problem extends Text {
  readonly file: string;
  /** Line and column count from 1; 0 stands for the file as a whole. */
  readonly line: number;
  readonly column: number;
  /** Dotted path of the value, e.g. `agents.worker.count`; empty for the file as a whole. */
  readonly path: string;
  readonly severity: "error" | "warning";
  /** Of a warning: the section of docs/reference/troubleshooting.md that explains it. */
  readonly topic?: Topic;
  /** The line in which the problem stands; of a very long one the part around it. */
  readonly source?: string;
  /** The column in `source`, where that is a part. */
  readonly sourceColumn?: number;
}

/** A file that is not valid, with all that is wrong with it and with the files that it names. */
export class ScenarioError extends Error {
  override readonly name = "ScenarioError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(formatProblems(problems));
    this.problems = problems;
  }
}

/** The text of a file, with its lines. */
export class Source {
  readonly file: string;
  readonly text: string;
  private readonly lineStarts: number[] = [0];

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1))
      this.lineStarts.push(i + 1);
  }

  /** The place of a character, counted from 0 in the text. */
  locate(offset: number): Location {
    let low = 0;
    let high = this.lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.lineStarts[middle] <= offset) low = middle;
      else high = middle;
    }
    return { file: this.file, line: low + 1, column: offset - this.lineStarts[low] + 1 };
  }

  /** A line, counted from 1, without its end. */
  line(number: number): string | undefined {
    if (number < 1 || number > this.lineStarts.length) return undefined;
    const { text } = this;
    let end = this.lineStarts[number] ?? text.length;
    if (number < this.lineStarts.length) end -= text[end - 2] === "\r" ? 2 : 1;
    return text.slice(this.lineStarts[number - 1], end);
  }
}

const MOST_SUGGESTED = 100;
const LONGEST_SOURCE = 400;

/** Collects problems, and the sources in which they stand. */
export class Problems {
  private readonly found = new Map<string, Problem>();
  private readonly sources = new Map<string, Source>();
  private errors = 0;

  addSource(source: Source): void {
    this.sources.set(source.file, source);
  }

  error(at: Location, path: Path, text: Text): void {
    this.add(at, path, text, "error");
  }

  warning(at: Location, path: Path, text: Warning): void {
    this.add(at, path, text, "warning");
  }

  get hasErrors(): boolean {
    return this.errors > 0;
  }

  /**
   * The candidate nearest to a word (`suggest.ts`), of the first problems: nobody reads what was meant in the thousandth,
   * and to look for it takes longer than all else.
   */
  suggest(word: string, candidates: Iterable<string>): string | undefined {
    return this.errors < MOST_SUGGESTED ? suggest(word, candidates) : undefined;
  }

  /** All problems by file, line and column; those that say the same of the same place are one. */
  sorted(): Problem[] {
    return [...this.found.values()].sort(
      (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column,
    );
  }

  private add(at: Location, path: Path, text: Text, severity: Problem["severity"]): void {
    const identity = `${at.file}\n${at.line}:${at.column} ${text.message}`;
    if (this.found.has(identity)) return;
    const source = this.sources.get(at.file)?.line(at.line);
    const part = source === undefined ? {} : partOf(source, at.column);
    this.found.set(identity, { ...at, path: pathText(path), ...text, severity, ...part });
    if (severity === "error") this.errors++;
  }
}

/** A line of a file that has one line only would be repeated with every problem in it. */
function partOf(line: string, column: number): Pick<Problem, "source" | "sourceColumn"> {
  if (line.length <= LONGEST_SOURCE) return { source: line };
  const start = Math.max(0, column - 1 - LONGEST_SOURCE / 2);
  const source = line.slice(start, start + LONGEST_SOURCE);
  return {
    source: start > 0 ? `…${source}` : source,
    sourceColumn: column - start + (start > 0 ? 1 : 0),
  };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

// ---------------------------------------------------------------- for people

/** How a problem is coloured. The object that picocolors makes is one of these. */
export interface Colors {
  bold(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
  dim(text: string): string;
}

const same = (text: string) => text;
const NO_COLORS: Colors = { bold: same, red: same, yellow: same, cyan: same, dim: same };

const MOST_SHOWN = 50;
const LINE_WIDTH = 100;
/** Further away nothing is shown. */
const FAR = 4 * LINE_WIDTH;

/** All problems as text, the first 50 in full. The page of a topic is told once. */
export function formatProblems(problems: readonly Problem[], colors = NO_COLORS): string {
  const told = new Set<Topic>();
  const shown = problems.slice(0, MOST_SHOWN).map(({ topic, ...problem }) => {
    const isNew = topic !== undefined && !told.has(topic);
    if (isNew) told.add(topic);
    return formatProblem(isNew ? { ...problem, topic } : problem, colors);
  });
  const more = problems.length - shown.length;
  if (more > 0) shown.push(`and ${more} more ${more === 1 ? "problem" : "problems"}`);
  return shown.join("\n\n");
}

/**
 * A problem as text: place and message, the source line with a caret, the rule, the hint, and the page on which a warning is
 * explained. Nothing that a file contains can act on the terminal.
 */
export function formatProblem(problem: Problem, colors = NO_COLORS): string {
  const paint = problem.severity === "error" ? colors.red : colors.yellow;
  const lines = [
    `${colors.bold(`${place(problem)}:`)} ${paint(`${problem.severity}:`)} ${visible(problem.message)}`,
    ...quoteSource(problem, colors, paint),
  ];
  if (problem.rule !== undefined) lines.push(`  ${colors.dim("rule:")} ${visible(problem.rule)}`);
  if (problem.hint !== undefined) lines.push(`  ${colors.cyan("hint:")} ${visible(problem.hint)}`);
  if (problem.topic !== undefined) lines.push(`  ${colors.dim("page:")} ${pageOf(problem.topic)}`);
  return lines.join("\n");
}

function place({ file, line, column }: Problem): string {
  return line > 0 ? `${visible(file)}:${line}:${column}` : visible(file);
}

function quoteSource(problem: Problem, colors: Colors, paint: Colors["red"]): string[] {
  if (problem.source === undefined) return [];
  const { text, caret } = cutAround(problem.source, (problem.sourceColumn ?? problem.column) - 1);
  const number = String(problem.line).padStart(5);
  return [
    colors.dim(`${number} | `) + text,
    colors.dim(`${" ".repeat(number.length)} | `) + " ".repeat(caret) + paint("^"),
  ];
}

/** A harmless window of the line around a column, and where that column is in it, both in characters. */
function cutAround(whole: string, place: number): { text: string; caret: number } {
  // Of a line of a million characters only what is near is looked at.
  const from = Math.max(0, place - FAR);
  const line = whole.slice(from, place + FAR);
  const column = place - from;
  const caret = Array.from(line.slice(0, column)).length;
  const characters = Array.from(visible(line));
  if (characters.length <= LINE_WIDTH) return { text: characters.join(""), caret };
  const start = Math.max(0, Math.min(caret - LINE_WIDTH / 2, characters.length - LINE_WIDTH));
  const window = characters.slice(start, start + LINE_WIDTH);
  if (start > 0) window[0] = "…";
  if (start + LINE_WIDTH < characters.length) window[LINE_WIDTH - 1] = "…";
  return { text: window.join(""), caret: caret - start };
}
