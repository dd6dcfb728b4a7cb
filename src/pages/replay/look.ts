// The look of a replay page, on top of the look that all pages share. Versions are told apart by colour, by sign and by
// shape: right is blue, wrong is vermillion with a cross (Okabe and Ito 2008); made here is square, received is round.

export const REPLAY_STYLE = `:root {
  --right: #5b9fd0; --right-line: #2c76ab; --wrong: #d5481c; --wrong-line: #a93208; --flagged: #e9a820; --flagged-line: #a87300;
  --empty: #c9c7c0; --sign: #ffffff; --card: #ffffff; --wire: #cfcdc6; --glow: #f5b700; --caught: #0a9068;
}
@media screen and (prefers-color-scheme: dark) {
:root {
  --right: #4f9fd8; --right-line: #86c1ec; --wrong: #f0622f; --wrong-line: #ff9873; --flagged: #e0aa3a; --flagged-line: #f3cd7d;
  --empty: #4a525c; --sign: #ffffff; --card: #1e2329; --wire: #3b424b; --glow: #ffd24a; --caught: #3ccf9b;
}
}
body { min-height: 100vh; display: flex; flex-direction: column; }
header { padding: 0.9rem 1.5rem 0.5rem; display: flex; flex-wrap: wrap; gap: 0.2rem 1.5rem; align-items: baseline; }
h1 { font-size: 1.3rem; margin: 0; }
header p { margin: 0; font-size: 0.9rem; }
header label { margin-left: auto; font-size: 0.9rem; }
.legend { padding: 0 1.5rem 0.6rem; display: flex; flex-wrap: wrap; gap: 0.25rem 1.1rem; font-size: 0.82rem; color: var(--soft); list-style: none; margin: 0; }
.legend li { display: flex; align-items: center; gap: 0.4rem; }
.key { display: inline-block; width: 0.85em; height: 0.85em; border-radius: 2px; background: var(--right); vertical-align: -0.06em; flex: none; margin-right: 0.4em; }
.legend .key { margin-right: 0; }
.key.round { border-radius: 50%; }
.key.wrong { background: linear-gradient(45deg, transparent 44%, var(--sign) 44% 56%, transparent 56%), linear-gradient(-45deg, transparent 44%, var(--sign) 44% 56%, transparent 56%), var(--wrong); }
.key.flagged { background: var(--flagged); }
.key.missing { background: none; border: 1.5px dashed var(--empty); }
.key.caught { background: none; border: 2.5px solid var(--caught); border-radius: 4px; }
main { flex: 1; display: grid; grid-template-columns: minmax(0, 1fr) 22rem; gap: 0 1rem; padding: 0 1.5rem; align-items: start; }
.teams { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); gap: 1rem; }
header, .legend, .team, aside { min-width: 0; }
.team { background: var(--raised); border: 1px solid var(--rule); border-radius: 12px; padding: 0.75rem 0.9rem 0.5rem; display: flex; flex-direction: column; }
.team h2 { font-size: 1.02rem; margin: 0; display: flex; align-items: baseline; gap: 0.75rem; white-space: nowrap; }
.status { margin-left: auto; overflow: hidden; text-overflow: ellipsis; font-weight: 500; font-size: 0.82rem; letter-spacing: 0; color: var(--soft); text-align: right; font-variant-numeric: tabular-nums; }
.status.good { color: var(--good); font-weight: 650; }
.status.bad { color: var(--bad); font-weight: 650; }
.team { container-type: inline-size; --lines: 2; }
@container (min-width: 44rem) { .caption { --lines: 1; } }
.caption { margin: 0.35rem 0 0; padding: 0 0.6rem; border-radius: 7px; height: calc(var(--lines) * 1.4em + 0.7rem); display: flex; align-items: center; font-size: 0.95rem; line-height: 1.4; border-left: 3px solid var(--strong-rule); background: var(--paper); overflow-wrap: anywhere; }
.caption span { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: var(--lines); overflow: hidden; }
.caption.past { color: var(--soft); }
.caption.bad { border-color: var(--wrong); background: var(--bad-wash); }
.caption.good { border-color: var(--caught); background: var(--good-wash); }
.stage { display: block; width: 100%; height: auto; max-height: max(22rem, calc(100vh - 20.5rem)); margin: 0.4rem 0; font-family: var(--text); user-select: none; }
.leftout { font-size: 0.82rem; margin: 0.25rem 0 0.25rem; color: var(--warn); }

.edges path { fill: none; stroke: var(--wire); stroke-width: 1.6; transition: stroke 0.2s, stroke-width 0.2s; }
.edges .handover { stroke-dasharray: 2 6; stroke-linecap: round; opacity: 0.9; }
.edges .arrow { stroke-width: 2; }
.edges .busy { stroke: var(--soft); stroke-width: 2.2; }
.edges .carrier { stroke: var(--ink); stroke-width: 3; }
.over .edges .handover { stroke: var(--caught); stroke-width: 2.2; }
.failed .edges .handover { stroke: var(--wrong); }
.agent { cursor: pointer; outline: none; }
.card { fill: var(--card); stroke: var(--strong-rule); stroke-width: 1.2; transition: stroke 0.15s; }
.leader > .card { stroke-width: 2.2; }
.agent:focus-visible > .card { stroke: var(--accent); stroke-width: 3.5; }
.agent:hover > .card { stroke: var(--accent); }
.claim { font-size: 11px; fill: var(--ink); letter-spacing: -0.005em; }
.slot.wrong .claim, .slot.lost .claim { fill: var(--wrong-line); font-weight: 600; }
.slot.missing .claim { fill: var(--soft); }
.name { font-size: 12.5px; font-weight: 600; fill: var(--ink); letter-spacing: -0.005em; }
.staff { font-size: 10.5px; fill: var(--soft); }
.mark { fill: var(--ink); stroke: none; vector-effect: non-scaling-stroke; transition: fill 0.15s, opacity 0.15s; }
.mark.code { fill: none; stroke: var(--ink); stroke-width: 1.6; stroke-linecap: round; }
.away > .mark { opacity: 0.4; }
.away > .card { stroke-dasharray: 4 4; }
.lamp { fill: var(--empty); opacity: 0.45; transition: fill 0.15s, opacity 0.15s; }
.working > .card { stroke: var(--glow); stroke-width: 2.4; }
.halo { fill: none; stroke: var(--glow); stroke-width: 9; opacity: 0; }
.working > .halo { opacity: 0.28; }
.working > .lamp { fill: var(--glow); opacity: 1; }
.progress { fill: var(--glow); }
.slot { cursor: pointer; }
.slot .ring { fill: none; stroke: none; }
.box { fill: var(--right); stroke: none; transition: fill 0.18s; }
.slot.missing .box { fill: transparent; stroke: var(--empty); stroke-width: 1.2; stroke-dasharray: 2.5 2.5; }
.slot.missing, .slot.lost { cursor: default; }
.agent .slot.missing { cursor: pointer; }
.slot.wrong .box { fill: var(--wrong); }
.slot.flagged .box { fill: var(--flagged); }
.slot.lost .box { fill: var(--paper); stroke: var(--wrong); stroke-width: 1.8; stroke-dasharray: 3 2.5; }
.sign { fill: none; stroke: var(--sign); stroke-width: 0.13; stroke-linecap: round; stroke-linejoin: round; pointer-events: none; }
.rival { fill: none; pointer-events: none; }
.rival-wrong .rival { fill: var(--wrong-line); stroke: var(--card); }
.rival-right .rival { fill: var(--right-line); stroke: var(--card); }
.news-born .ring, .news-infected .ring, .news-inherited .ring, .news-delivered .ring { stroke: var(--wrong); stroke-width: 2.6; }
.news-missed .ring, .news-unseen .ring { stroke: var(--wrong); stroke-width: 2; stroke-dasharray: 3 3; }
.news-caught .ring { stroke: var(--caught); stroke-width: 3; }
.news-omitted .ring { stroke: var(--soft); stroke-width: 2; stroke-dasharray: 3 3; }
.news-falseAlarm .ring { stroke: var(--flagged-line); stroke-width: 2.4; }
.news-made .ring, .news-received .ring, .news-passed .ring, .news-trusted .ring { stroke: var(--right-line); stroke-width: 1.6; }
.playing [class*="news-"] .ring { animation: ring 0.5s ease-out; transform-box: fill-box; transform-origin: center; }
@keyframes ring { from { transform: scale(1.9); opacity: 0; } }
.tracing .slot:not(.kin) { opacity: 0.28; }
.tracing .kin .ring { stroke: var(--ink); stroke-width: 2.6; }
.message .envelope { fill: var(--card); stroke: var(--right-line); stroke-width: 1.6; }
.message.wrong .envelope { stroke: var(--wrong); stroke-width: 2.2; }
.load { fill: var(--right); }
.load.wrong { fill: var(--wrong); }
.load.lost { fill: none; stroke: var(--soft); stroke-dasharray: 2 1.4; }
.paper { stroke: var(--soft); stroke-width: 1.5; fill: none; }
.rest { font-size: 9.5px; fill: var(--soft); }
.bar { fill: var(--right); } .bar.wrong { fill: var(--wrong); } .bar.flagged { fill: var(--flagged); } .bar.missing { fill: none; stroke: var(--empty); stroke-dasharray: 3 3; }
.dot { cursor: pointer; outline: none; }
.dot :is(circle, .human) { fill: var(--empty); opacity: 0.5; transition: fill 0.15s; }
.dot.partly :is(circle, .human) { fill: var(--right); opacity: 0.4; }
.dot.right :is(circle, .human) { fill: var(--right); opacity: 1; }
.dot.wrong :is(circle, .human) { fill: var(--wrong); opacity: 1; }
.dot.flagged :is(circle, .human) { fill: var(--flagged); opacity: 1; }
.dot.working :is(circle, .human) { stroke: var(--glow); stroke-width: 2.6; }
.dot:focus-visible :is(circle, .human) { stroke: var(--accent); stroke-width: 3.5; }
.over .tray > .card { stroke: var(--caught); stroke-width: 2.6; }
.failed .tray > .card { stroke: var(--wrong); }

aside { font-size: 0.88rem; position: sticky; top: 0; max-height: calc(100vh - 6.5rem); overflow: auto; padding: 0.1rem 0.3rem 1rem; }
aside h2 { font-size: 1.02rem; margin: 0.2rem 0 0.5rem; }
aside h3 { font-size: 0.9rem; margin: 0.7rem 0 0.4rem; overflow-wrap: anywhere; }
.detail { border: 1px solid var(--rule); border-radius: 12px; padding: 0.7rem 0.85rem; background: var(--raised); position: relative; margin-bottom: 1rem; }
.detail .hint { margin: 0; }
.detail h3 { margin-top: 0; padding-right: 1.6rem; }
#close { position: absolute; top: 0.45rem; right: 0.5rem; padding: 0 0.45rem; line-height: 1.6; border-radius: 6px; }
.plain, .chain { list-style: none; padding: 0; margin: 0; }
aside button, .bar-controls button { font: inherit; color: inherit; cursor: pointer; background: none; border: 1px solid transparent; text-align: left; }
.fault, aside button.fault { display: block; width: 100%; padding: 0.4rem 0.55rem; border-radius: 8px; border: 1px solid var(--rule); margin-bottom: 0.35rem; overflow-wrap: anywhere; background: var(--paper); }
button.fault:hover, .entry:hover, .head:hover, .premise:hover { background: var(--accent-wash); }
.fault .why, .fault .twin { display: block; clear: both; font-size: 0.82rem; }
.twin { color: var(--accent); padding: 0.1rem 0; text-align: left; }
.fate { float: right; font-size: 0.78rem; font-weight: 600; padding: 0 0.5em; border-radius: 99px; margin-left: 0.5rem; }
.fate.delivered { background: var(--bad-wash); color: var(--bad); }
.fate.caught { background: var(--good-wash); color: var(--good); }
.fate.contained { background: var(--rule); color: var(--soft); }
.entry { display: block; width: 100%; padding: 0.12rem 0.4rem; border-radius: 5px; }
.chain { border-left: 3px solid var(--right); padding-left: 0.8rem; margin-left: 0.25rem; }
.is-wrong .chain { border-color: var(--wrong); }
.link { margin-bottom: 0.6rem; }
.link p { margin: 0.1rem 0 0; font-size: 0.84rem; }
.head { padding: 0.05rem 0.25rem; margin-left: -0.25rem; border-radius: 5px; }
.link.chosen .head { font-weight: 500; }
.cause { color: var(--bad); }
.look.good { color: var(--good); } .look.bad { color: var(--bad); } .look.warn { color: var(--warn); }
.premises { color: var(--soft); }
.premise { display: inline-block; white-space: nowrap; padding: 0 0.3rem; border-radius: 4px; margin-right: 0.15rem; font-size: inherit; }
.premise.missing { font-style: italic; }
.ending { margin: 0.5rem 0 0; display: flex; flex-direction: column; gap: 0.3rem; align-items: flex-start; }
.ending .fate { float: none; margin: 0; padding: 0.1em 0.7em; font-size: 0.84rem; }

.bar-controls { position: sticky; bottom: 0; background: var(--paper); border-top: 1px solid var(--rule); margin-top: 0.8rem; padding: 0.55rem 1.5rem 0.65rem; display: grid; grid-template-columns: auto 1fr auto; gap: 0.2rem 1.1rem; align-items: center; }
.buttons { display: flex; gap: 0.3rem; align-items: center; }
.bar-controls button { height: 2.4rem; min-width: 2.4rem; padding: 0 0.6rem; border-radius: 8px; border-color: var(--rule); background: var(--raised); display: inline-flex; align-items: center; justify-content: center; gap: 0.4rem; font-size: 0.88rem; }
.bar-controls button:hover { border-color: var(--strong-rule); }
.bar-controls svg { width: 1.05rem; height: 1.05rem; fill: currentColor; flex: none; }
#play { min-width: 2.9rem; background: var(--accent); color: var(--paper); border-color: var(--accent); }
#play .pausing, #play.playing .starting { display: none; }
#play.playing .pausing { display: block; }
#next-error { color: var(--bad); white-space: nowrap; }
.line { position: relative; padding-top: 9px; }
#ticks { position: absolute; left: 8px; right: 8px; top: 0; height: 9px; }
#ticks i { position: absolute; width: 3px; height: 9px; border-radius: 1.5px; margin-left: -1.5px; background: var(--wrong); }
#ticks i.caught { background: var(--caught); }
#ticks i.delivered { width: 7px; margin-left: -3.5px; border-radius: 2px; }
#time { -webkit-appearance: none; appearance: none; width: 100%; margin: 0; height: 22px; background: none; cursor: pointer; display: block; }
#time::-webkit-slider-runnable-track { height: 6px; border-radius: 3px; background: linear-gradient(90deg, var(--accent) var(--done, 0%), var(--rule) var(--done, 0%)); }
#time::-moz-range-track { height: 6px; border-radius: 3px; background: linear-gradient(90deg, var(--accent) var(--done, 0%), var(--rule) var(--done, 0%)); }
#time::-webkit-slider-thumb { -webkit-appearance: none; width: 16px; height: 16px; border-radius: 50%; background: var(--accent); border: 2.5px solid var(--paper); margin-top: -5px; box-shadow: 0 0 0 1px var(--accent); }
#time::-moz-range-thumb { width: 12px; height: 12px; border-radius: 50%; background: var(--accent); border: 2.5px solid var(--paper); }
.right-end { display: flex; gap: 0.8rem; align-items: center; font-size: 0.88rem; font-variant-numeric: tabular-nums; }
#clock { min-width: 4.6rem; white-space: nowrap; text-align: right; font-weight: 600; }
select { font: inherit; font-size: 0.88rem; color: inherit; background: var(--raised); border: 1px solid var(--rule); border-radius: 8px; padding: 0.3rem 0.4rem; }
.keys { grid-column: 1 / -1; margin: 0; font-size: 0.78rem; color: var(--soft); }
kbd { border: 1px solid var(--rule); border-radius: 4px; padding: 0 0.35em; background: var(--raised); font-size: 0.92em; }
/* Where there is room, a page is as large as its window and the pictures fill it. */
@media (min-width: 62rem) and (min-height: 36rem) {
  body { height: 100vh; }
  main { min-height: 0; align-items: stretch; grid-template-rows: minmax(0, 1fr); grid-template-columns: minmax(0, 1fr) clamp(16.5rem, 25vw, 25rem); }
  .teams, .team { min-height: 0; }
  .holder { flex: 1; min-height: 0; }
  .stage { height: calc(100% - 0.8rem); max-height: none; }
  aside { position: static; max-height: none; min-height: 0; }
  .bar-controls { position: static; }
}
@media (max-width: 62rem) { main { grid-template-columns: minmax(0, 1fr); row-gap: 0.8rem; } aside { position: static; max-height: none; } }
@media (max-width: 48rem) {
  header, .legend, main, .bar-controls { padding-left: 0.7rem; padding-right: 0.7rem; }
  header { padding-top: 0.6rem; }
  /* What the signs mean can be looked up below. */
  .legend { order: 1; padding-top: 0.6rem; }
  .bar-controls { order: 2; }
  .team { padding: 0.5rem 0.5rem 0.2rem; }
  .teams { grid-auto-flow: row; } .stage { max-height: 72vh; }
  .bar-controls { grid-template-columns: auto 1fr; gap: 0.2rem 0.5rem; padding-block: 0.4rem; } .keys, #next-error span, .right-end label { font-size: 0; }
  .keys { display: none; }
  .line { grid-row: 1; grid-column: 1 / -1; }
  .bar-controls button { min-width: 2.2rem; padding: 0 0.45rem; }
  .right-end { justify-content: flex-end; gap: 0.5rem; min-width: 0; }
}
@media print { body { height: auto; } .bar-controls { display: none; } main { grid-template-columns: 1fr; } aside { position: static; max-height: none; } }
`;
