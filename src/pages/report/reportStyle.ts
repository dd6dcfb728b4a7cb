// The look of a report, beyond what all pages share.
import { LIVE_STYLE } from "../../render/liveFigure.ts";

export const REPORT_STYLE = `${LIVE_STYLE}.masthead, main, .colophon { width: min(100% - 2.5rem, 66rem); margin-inline: auto; }
.masthead { display: flex; align-items: baseline; gap: 0.75rem; padding: 1.1rem 0 0.8rem; border-bottom: 1px solid var(--rule); font-size: 0.875rem; color: var(--soft); }
.masthead strong { color: var(--ink); font-weight: 600; letter-spacing: -0.01em; }
.masthead strong::before { content: ""; display: inline-block; width: 0.62em; height: 0.62em; margin-right: 0.5em; border-radius: 2px; background: linear-gradient(135deg, var(--accent) 0 50%, transparent 50%), var(--strong-rule); }
.front { padding-top: 2.5rem; }
.front h1 { font-size: 2rem; margin: 0 0 1.25rem; }
.contents { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--rule); }
.contents li { display: grid; grid-template-columns: minmax(10rem, 16rem) 1fr; gap: 0.25rem 1.5rem; padding: 0.75rem 0; border-bottom: 1px solid var(--rule); }
.contents a { font-weight: 600; }
@media (max-width: 40rem) { .contents li { grid-template-columns: 1fr; } }

.result { padding: 2.5rem 0 1.5rem; }
.result + .result { margin-top: 2rem; border-top: 2px solid var(--strong-rule); }
.kicker { margin: 0 0 0.35rem; font-size: 0.8125rem; font-weight: 600; letter-spacing: 0.04em; color: var(--accent); }
.result > h1, .result > h2 { margin: 0 0 1rem; font-size: 1.125rem; font-weight: 600; color: var(--soft); }
.answer { max-width: 46rem; margin: 0 0 0.9rem; font-size: clamp(1.3rem, 1rem + 1.3vw, 1.75rem); line-height: 1.36; font-weight: 600; letter-spacing: -0.014em; text-wrap: pretty; }
.more { max-width: 46rem; font-size: 1.0625rem; color: var(--soft); }
.verdicts { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 1.1rem 0 0; padding: 0; list-style: none; }
.facts { display: flex; flex-wrap: wrap; gap: 0.9rem 2.25rem; margin: 1.6rem 0 0; padding: 0.9rem 0; border-block: 1px solid var(--rule); }
.facts div { min-width: 5rem; }
.facts dt { font-size: 0.75rem; color: var(--soft); }
.facts dd { margin: 0; font-size: 0.9375rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.part { margin-top: 2.6rem; }
.part > h2, .part > h3 { margin: 0 0 0.8rem; font-size: 1.1875rem; font-weight: 600; }
.note { max-width: 52rem; margin: 0.6rem 0 0; font-size: 0.8125rem; line-height: 1.5; color: var(--soft); }

.scroll { position: relative; overflow-x: auto; }
/* What is wider than the window: its edge is in shadow for as long as there is more, and a line says what to do. */
.scroll.more-right { box-shadow: inset -14px 0 10px -12px var(--strong-rule); }
.scroll.overflows::before { content: "Scroll →"; position: sticky; left: 0; display: block; text-align: right; font-size: 0.75rem; color: var(--soft); }
.scroll.overflows:not(.more-right)::before { content: "← Scroll"; text-align: left; }
table { width: 100%; border-collapse: collapse; font-size: 0.875rem; line-height: 1.4; }
th { font-weight: 600; text-align: left; }
thead th { padding: 0.4rem 0.6rem; vertical-align: bottom; border-bottom: 1.5px solid var(--strong-rule); }
thead th .remark { display: block; font-weight: 400; font-size: 0.75rem; color: var(--soft); }
tbody th, tbody td { padding: 0.34rem 0.6rem; border-bottom: 1px solid var(--rule); vertical-align: baseline; }
thead th:first-child, tbody th { padding-left: 0; }
tbody th { font-weight: 400; min-width: 11rem; }
tbody th .unit { display: inline-block; margin-left: 0.4em; font-size: 0.75rem; color: var(--soft); }
.group th { padding-top: 1.1rem; font-weight: 600; }
tbody:first-of-type .group th { padding-top: 0.6rem; }
.figures th:not(:first-child), .figures td { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.figures tbody tr:not(.group):hover > * { background: var(--raised); }
.interval { display: inline-block; min-width: var(--interval, 0); margin-left: 0.3em; text-align: left; font-size: 0.75rem; color: var(--soft); }
.mark { margin-right: 0.3em; font-size: 0.625rem; vertical-align: 0.12em; }
.good { color: var(--good); } .bad { color: var(--bad); } .faint { color: var(--soft); }
.prose td { vertical-align: top; }
.prose td code { white-space: nowrap; }

.badge { display: inline-block; padding: 0.05rem 0.5rem; border-radius: 999px; font-size: 0.8125rem; font-weight: 600; white-space: nowrap; }
.badge.pass { color: var(--good); background: var(--good-wash); }
.badge.fail { color: var(--bad); background: var(--bad-wash); }
.badge.inconclusive, .badge.not-evaluated { color: var(--warn); background: var(--warn-wash); }
.callout { margin: 0; padding: 0.75rem 1rem 0.75rem 2.1rem; border-left: 3px solid var(--warn); border-radius: 0 6px 6px 0; background: var(--warn-wash); font-size: 0.9375rem; overflow-wrap: anywhere; }
.callout li + li { margin-top: 0.3rem; }

.charts { columns: 2 29rem; column-gap: 1.5rem; }
.chart { margin: 0 0 1.5rem; break-inside: avoid; padding: 0.25rem; border: 1px solid var(--rule); border-radius: 8px; background: var(--paper); min-width: 0; }
.drawing { border-radius: 6px; }
.drawing:focus-visible { outline-offset: -2px; }
.drawing.zoomed { cursor: grab; user-select: none; }
.under { display: flex; flex-direction: row-reverse; align-items: flex-start; justify-content: space-between; gap: 1rem; padding: 0 1rem 0.6rem; font-size: 0.75rem; }
.under details { flex: 1; min-width: 0; }
button { font: inherit; padding: 0.15rem 0.6rem; border: 1px solid var(--rule); border-radius: 5px; background: none; color: var(--soft); cursor: pointer; }
button:hover { color: var(--accent); border-color: currentColor; }
.keys { margin: 0 0 0.8rem; }
.keys kbd { padding: 0 0.3em; border: 1px solid var(--rule); border-radius: 3px; }
html:not(.scripted) .keys { display: none; }
html:not(.scripted) button, .chart:not(.drawn) button { visibility: hidden; }
.large { width: 94vw; height: 92vh; max-width: none; max-height: none; padding: 0.75rem; border: 1px solid var(--rule); border-radius: 10px; background: var(--paper); color: var(--ink); overflow: auto; }
.large::backdrop { background: rgb(0 0 0 / 0.5); }
.large form { position: sticky; top: 0; left: 0; text-align: right; font-size: 0.8125rem; }
.large form button { background: var(--paper); }
.large .drawing { overflow: visible; }
.large svg { display: block; width: calc(100% * var(--zoom, 1)); max-width: none; height: calc((92vh - 5rem) * var(--zoom, 1)); }
.chart details summary { color: var(--soft); }
.chart details .scroll { max-height: 20rem; overflow: auto; margin-top: 0.5rem; }
.chart details table { font-size: 0.75rem; }
.chart details td { font-variant-numeric: tabular-nums; white-space: nowrap; }

.folded { border-top: 1px solid var(--rule); }
.folded:last-of-type { border-bottom: 1px solid var(--rule); }
.folded > summary { padding: 0.6rem 0; font-weight: 600; font-size: 0.9375rem; }
.folded > summary:hover { color: var(--accent); }
pre { margin: 0 0 0.9rem; padding: 0.8rem 1rem; border-radius: 6px; background: var(--raised); font-size: 0.8125rem; line-height: 1.5; overflow: auto; max-height: 34rem; }
pre.command { white-space: pre-wrap; overflow-wrap: anywhere; max-height: none; }
.colophon { padding: 1.2rem 0 2.5rem; margin-top: 2rem; border-top: 1px solid var(--rule); font-size: 0.8125rem; color: var(--soft); }

@media screen and (max-width: 44rem) {
  .figures tbody th:first-child, .figures thead th:first-child { position: sticky; left: 0; background: var(--paper); background-clip: padding-box; z-index: 1; }
  .figures .group th { position: static; }
  tbody th { min-width: 7.5rem; max-width: 9rem; overflow-wrap: break-word; }
  .prose { min-width: 40rem; }
  .prose tbody th { max-width: none; }
  .result { padding-top: 1.5rem; }
}

@media print {
  .masthead, main, .colophon { width: 100%; }
  .masthead { padding-top: 0; }
  .result { padding: 1rem 0 0; }
  .result + .result { break-before: page; border-top: 0; margin-top: 0; }
  .front { padding-top: 1rem; }
  .answer { font-size: 15pt; }
  .part { margin-top: 1.3rem; }
  .part > h2, .part > h3 { break-after: avoid; }
  .charts { columns: auto; }
  .chart { break-inside: avoid; margin-bottom: 0.8rem; border-color: #d8dbdf; }
  .chart .still svg { max-height: 115mm; width: auto; }
  .chart .under, .large { display: none; }
  .scroll { overflow: visible; box-shadow: none; }
  .scroll.overflows::before { display: none; }
  table { font-size: 7.6pt; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  tbody th { min-width: 0; }
  thead th, tbody th, tbody td { padding: 0.18rem 0.4rem; }
  .group { break-after: avoid; }
  .interval, tbody th .unit { font-size: 6.6pt; }
  .folded:not([open]) { display: none; }
  .badge, .callout { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  pre { max-height: none; white-space: pre-wrap; }
}
`;
