/// <reference lib="dom" />
// The player of a replay: playing time, controls, keys, and what is said about each moment.
import type { ReplayTask } from "../../experiment/replay/document.ts";
import type { Scene } from "../../pages/replay/pace.ts";
import type { PageData, PageLayout } from "../../pages/replay/pageData.ts";
import { type Chosen, Panel, type Side } from "./panel.ts";
import { bestLayout, Stage } from "./stage.ts";
import { ERROR_NEWS, type News, newsOf, TeamState } from "./state.ts";
import { clock, eventText, lineageOf, newsText, verdict } from "./story.ts";

/** Marks of news stay for so many seconds of playing time. */
const LINGER = 1.1;

/** About how much of the window's height a team's picture has. */
const STAGE_HEIGHT = 0.62;

/** Looked at from the most telling to the least. */
const RANKS: readonly News["kind"][] = [
  "delivered",
  "caught",
  "born",
  "infected",
  "inherited",
  "missed",
  "omitted",
  "falseAlarm",
  "received",
  "made",
  "passed",
];

const find = <T extends Element = HTMLElement>(id: string) =>
  document.getElementById(id) as unknown as T;

export class Player {
  private readonly data: PageData;
  private readonly titles: readonly string[];
  private readonly isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  private scene: Scene;
  private sides: Side[] = [];
  private stages: Stage[] = [];
  private layouts: PageLayout[] = [];
  private panel: Panel;
  private chosen: Chosen | undefined;
  /** Positions of the moments that have news of an error. */
  private errorMoments: number[] = [];
  private index = 0;
  private at = 0;
  private speed = 1;
  private isPlaying = false;
  private lastFrame = 0;
  /** From where a ledger was opened. */
  private opener: HTMLElement | undefined;
  /** The moment that was last put into words. */
  private told = -1;

  constructor(data: PageData, titles: readonly string[]) {
    this.data = data;
    this.titles = titles;
    this.scene = data.scenes[0];
    this.panel = this.open(0);
    this.listen();
    this.show(0);
  }

  // ---------------------------------------------------------------- a task

  private open(task: number): Panel {
    this.scene = this.data.scenes[task];
    this.index = 0;
    this.at = 0;
    this.told = -1;
    this.sides = this.data.teams.map((team, place) => ({
      team,
      task: team.tasks[task],
      state: new TeamState(team.tasks[task], team.agents.length),
      names: { agents: team.agents.map((a) => a.name), claims: team.claims.map((c) => c.name) },
      title: this.titles[place],
    }));
    this.stages = [];
    this.layouts = [];
    this.fit();
    this.errorMoments = this.scene.moments.flatMap((_, i) =>
      this.newsAt(i).some(({ news }) => ERROR_NEWS.has(news.kind)) ? [i] : [],
    );
    this.panel = new Panel(this.sides, (chosen) => this.choose(chosen));
    this.choose(undefined);
    find("faults").replaceChildren(this.panel.faults());
    const slider = find<HTMLInputElement>("time");
    slider.max = `${this.scene.duration}`;
    this.drawTicks();
    return this.panel;
  }

  /** Draws every team in the layout that fits the window best. Returns whether something was drawn anew. */
  private fit(): boolean {
    const layouts = this.sides.map(({ team, task }, place) => {
      const room = { x: find(`stage-${place}`).clientWidth, y: STAGE_HEIGHT * innerHeight };
      return bestLayout(team, task.size, room);
    });
    if (layouts.every((layout, place) => layout === this.layouts[place])) return false;
    this.layouts = layouts;
    this.stages = this.sides.map(
      ({ team, state }, place) =>
        new Stage(team, layouts[place], state, this.scene.moments, place, this.isStill),
    );
    this.stages.forEach((stage, place) => {
      find(`stage-${place}`).replaceChildren(stage.root);
    });
    return true;
  }

  /** News of all teams in a moment. */
  private newsAt(index: number): { place: number; news: News }[] {
    return this.sides.flatMap(({ task }, place) =>
      this.eventsAt(index, place).flatMap((event) =>
        newsOf(task, event).map((news) => ({ place, news })),
      ),
    );
  }

  private eventsAt(index: number, place: number): ReplayTask["events"] {
    const { moments } = this.scene;
    const begin = index === 0 ? 0 : moments[index - 1].ends[place];
    return this.sides[place].task.events.slice(begin, moments[index].ends[place]);
  }

