// A report as one HTML page that works from disk.

import type { MetricDefinition } from "../../metrics/definitions.ts";
import { fontFaces } from "../../render/fontFaces.ts";
import { formulaHtml, type Html, html, raw, slug } from "../../render/html.ts";
import { VERSION } from "../../version.ts";
import type { Judged } from "../../wording/experiment.ts";
import type { Cell, Column, Row } from "../../wording/table.ts";
import { count } from "../../wording/text.ts";
import { pagesOf } from "../../wording/warnings.ts";
import { pageText } from "../style.ts";
import { figureHtml } from "./figures.ts";
import { REPORT_STYLE } from "./reportStyle.ts";
import type { Fact, FixFirst, Section, Table } from "./section.ts";

/** The whole text of a report: the same sections give the same bytes. */
export async function htmlReport(sections: readonly Section[], title: string): Promise<string> {
  const isOne = sections.length === 1;
  const ids = sections.map((section, i) => `${i + 1}-${slug(section.title)}`);
  const parts: Html[] = [];
  for (const [i, section] of sections.entries()) {
    const figures: Html[] = [];
    for (const [k, pair] of section.charts.entries())
      figures.push(await figureHtml(pair, `chart-${i + 1}-${k + 1}`));
    const heading = isOne ? html`<h1>${title}</h1>` : html`<h2>${section.title}</h2>`;
    parts.push(resultHtml(section, ids[i], heading, figures, isOne ? "h2" : "h3"));
  }
  const hasCharts = sections.some(({ charts }) => charts.length > 0);
  return pageText({
    title: `${title} · Faultline`,
    description: sections.map(({ answer }) => answer.lead).join(" "),
    style: `${fontFaces()}\n${REPORT_STYLE}`,
    body: html`<header class="masthead"><strong>Faultline</strong><span>Simulation report</span></header>
<main id="main" tabindex="-1">
${isOne ? null : frontHtml(sections, ids, title)}
${parts}
</main>
${hasCharts && html`<dialog class="large"><form method="dialog"><button type="button" class="zoom" value="-1">Smaller</button> <button type="button" class="zoom" value="1">Larger</button> <button>Close</button></form></dialog>`}
<footer class="colophon">Simulated, not measured: Faultline ${VERSION} computes these figures from the scenarios as run, without calling a model. ▲ and ▼ say which way is better, not whether it is good.</footer>`,
    scripts: hasCharts ? ["scroll", "charts"] : ["scroll"],
  });
}

/** Title and table of contents, with every answer. */
function frontHtml(sections: readonly Section[], ids: readonly string[], title: string): Html {
  return html`<div class="front">
<h1>${title}</h1>
<nav aria-label="Contents"><ol class="contents">
${sections.map(
  (section, i) =>
    html`<li><a href="#${ids[i]}">${section.title}</a><span>${typeset(section.answer.lead)}</span></li>\n`,
)}</ol></nav>
</div>`;
}

/** No line begins with the unit of the number before it. */
const typeset = (text: string) => text.replace(/(\d) %/g, "$1\u00a0%");

// ---------------------------------------------------------------- one result

type Level = "h2" | "h3";

function resultHtml(
  section: Section,
  id: string,
  heading: Html,
  figures: readonly Html[],
  level: Level,
): Html {
  const { answer, tables, thresholds, precision, warnings, omissions, metrics } = section;
  const [key, ...others] = tables;
  const part = (title: string, content: Html) => partHtml(title, content, id, level);
  return html`<section class="result" id="${id}" aria-label="${section.title}">
<p class="kicker">${section.kind}</p>
${heading}
<p class="answer">${typeset(answer.lead)}</p>
${answer.more.length > 0 && html`<p class="more">${typeset(answer.more.join(" "))}</p>`}
${thresholds.length > 0 && verdictsHtml(thresholds)}
${section.fixFirst?.map((one) => part(one.title, fixFirstHtml(one)))}
${factsHtml(section.facts)}
${warnings.length > 0 && part("Warnings", calloutHtml(warnings))}
${key && part(key.title, tableHtml(key))}
${omissions.map((text) => html`<p class="note">${text}</p>`)}
${others.map((table) => foldedHtml(table.title, tableHtml(table)))}
${figures.length > 0 && part("Charts", chartsHtml(figures))}
${thresholds.length > 0 && part("Thresholds", judgedHtml(thresholds, "Condition"))}
${precision.length > 0 && part("Precision", judgedHtml(precision, "To reach"))}
${metrics.length > 0 && part("What the figures mean", definitionsHtml(metrics, key))}
${(section.command !== undefined || section.scenarios.length > 0) && part("As run", asRunHtml(section))}
</section>
`;
}

function fixFirstHtml({ texts, table, command }: FixFirst): Html {
  return html`${texts.map((text) => html`<p>${typeset(text)}</p>\n`)}${table && tableHtml(table)}${
    command !== undefined &&
    html`<p class="note">This command tells; give its result to the report as well:</p><pre class="command" tabindex="0"><code>${command}</code></pre>`
  }`;
}

function partHtml(title: string, content: Html, id: string, level: Level): Html {
  const at = `${id}-${slug(title)}`;
  const tag = raw(level);
  return html`<section class="part" aria-labelledby="${at}">
<${tag} id="${at}">${title}</${tag}>
${content}
</section>
`;
}

const foldedHtml = (title: string, content: Html) =>
  html`<details class="folded"><summary>${title}</summary>
${content}
</details>
`;

function factsHtml(facts: readonly Fact[]): Html {
  return html`<dl class="facts">${facts.map(
    ({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>`;
}

