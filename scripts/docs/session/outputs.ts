// What a page shows of the output of its commands, held against what they printed, and written anew. A line `…` stands for
// lines that the page leaves out.
import { type CommandStep, stepsOf } from "./page.ts";
import type { Outcome, Tried } from "./process.ts";

const LEFT_OUT = "…";

/** What `npm run outputs` writes of a page. */
export interface Written {
  readonly page: string;
  /** The pictures that the page shows of those that its commands drew, by path within docs. */
  readonly pictures: Readonly<Record<string, string>>;
}

/** Pictures in this folder are drawn by the commands of the page that shows them. */
const DRAWN = /\((?:\.\.\/)*(pictures\/pages\/([\w-]+\.svg))\)/g;

/**
 * The page with the output that its commands printed, and the pictures that they drew. Where the page leaves lines out, the
 * same lines are left out again.
 */
export function withOutputs(markdown: string, { outcomes, pictures }: Tried): Written {
  let page = markdown;
  const steps = stepsOf(markdown);
  // From the end, so that places before stay as they are.
  for (const [i, step] of [...steps.entries()].reverse()) {
    const outcome = outcomes[i];
    if (step.kind !== "commands" || step.shown === undefined || outcome === null) continue;
    const { start, end, text } = step.shown;
    page = page.slice(0, start) + shownOf(text, printedOf(step, outcome)) + page.slice(end);
  }
  const shown = [...markdown.matchAll(DRAWN)].map(([, path, name]) => [path, pictures[name]]);
  return { page, pictures: Object.fromEntries(shown) };
}

function printedOf({ shown }: CommandStep, { stdout, stderr }: Outcome): string {
  return (shown?.note === "stderr" ? stderr : stdout).trimEnd();
}

/** What is shown of a new output, where this was shown of an old one. */
function shownOf(old: string, printed: string): string {
  const lines = printed.split("\n").map((line) => line.trimEnd());
  const parts = partsOf(old);
  if (parts.length === 1) return `${lines.join("\n")}\n`;
  const [first, ...others] = parts;
  const last = others.pop() ?? [];
  const shown = [lines.slice(0, first.length)];
  let from = first.length;
  const end = Math.max(from, lines.length - last.length);
  for (const part of others) {
    const at = bestPlace(part, lines.slice(0, end), from);
    from = at + part.length;
    shown.push(lines.slice(at, from));
  }
  shown.push(last.length === 0 ? [] : lines.slice(end));
  return `${shown
    .map((part) => part.join("\n"))
    .join(`\n${LEFT_OUT}\n`)
    .trim()}\n`;
}

/** The lines between those that stand for what is left out. */
function partsOf(text: string): string[][] {
  const parts: string[][] = [[]];
  for (const line of text.trimEnd().split("\n"))
    if (line.trim() === LEFT_OUT) parts.push([]);
    else parts.at(-1)?.push(line);
  return parts;
}

/** Where lines begin that are most like some lines. */
function bestPlace(part: readonly string[], lines: readonly string[], from: number): number {
  let best = { at: from, likeness: -1 };
  for (let at = from; at + part.length <= lines.length; at++) {
    const likeness = part.reduce((sum, line, i) => sum + likenessOf(line, lines[at + i]), 0);
    if (likeness > best.likeness) best = { at, likeness };
  }
  return best.at;
}

/** 2 for lines that differ in numbers alone, 1 for those of one label, else 0. */
function likenessOf(one: string, other: string): number {
  if (wordsOf(one) === wordsOf(other)) return 2;
  return labelOf(one) === labelOf(other) ? 1 : 0;
}

/** The line without its numbers; those within words, as in p95 and pass^8, are part of the word. */
const wordsOf = (line: string) =>
  line.replaceAll(/(?<![\p{L}^\d.])\d[\d.,]*/gu, "").replaceAll(/[±×▲▼∞[\],.\s-]+/g, " ");

/** The text up to the first gap or comma. */
const labelOf = (line: string) => /^\s*(.*?)(?:,| {2}|$)/.exec(line)?.[1];
