// The look that all pages share: colours for light, dark and paper, type, and the frame of a page.
import { DARK, FONT_STACK, LIGHT } from "../charts/theme.ts";
import { documentText, type HtmlDocument } from "../render/document.ts";
import { groundOf, lightAndDark } from "../render/ground.ts";
import { html } from "../render/html.ts";

/**
 * The whole text of a page: a document in the look of all pages, its style being what it needs beyond that. Its body has
 * one element with the id `main`, to which a link before it skips.
 */
export function pageText(page: HtmlDocument): string {
  const { style = "", body } = page;
  return documentText({
    ...page,
    style: BASE_STYLE + style,
    body: html`<a class="skip" href="#main">Skip to the content</a>
${body}`,
  });
}

const DARK_COLORS = `${groundOf(DARK)}
  --raised: #1d2126;
  --strong-rule: #4a525c;
  --accent: #6db5e8;
  --accent-wash: #19293a;
  --good: #4cc38f;
  --bad: #f0907f;
  --warn: #e0b04c;
  --good-wash: #14291f;
  --bad-wash: #331d1a;
  --warn-wash: #2d2514;`;

const LIGHT_COLORS = `${groundOf(LIGHT)}
  --raised: #f6f7f8;
  --strong-rule: #b4bac1;
  --accent: #00619a;
  --accent-wash: #eaf3f9;
  --good: #00704f;
  --bad: #b3331f;
  --warn: #855700;
  --good-wash: #e6f4ee;
  --bad-wash: #fbebe8;
  --warn-wash: #fbf3e0;
  --text: ${FONT_STACK};
  --code: ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", Menlo, Consolas, "Liberation Mono", monospace;`;

/** Custom properties: colours (`--paper`, `--ink`, …), fonts (`--text`, `--code`), and plain elements. */
const BASE_STYLE = `${lightAndDark(LIGHT_COLORS, DARK_COLORS)}*, *::before, *::after { box-sizing: border-box; }
html { font-family: var(--text); font-size: 16px; line-height: 1.55; color: var(--ink); background: var(--paper); -webkit-text-size-adjust: 100%; }
body { margin: 0; }
h1, h2, h3, h4 { line-height: 1.2; font-weight: 650; letter-spacing: -0.011em; text-wrap: balance; }
p { margin: 0 0 0.75em; }
a { color: var(--accent); text-underline-offset: 0.18em; text-decoration-thickness: 0.07em; }
code, pre, kbd { font-family: var(--code); font-size: 0.875em; }
summary { cursor: pointer; }
.soft { color: var(--soft); }
.skip { position: absolute; left: 1rem; top: -4rem; z-index: 10; padding: 0.5rem 1rem; background: var(--ink); color: var(--paper); border-radius: 0 0 6px 6px; }
.skip:focus { top: 0; }
:focus-visible { outline: 2.5px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation: none !important; transition: none !important; scroll-behavior: auto !important; }
}
@media print {
  html { font-size: 10pt; }
  .skip, .no-print { display: none !important; }
}
@page { size: A4; margin: 16mm 15mm 18mm; }
`;