  /** Marks on the time line: where errors are born, caught and delivered. */
  private drawTicks(): void {
    const ticks = find("ticks");
    ticks.replaceChildren();
    for (const index of this.errorMoments) {
      const kinds = this.newsAt(index).map(({ news }) => news.kind);
      const kind = (["delivered", "born", "caught"] as const).find((one) => kinds.includes(one));
      if (kind === undefined) continue;
      const tick = document.createElement("i");
      tick.className = kind;
      tick.style.left = `${(100 * this.scene.moments[index].at) / this.scene.duration}%`;
      ticks.append(tick);
    }
  }

  // ---------------------------------------------------------------- time

  /** Shows a moment, at the playing time when it begins or at a later one before the next. */
  private show(index: number, at = this.scene.moments[index].at): void {
    this.index = index;
    this.at = at;
    const { moments, duration } = this.scene;
    this.sides.forEach(({ state }, place) => {
      state.goTo(moments[index].ends[place]);
      const kin = this.chosen?.team === place ? this.kin() : undefined;
      this.stages[place].draw(at, this.recent(place), kin);
    });
    const slider = find<HTMLInputElement>("time");
    slider.value = `${at}`;
    slider.style.setProperty("--done", `${(100 * at) / duration}%`);
    const simulated = this.simulatedTime();
    find("clock").textContent = clock(simulated);
    slider.setAttribute(
      "aria-valuetext",
      `${clock(simulated)} of simulated time, step ${index + 1} of ${moments.length}`,
    );
    if (this.told !== index) this.tell();
    this.told = index;
  }

  /** Between two moments the simulated clock goes on evenly. */
  private simulatedTime(): number {
    const { moments } = this.scene;
    const now = moments[this.index];
    const next = moments[this.index + 1];
    if (next === undefined || next.at === now.at) return now.t;
    return now.t + ((next.t - now.t) * (this.at - now.at)) / (next.at - now.at);
  }

  private recent(place: number): News[] {
    const { moments } = this.scene;
    let first = this.index;
    while (first > 0 && this.isPlaying && moments[first - 1].at > this.at - LINGER) first--;
    const recent: News[] = [];
    for (let i = first; i <= this.index; i++)
      for (const event of this.eventsAt(i, place))
        recent.push(...newsOf(this.sides[place].task, event));
    return recent;
  }

