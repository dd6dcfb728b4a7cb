// The page of a replay: one HTML text that plays one replication of one team, or of two side by side.

import type { ReplayDocument } from "../../experiment/replay/document.ts";
import { type Html, html, raw, scriptJson } from "../../render/html.ts";
import { count } from "../../wording/text.ts";
import { pageText } from "../style.ts";
import { REPLAY_STYLE } from "./look.ts";
import { type PageData, type PageTeam, pageDataOf } from "./pageData.ts";

/**
 * The text of a page. It works from disk and asks no network for anything.
 * @param documents one replay, or two of the same seed and replication
 * @throws RangeError where they are none, more than two, or not of the same seed and replication
 */
export function replayPage(documents: readonly ReplayDocument[]): string {
  if (documents.length < 1 || documents.length > 2)
    throw new RangeError(`${documents.length} replays: a page has one or two`);
  const [first, second] = documents;
  if (second && (second.seed !== first.seed || second.replication !== first.replication))
    throw new RangeError("two replays on one page must be of one seed and one replication");
  const data = pageDataOf(documents);
  const titles = data.teams.map(({ title }) => title);
  return pageText({
    title: `${titles.join(" and ")}: replication ${first.replication}`,
    description: `Replay of replication ${first.replication} of ${documents.map((d) => d.scenario).join(" and ")}: who made, sent, checked and delivered what, and where errors came from.`,
    style: REPLAY_STYLE,
    body: bodyOf(data, first),
    scripts: ["replay"],
  });
}

function bodyOf(data: PageData, first: ReplayDocument): Html {
  const { seed, replication } = first;
  const titles = data.teams.map(({ title }) => title);
  const isOne = titles.length === 1;
  const heading = isOne ? titles[0] : `${titles.join(" and ")}, side by side`;
  const shared = haveOneTask(data.teams)
    ? "the same task and random numbers"
    : "the same random numbers";
  const luck = isOne ? "" : ` · ${shared}`;
  return html`<header>
<h1>${heading}</h1>
<p class="soft">Replication ${replication} · seed ${seed}${luck}</p>
${taskChoice(data)}
</header>
${LEGEND}
<main id="main">
<div class="teams">
${data.teams.map((team, place) => teamSection(isOne ? sizeOf(team) : team.title, place, team.leftOut))}
</div>
<aside aria-label="Errors and their lineage">
<div class="detail"><button type="button" id="close" aria-label="Close" hidden>×</button><div id="detail"></div></div>
<h2>What went wrong</h2>
<div id="faults"></div>
</aside>
</main>
${CONTROLS}
<p id="live" class="unseen" aria-live="polite"></p>
<noscript><p>The replay is drawn by a script of this page; please allow it.</p></noscript>
<script type="application/json" id="replay">${scriptJson(data)}</script>`;
}

/** Whether all teams have the same claims to make, as far as the claims tell. */
function haveOneTask(teams: readonly PageTeam[]): boolean {
  const taskOf = ({ claims, tasks }: PageTeam) =>
    JSON.stringify([claims, tasks.map((t) => t.size)]);
  return teams.every((team) => taskOf(team) === taskOf(teams[0]));
}

/** A choice of task, where there are several. */
function taskChoice({ scenes }: PageData): Html | undefined {
  if (scenes.length < 2) return undefined;
  const choices = scenes.map((_, i) => html`<option value="${i}">${i}</option>`);
  return html`<label>Task <select id="task">${choices}</select></label>`;
}

const sizeOf = ({ agents, claims }: PageTeam) =>
  `${count(agents.length, "agent")}, ${count(claims.length, "claim")}`;

function teamSection(title: string, place: number, leftOut: readonly string[]): Html {
  const notes = leftOut.map((text) => html`<p class="leftout">${text}</p>`);
  return html`<section class="team" aria-labelledby="team-${place}">
<h2 id="team-${place}">${title}<span class="status" id="status-${place}"></span></h2>
<p class="caption" id="caption-${place}"><span></span></p>
${notes}<div class="holder" id="stage-${place}" data-place="${place}"></div>
</section>
`;
}

const LEGEND = html`<ul class="legend" aria-label="Legend">
<li><i class="key"></i>right</li>
<li><i class="key wrong"></i>wrong</li>
<li><i class="key flagged"></i>flagged, to be made again</li>
<li><i class="key missing"></i>missing, or left out of a message</li>
<li><i class="key round"></i>round: received by message</li>
<li><i class="key caught"></i>error caught here</li>
<li><i class="key" style="background:none;text-align:center;line-height:.85;font-style:normal">✓</i>checked and accepted</li>
</ul>`;

const icon = (path: string, className = "") =>
  html`<svg viewBox="0 0 16 16" aria-hidden="true" class="${className}">${raw(`<path d="${path}"/>`)}</svg>`;

const CONTROLS = html`<div class="bar-controls" role="group" aria-label="Playback">
<div class="buttons">
<button type="button" id="start" aria-label="To the beginning" title="To the beginning (Home)">${icon("M3 2h2v12H3zM14 2v12L6 8z")}</button>
<button type="button" id="back" aria-label="One step back" title="One step back (←)">${icon("M12 2v12L4 8z")}</button>
<button type="button" id="play" aria-label="Play" title="Play or pause (space)">${icon("M4 2l10 6-10 6z", "starting")}${icon("M3 2h4v12H3zM9 2h4v12H9z", "pausing")}</button>
<button type="button" id="forward" aria-label="One step forward" title="One step forward (→)">${icon("M4 2l8 6-8 6z")}</button>
<button type="button" id="next-error" aria-label="Next error" title="Next error (n)">${icon("M8 1l7 13H1zM7.2 6v4h1.6V6zM7.2 11v1.6h1.6V11z")}<span>Next error</span></button>
</div>
<div class="line"><div id="ticks" aria-hidden="true"></div><input type="range" id="time" min="0" step="0.001" value="0" aria-label="Time"></div>
<div class="right-end"><span id="clock" title="Simulated time"></span><label>Speed <select id="speed"><option value="0.25">¼×</option><option value="0.5">½×</option><option value="1" selected>1×</option><option value="2">2×</option><option value="4">4×</option></select></label></div>
<p class="keys"><kbd>space</kbd> play or pause · <kbd>←</kbd> <kbd>→</kbd> step · <kbd>n</kbd> next error, <kbd>N</kbd> the one before · <kbd>Enter</kbd> lineage of what just happened · <kbd>Esc</kbd> close</p>
</div>`;
