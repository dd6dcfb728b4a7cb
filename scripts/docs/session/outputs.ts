// What a page shows of the output of its commands, held against what they printed, and written anew. A line `…` stands for
// lines that the page leaves out.
import { type CommandStep, stepsOf } from "./page.ts";
import type { Outcome } from "./process.ts";

const LEFT_OUT = "…";

/** The page with the output that its commands printed. Where it leaves lines out, the same lines are left out again. */
export function withOutputs(markdown: string, outcomes: readonly (Outcome | undefined)[]): string {
  let page = markdown;
  const steps = stepsOf(markdown);
  // From the end, so that places before stay as they are.
  for (const [i, step] of [...steps.entries()].reverse()) {
    const outcome = outcomes[i];
    if (step.kind !== "commands" || step.shown === undefined || outcome === undefined) continue;
    const { start, end, text } = step.shown;
    page = page.slice(0, start) + shownOf(text, printedOf(step, outcome)) + page.slice(end);
  }
  return page;
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

/** Where lines begin that are most like some lines: by their first words, which are labels. */
function bestPlace(part: readonly string[], lines: readonly string[], from: number): number {
  let best = { at: from, alike: -1 };
  for (let at = from; at + part.length <= lines.length; at++) {
    const alike = part.filter((line, i) => labelOf(line) === labelOf(lines[at + i])).length;
    if (alike > best.alike) best = { at, alike };
  }
  return best.at;
}

const labelOf = (line: string) => /^\W*[\p{L}^_.\d-]+(?: \p{L}+)?/u.exec(line)?.[0].trim() ?? line;