  /** The last moment that has begun at a playing time. */
  private indexAt(at: number): number {
    const { moments } = this.scene;
    let low = 0;
    let high = moments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (moments[middle].at <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private frame(now: number): void {
    if (!this.isPlaying) return;
    // A page that was hidden goes on where it was.
    const elapsed = Math.min(0.1, (now - this.lastFrame) / 1000);
    this.lastFrame = now;
    const { duration } = this.scene;
    const at = Math.min(duration, this.at + elapsed * this.speed);
    this.show(Math.max(this.index, this.indexAt(at)), at);
    if (at >= duration) this.pause();
    else requestAnimationFrame((time) => this.frame(time));
  }

  private play(): void {
    if (this.index === this.scene.moments.length - 1) this.show(0);
    this.isPlaying = true;
    this.showPlaying();
    this.lastFrame = performance.now();
    requestAnimationFrame((time) => this.frame(time));
  }

  private pause(): void {
    this.isPlaying = false;
    this.showPlaying();
  }

  private showPlaying(): void {
    const button = find("play");
    button.setAttribute("aria-label", this.isPlaying ? "Pause" : "Play");
    button.classList.toggle("playing", this.isPlaying);
    document.body.classList.toggle("playing", this.isPlaying);
  }

  private toggle(): void {
    if (this.isPlaying) this.pause();
    else this.play();
  }

  private step(by: number): void {
    this.pause();
    const last = this.scene.moments.length - 1;
    this.show(Math.min(last, Math.max(0, this.index + by)));
  }

  private jump(forward: boolean): void {
    this.pause();
    const target = forward
      ? this.errorMoments.find((index) => index > this.index)
      : this.errorMoments.findLast((index) => index < this.index);
    if (target !== undefined) this.show(target);
    else this.say(forward ? "No further error." : "No earlier error.");
  }

  // ---------------------------------------------------------------- words

  private tell(): void {
    const lines = this.sides.map((_, place) => this.sentence(place));
    lines.forEach((line, place) => {
      const caption = find(`caption-${place}`);
      caption.className = `caption ${line.tone}`;
      caption.title = line.text;
      (caption.firstElementChild as Element).textContent = line.text;
    });
    this.sides.forEach(({ state, task }, place) => {
      const round = state.round > 0 ? `Round ${state.round} · ` : "";
      const ending = task.success ? "Success" : "Failure";
      const phase = state.isDelivered ? ending : `${round}${state.phase}`;
      const status = find(`status-${place}`);
      status.textContent = phase;
      status.className = `status ${state.isDelivered ? (task.success ? "good" : "bad") : ""}`;
    });
    const isTelling =
      !this.isPlaying || lines.some(({ tone }) => tone === "bad" || tone === "good");
    const names = this.titles.length > 1 ? this.titles : [""];
    if (isTelling) this.say(lines.map(({ text }, i) => text && `${names[i]} ${text}.`).join(" "));
  }

  /** What a moment is about, for one team; where it is about nothing, what was said last, without its colour. */
  private sentence(place: number): { text: string; tone: string } {
    for (let index = this.index; index >= 0; index--) {
      const said = this.sentenceAt(place, index);
      if (said !== undefined) return index === this.index ? said : { ...said, tone: "past" };
    }
    return { text: "", tone: "past" };
  }

  private sentenceAt(place: number, index: number): { text: string; tone: string } | undefined {
    const { task, names } = this.sides[place];
    const events = this.eventsAt(index, place);
    if (events.some(({ event }) => event === "delivered"))
      return { text: verdict(task), tone: task.success ? "good" : "bad" };
    const news = events.flatMap((event) => newsOf(task, event));
    news.sort((a, b) => RANKS.indexOf(a.kind) - RANKS.indexOf(b.kind));
    if (news.length > 0) {
      const more = news.length > 1 ? ` (and ${news.length - 1} more)` : "";
      return { text: newsText(task, news[0], names) + more, tone: toneOf(news[0].kind) };
    }
    const texts = events.flatMap((event) => eventText(task, event, names) ?? []);
    if (texts.length === 0) return undefined;
    const isMuch = texts.length > 3;
    return {
      text: isMuch ? `${texts[0]}: ${texts.length - 1} at once` : texts.join(" · "),
      tone: "",
    };
  }

  private say(text: string): void {
    find("live").textContent = text;
  }

  // ---------------------------------------------------------------- choosing

  private kin(): Set<number> {
    const { team, version } = this.chosen as Chosen;
    return new Set(lineageOf(this.sides[team].task, version));
  }

  private choose(chosen: Chosen | undefined): void {
    this.chosen = chosen;
    const detail = find("detail");
    const hadFocus = detail.contains(document.activeElement);
    if (chosen === undefined) {
      const hint = document.createElement("p");
      hint.className = "soft hint";
      hint.textContent = "Click a version in a ledger, or press Enter, to see where it comes from.";
      detail.replaceChildren(hint);
    } else {
      detail.replaceChildren(this.panel.lineage(chosen));
      this.pause();
      const { task, names } = this.sides[chosen.team];
      this.say(`Lineage of ${names.claims[task.versions[chosen.version - 1].claim]} is shown.`);
    }
    find("close").hidden = chosen === undefined;
    // Whoever came here by keyboard goes on from here, or back to where they came from.
    const next = detail.querySelector("button") ?? this.opener;
    if (hadFocus) (next as HTMLElement | undefined)?.focus();
    if (this.stages.length > 0) this.show(this.index, this.at);
  }

  private openLedger(place: number, agent: number): void {
    this.pause();
    this.choose(undefined);
    this.opener = document.activeElement as HTMLElement;
    find("detail").replaceChildren(this.panel.ledger(place, agent));
    find("close").hidden = false;
    this.say(`Ledger of ${this.sides[place].names.agents[agent]} is shown.`);
    find("detail").querySelector<HTMLElement>("button")?.focus();
  }

  /** The lineage of what this moment is about, else of the last error before it, else of anything before it. */
  private chooseCurrent(): void {
    const lastError = this.errorMoments.findLast((index) => index <= this.index) ?? -1;
    const before = Array.from({ length: this.index }, (_, i) => this.index - 1 - i);
    for (const index of [this.index, lastError, ...before]) {
      const news = index < 0 ? [] : this.newsAt(index);
      news.sort((a, b) => RANKS.indexOf(a.news.kind) - RANKS.indexOf(b.news.kind));
      if (news.length === 0) continue;
      this.choose({ team: news[0].place, version: news[0].news.version });
      return;
    }
  }

  private clicked(place: number, target: Element): void {
    const holder = target.closest<SVGElement>("[data-agent]");
    if (holder === null) return;
    const agent = Number(holder.dataset.agent);
    if (holder.dataset.claim === undefined) {
      this.openLedger(place, agent);
      return;
    }
    const version = this.versionAt(place, agent, Number(holder.dataset.claim));
    if (version > 0) this.choose({ team: place, version });
  }

  /** The version in a cell; 0: it is empty. */
  private versionAt(place: number, agent: number, claim: number): number {
    const { state, task } = this.sides[place];
    if (agent >= 0) return state.slots[agent * task.size + claim].version;
    return state.isDelivered ? task.deliverable[claim] : 0;
  }

  // ---------------------------------------------------------------- controls

  private listen(): void {
    const on = (id: string, action: () => void) => find(id).addEventListener("click", action);
    on("play", () => this.toggle());
    on("back", () => this.step(-1));
    on("forward", () => this.step(1));
    on("start", () => this.step(Number.NEGATIVE_INFINITY));
    on("next-error", () => this.jump(true));
    on("close", () => this.choose(undefined));
    find("speed").addEventListener("change", (event) => {
      this.speed = Number((event.target as HTMLSelectElement).value);
    });
    find("task")?.addEventListener("change", (event) => {
      this.pause();
      this.open(Number((event.target as HTMLSelectElement).value));
      this.show(0);
    });
    find("time").addEventListener("input", (event) => {
      this.pause();
      const at = Number((event.target as HTMLInputElement).value);
      this.show(this.indexAt(at), at);
    });
    this.sides.forEach((_, place) => {
      const holder = find(`stage-${place}`);
      holder.addEventListener("click", (event) => this.clicked(place, event.target as Element));
      holder.addEventListener("pointerover", (event) =>
        this.explain(place, event.target as Element),
      );
    });
    document.addEventListener("keydown", (event) => this.pressed(event));
    addEventListener("resize", () => {
      if (this.fit()) this.show(this.index, this.at);
    });
  }

  /** Says what a cell holds, as a tooltip. */
  private explain(place: number, target: Element): void {
    const cell = target.closest<SVGElement>("[data-claim]");
    if (cell === null) return;
    const { names, state, task } = this.sides[place];
    const agent = Number(cell.dataset.agent);
    const claim = Number(cell.dataset.claim);
    const version = this.versionAt(place, agent, claim);
    const look = agent < 0 ? "" : `: ${state.look(agent, claim)}`;
    const isCopy = agent >= 0 && version > 0 && task.versions[version - 1].message > 0;
    const title =
      cell.querySelector<SVGTitleElement>("title") ??
      cell.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "title"));
    title.textContent = `${names.claims[claim]}${look}${isCopy ? ", received" : ""}`;
  }

