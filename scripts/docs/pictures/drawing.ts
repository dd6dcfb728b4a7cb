// The kit of the documents' drawings: boxes, claims, arrows and text, in the font and the colours of the charts, for light
// and dark ground. Text that leaves its box is an error, so that no drawing is written in which it does.
import { DARK, FONT_STACK, LIGHT, SIZE, type Theme } from "../../../src/charts/theme.ts";
import { textWidth } from "../../../src/render/font.ts";

/** An SVG fragment. */
export type Part = string;

export type Tone = "text" | "muted" | "wrong" | "accent";
export type State = "right" | "wrong" | "missing";

interface TextOptions {
  readonly anchor?: "start" | "middle" | "end";
  readonly tone?: Tone;
  readonly bold?: boolean;
  /** Pixels that the text may take; it must not be wider (default: no limit). */
  readonly within?: number;
}

/** Readers without the shipped font see another one, which may be this much wider. */
const SPARE = 1.1;

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** @throws RangeError where the text is wider than it may be */
export function text(x: number, y: number, content: string, options: TextOptions = {}): Part {
  const { anchor = "start", tone = "text", bold = false, within } = options;
  const width = SPARE * textWidth(content, SIZE.text, bold);
  if (within !== undefined && width > within)
    throw new RangeError(`"${content}" takes ${Math.ceil(width)} pixels of ${within}`);
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" class="${tone}${bold ? " bold" : ""}">${escaped(content)}</text>`;
}

interface BoxOptions {
  readonly title?: string;
  readonly lines?: readonly string[];
  readonly isAccent?: boolean;
}

const PADDING = 12;
const LINE = 17;

/** A box with a title and lines of text below it. */
export function box(x: number, y: number, w: number, h: number, options: BoxOptions = {}): Part {
  const { title, lines = [], isAccent = false } = options;
  const all = title === undefined ? lines : [title, ...lines];
  if (PADDING + all.length * LINE > h) throw new RangeError(`${all.length} lines in ${h} pixels`);
  return [
    `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="6" class="box${isAccent ? " framed" : ""}"/>`,
    ...all.map((line, i) =>
      text(x + PADDING, y + PADDING + 10 + i * LINE, line, {
        bold: line === title,
        tone: line === title ? "text" : "muted",
        within: w - 2 * PADDING,
      }),
    ),
  ].join("");
}

/** A box whose only text stands in its middle. */
export function block(x: number, y: number, w: number, h: number, label: string): Part {
  const middle = text(x + w / 2, y + h / 2 + 4, label, { anchor: "middle", within: w - 8 });
  return `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="6" class="box"/>${middle}`;
}

/** Work over a stretch of time, with what it is. */
export function bar(x: number, y: number, w: number, label: string): Part {
  const shown = `<text x="${x + w / 2}" y="${y + 16}" text-anchor="middle" class="on-dark">${label}</text>`;
  return `<rect x="${x}" y="${y}" width="${w}" height="24" rx="4" class="bar"/>${shown}`;
}

export const CLAIM = { width: 40, height: 24 } as const;

/** A version of a claim, by its upper left corner. */
export function claim(x: number, y: number, label: string, state: State): Part {
  const { width, height } = CLAIM;
  const tone = state === "wrong" ? "on-dark" : state === "missing" ? "muted" : "text";
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="12" class="claim ${state}"/>`,
    `<text x="${x + width / 2}" y="${y + 16}" text-anchor="middle" class="${tone}">${label}</text>`,
  ].join("");
}

/** What the three looks of a claim mean, in a row. */
export function legend(x: number, y: number, states: readonly State[]): Part {
  let left = x;
  return states
    .map((state) => {
      const swatch = `<rect x="${left}" y="${y}" width="22" height="14" rx="7" class="claim ${state}"/>`;
      const label = text(left + 28, y + 11, state, { tone: "muted" });
      left += Math.ceil(28 + SPARE * textWidth(state, SIZE.text, false) + 16);
      return swatch + label;
    })
    .join("");
}

interface ArrowOptions {
  readonly tone?: Tone;
  readonly isDashed?: boolean;
}

/** An arrow along straight pieces. */
export function arrow(
  points: readonly (readonly [number, number])[],
  { tone = "muted", isDashed = false }: ArrowOptions = {},
): Part {
  const [[x0, y0], [x1, y1]] = points.slice(-2);
  const length = Math.hypot(x1 - x0, y1 - y0);
  const [dx, dy] = [(x1 - x0) / length, (y1 - y0) / length];
  // The line ends inside its head, so that the head's point is sharp.
  const path = [...points.slice(0, -1), [x1 - 5 * dx, y1 - 5 * dy] as const];
  const head = [
    [x1, y1],
    [x1 - 8 * dx + 4 * dy, y1 - 8 * dy - 4 * dx],
    [x1 - 8 * dx - 4 * dy, y1 - 8 * dy + 4 * dx],
  ];
  const at = (all: readonly (readonly number[])[]) =>
    all.map(([x, y]) => `${round(x)},${round(y)}`).join(" ");
  return `<polyline points="${at(path)}" class="line ${tone}-line${isDashed ? " dashed" : ""}"/><polygon points="${at(head)}" class="${tone}-head"/>`;
}

const round = (x: number) => Math.round(10 * x) / 10;

/** The document. Dark colours are those of readers whose system is dark. */
export function drawing(width: number, height: number, title: string, parts: readonly Part[]) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<style>
text { font: 400 ${SIZE.text}px ${FONT_STACK.replaceAll('"', "'")}; }
.bold { font-weight: 600; }
.line { fill: none; stroke-width: 1.5; }
.dashed { stroke-dasharray: 4 3; }
.box, .claim { stroke-width: 1; }
.framed { stroke-width: 1.5; }
.missing { stroke-dasharray: 4 3; }
${colours(LIGHT)}
@media (prefers-color-scheme: dark) {
${colours(DARK)}
}
</style>
<rect width="${width}" height="${height}" rx="8" class="ground"/>
${parts.join("\n")}
</svg>
`;
}

function colours({ background, text, muted, grid, error, neutral, architectures }: Theme) {
  const accent = architectures.centralized;
  return `.ground { fill: ${background}; }
.text { fill: ${text}; } .muted { fill: ${muted}; } .wrong { fill: ${error}; } .accent { fill: ${accent}; } .on-dark { fill: ${background}; }
.text-line { stroke: ${text}; } .muted-line { stroke: ${neutral}; } .wrong-line { stroke: ${error}; } .accent-line { stroke: ${accent}; }
.text-head { fill: ${text}; } .muted-head { fill: ${neutral}; } .wrong-head { fill: ${error}; } .accent-head { fill: ${accent}; }
.box { fill: none; stroke: ${neutral}; stroke-opacity: 0.5; } .framed { stroke: ${accent}; stroke-opacity: 1; }
.claim.right { fill: ${grid}; stroke: ${neutral}; } .claim.wrong { fill: ${error}; stroke: ${error}; } .claim.missing { fill: none; stroke: ${neutral}; }
.bar { fill: ${accent}; }`;
}
