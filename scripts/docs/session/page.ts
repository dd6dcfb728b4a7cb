// What a page of documentation asks a reader to do, read from its Markdown: files to write and commands to type, in order,
// and what the page says that they print.
//
//   ```yaml          a file, if its first line is a comment with its name: `# team.yaml`
//   ```csv runs.csv  a file, of a format that has no comments
//   ```sh            commands, one per line; a backslash continues a line
//   ```text          directly after commands: what they print on stdout
//   ```text stderr   directly after commands: what they print on stderr

/** A fenced block of code. */
export interface Block {
  readonly language: string;
  /** What follows the language: `stderr`, or the name of a file. */
  readonly note: string;
  readonly text: string;
  /** The line of its first fence, counted from 1. */
  readonly line: number;
  /** Where its text stands in the page, in characters. */
  readonly start: number;
  readonly end: number;
}

/** A file that the reader writes. */
export interface FileStep {
  readonly kind: "file";
  readonly name: string;
  readonly block: Block;
}

/** Commands that the reader types, and what the page shows of their output. */
export interface CommandStep {
  readonly kind: "commands";
  readonly commands: readonly string[];
  readonly block: Block;
  readonly shown?: Block;
}

/** Code that is neither: a piece of a file. */
export interface PieceStep {
  readonly kind: "piece";
  readonly block: Block;
}

export type Step = FileStep | CommandStep | PieceStep;

const FENCE = /^(`{3,})(\w*) *(.*)\n([\s\S]*?)^\1$/gm;
const OUTPUTS = new Set(["text", "json", "csv"]);
const NOTED_NAME = /^[\w./-]+\.\w+$/;
const FILE_NAME = /^(?:#|\/\/) ([\w./-]+\.\w+)\n/;

/** The fenced blocks of a page, in order. */
export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(FENCE)].map((match) => {
    const [whole, fence, language, note, text] = match;
    const start = match.index + whole.indexOf("\n") + 1;
    const line = markdown.slice(0, match.index).split("\n").length;
    return { language, note, text, line, start, end: match.index + whole.length - fence.length };
  });
}

/** What a reader of the page does, in order. Outputs belong to the commands before them. */
export function stepsOf(markdown: string): Step[] {
  const blocks = blocksOf(markdown);
  return blocks.flatMap((block, i): Step[] => {
    if (block.language === "sh") {
      const next = blocks[i + 1];
      const isShown = next !== undefined && isOutput(next) && isBeside(markdown, block, next);
      const commands = commandsOf(block.text);
      return [{ kind: "commands", commands, block, ...(isShown ? { shown: next } : {}) }];
    }
    if (isOutput(block)) return [];
    const name = isNamed(block) ? block.note : FILE_NAME.exec(block.text)?.[1];
    return [name === undefined ? { kind: "piece", block } : { kind: "file", name, block }];
  });
}

const isOutput = (block: Block) => OUTPUTS.has(block.language) && !isNamed(block);

const isNamed = ({ note }: Block) => NOTED_NAME.test(note);

/** Whether nothing but the fences stands between two blocks. */
const isBeside = (markdown: string, first: Block, second: Block) =>
  /^`+\n\s*`+[\w ]*\n$/.test(markdown.slice(first.end, second.start));

function commandsOf(text: string): string[] {
  const lines = text.replaceAll(/\\\n\s*/g, "").split("\n");
  return lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
}