  private pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (target.tagName === "SELECT") return;
    const isControl =
      target.tagName === "BUTTON" || target.tagName === "A" || target.tagName === "SUMMARY";
    const agent = target.closest?.<SVGElement>("[data-agent]");
    const actions: Readonly<Record<string, () => void>> = {
      " ": () => this.toggle(),
      ArrowRight: () =>
        agent?.classList.contains("dot") ? this.moveFocus(agent, 1) : this.step(1),
      ArrowLeft: () =>
        agent?.classList.contains("dot") ? this.moveFocus(agent, -1) : this.step(-1),
      Home: () => this.step(Number.NEGATIVE_INFINITY),
      End: () => this.step(Number.POSITIVE_INFINITY),
      n: () => this.jump(true),
      N: () => this.jump(false),
      Escape: () => this.choose(undefined),
      Enter: () => {
        const stage = agent?.closest<HTMLElement>("[data-place]");
        if (agent && stage)
          this.openLedger(Number(stage.dataset.place), Number(agent.dataset.agent));
        else this.chooseCurrent();
      },
    };
    // Buttons and links have keys of their own.
    if (isControl && (event.key === " " || event.key === "Enter")) return;
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  }

  /** From one dot of a large team to the next. */
  private moveFocus(dot: SVGElement, by: number): void {
    const dots = [...(dot.parentElement as Element).querySelectorAll<SVGElement>(".dot")];
    const next = dots[dots.indexOf(dot) + by];
    if (next === undefined) return;
    dot.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  }
}

function toneOf(kind: News["kind"]): string {
  if (kind === "caught") return "good";
  return ERROR_NEWS.has(kind) ? "bad" : "";
}