/** Warnings, and where they are explained. */
function calloutHtml(texts: readonly string[]): Html {
  const pages = pagesOf(texts);
  return html`<ul class="callout">${texts.map((text) => html`<li>${text}</li>`)}</ul>
${pages.length > 0 && html`<p class="note">More: ${pages.map((page, i) => html`${i > 0 && ", "}<code>${page}</code>`)}</p>`}`;
}

/** How many thresholds came to what, at a glance. */
function verdictsHtml(all: readonly Judged[]): Html {
  const words = [...new Set(all.map(({ word }) => word))];
  return html`<ul class="verdicts" aria-label="Thresholds">${words.map((word) => {
    const some = all.filter((one) => one.word === word);
    return html`<li><span class="badge ${some[0].verdict}">${count(some.length, "threshold")}: ${word}</span></li>`;
  })}</ul>`;
}

function asRunHtml({ command, scenarios }: Section): Html {
  return html`${command !== undefined && html`<p class="note">To get this result again, byte for byte:</p><pre class="command" tabindex="0"><code>${command}</code></pre>`}
${scenarios.map(({ name, yaml }) =>
  foldedHtml(name, html`<pre tabindex="0"><code>${yaml}</code></pre>`),
)}`;
}

// ---------------------------------------------------------------- tables

function tableHtml({ title, corner, columns, groups, notes }: Table): Html {
  const widths = columns.map((_, i) =>
    intervalWidth(
      groups.flatMap(({ rows }) => rows),
      i,
    ),
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="figures">
<thead><tr><th scope="col">${corner}</th>${columns.map(columnHtml)}</tr></thead>
${groups.map(
  (group) => html`<tbody>
${group.title !== "" && html`<tr class="group"><th scope="rowgroup" colspan="${columns.length + 1}">${group.title}</th></tr>\n`}${group.rows.map((row) => rowHtml(row, widths))}</tbody>
`,
)}</table></div>
${notes.map((text) => html`<p class="note">${text}</p>`)}`;
}

/** Most characters that every row of a column keeps free for its interval; a longer one stands out to the left. */
const INTERVAL = 6;

/** Characters of the longest interval of a column, so that most begin at one line. */
function intervalWidth(rows: readonly Row[], column: number): number {
  const lengths = rows.map(({ cells }) => cells[column].interval?.length ?? 0);
  return Math.min(INTERVAL, Math.max(0, ...lengths));
}

const columnHtml = ({ name, remark }: Column) =>
  html`<th scope="col">${name}${remark !== undefined && html`<span class="remark">${remark}</span>`}</th>`;

function rowHtml({ label, unit, cells }: Row, widths: readonly number[]): Html {
  return html`<tr><th scope="row">${label}${unit !== undefined && unit !== "" && html` <span class="unit">${unit}</span>`}</th>${cells.map(
    (cell, i) => cellHtml(cell, widths[i]),
  )}</tr>
`;
}

/** What marks say to somebody who does not see them. */
const MEANINGS = {
  "▲": "better",
  "▼": "worse",
  "✓": "met",
  "✗": "missed",
  "~": "not reached",
} as const;

function cellHtml({ text, interval, mark, tone }: Cell, width: number): Html {
  const space =
    width > 0 && html` <span class="interval" style="--interval:${width}ch">${interval}</span>`;
  return html`<td${tone !== undefined && html` class="${tone}"`}>${
    mark !== undefined &&
    html`<span class="mark" aria-hidden="true">${mark}</span><span class="unseen">${MEANINGS[mark]}: </span>`
  }${text}${space}</td>`;
}

function judgedHtml(all: readonly Judged[], what: string): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Verdicts"><table class="prose">
<thead><tr><th scope="col">Verdict</th><th scope="col">Scenario</th><th scope="col">${what}</th><th scope="col">Found</th></tr></thead>
<tbody>${all.map(
    ({ verdict, word, scenario, condition, found }) =>
      html`<tr><td><span class="badge ${verdict}">${word}</span></td><td>${scenario}</td><td><code>${condition}</code></td><td>${found}</td></tr>\n`,
  )}</tbody></table></div>`;
}

/** Definitions of the metrics of the key table, and folded those of all others. */
function definitionsHtml(metrics: readonly MetricDefinition[], key: Table | undefined): Html {
  const shown = new Set(key?.metrics);
  const [main, others] = [true, false].map((isKey) =>
    metrics.filter(({ name }) => shown.has(name) === isKey),
  );
  return html`${main.length > 0 && definitionTable(main)}
<p class="note">S is success, E errors at aggregation, T turns; the subscript s means the baseline on the same tasks.</p>
${others.length > 0 && foldedHtml(`${count(others.length, "more definition")}`, definitionTable(others))}`;
}

function definitionTable(metrics: readonly MetricDefinition[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Definitions of metrics"><table class="prose">
<thead><tr><th scope="col">Metric</th><th scope="col">Meaning</th><th scope="col">Formula</th><th scope="col">Unit</th></tr></thead>
<tbody>${metrics.map(
    ({ title, description, formula, unit }) =>
      html`<tr><th scope="row">${title}</th><td>${description}</td><td>${formulaHtml(formula)}</td><td class="soft">${unit}</td></tr>\n`,
  )}</tbody></table></div>`;
}

// ---------------------------------------------------------------- charts

function chartsHtml(figures: readonly Html[]): Html {
  return html`<p class="note keys no-print">Zoom: <kbd>Ctrl</kbd> and the wheel, or <kbd>+</kbd> and <kbd>-</kbd> on a chart that has the focus; drag or use the arrows to move; double click or <kbd>0</kbd> to see all again.</p>
<div class="charts">${figures}</div>
`;
}
