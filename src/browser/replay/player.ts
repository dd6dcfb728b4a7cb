// The player of a replay: the moment that is shown, the version that is chosen, and the controls of both.
import { lineageOf } from "../../experiment/replay/faults.ts";
import type { PageData, PageLayout } from "../../pages/replay/pageData.ts";
import { captionOf } from "./captions.ts";
import { el, find, svg } from "./dom.ts";
import { bestLayout } from "./fitting.ts";
import { mostTelling, type News } from "./news.ts";
import { Panel } from "./panel.ts";
import { type Chosen, type Side, sideOf } from "./side.ts";
import { Stage } from "./stage.ts";
import { Timeline } from "./timeline.ts";
import { Times } from "./times.ts";
import { clock } from "./words.ts";
import { dollars, worthText } from "./worth.ts";

/** Marks of news stay for so many seconds of playing time. */
const LINGER = 1.1;

/** About how much of the window's height a team's picture has. */
const STAGE_HEIGHT = 0.62;

/** Longest time in seconds from one frame to the next: a page that was hidden goes on where it was. */
const LONGEST_FRAME = 0.1;

export class Player {
  private readonly data: PageData;
  private readonly isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  // What belongs to the open task.
  private timeline!: Timeline;
  private sides!: readonly Side[];
  private panel!: Panel;
  private layouts: readonly PageLayout[] = [];
  private stages: readonly Stage[] = [];
  /** The moment that is shown, at a playing time before the next one. */
  private index = 0;
  private at = 0;
  /** The moment that was last put into words. */
  private told = -1;
  private chosen: Chosen | undefined;
  /** From where a ledger was opened. */
  private opener: HTMLElement | undefined;
  private speed = 1;
  private isPlaying = false;
  private lastFrame = 0;

  constructor(data: PageData) {
    this.data = data;
    this.open(0);
    this.listen();
  }

  // ---------------------------------------------------------------- a task

  /** Shows the beginning of a task. */
  private open(number: number): void {
    this.sides = this.data.teams.map((team, place) => sideOf(team, place, number));
    this.timeline = new Timeline(
      this.data.scenes[number],
      this.sides.map(({ task }) => task),
    );
    this.panel = new Panel(this.sides, (chosen) => this.choose(chosen));
    this.layouts = [];
    this.fit();
    this.index = 0;
    this.at = 0;
    this.told = -1;
    find<HTMLInputElement>("time").max = `${this.timeline.duration}`;
    find("faults").replaceChildren(this.panel.faults());
    find("ticks").replaceChildren(...this.ticks());
    this.choose(undefined);
  }

  /** Draws every team in the layout that fits the window best. Returns whether something was drawn anew. */
  private fit(): boolean {
    const layouts = this.sides.map(({ team, task, place }) => {
      const room = { x: find(`stage-${place}`).clientWidth, y: STAGE_HEIGHT * innerHeight };
      return bestLayout(team, task.size, room);
    });
    if (layouts.every((layout, place) => layout === this.layouts[place])) return false;
    this.layouts = layouts;
    this.stages = this.sides.map((side) => {
      const { place, task } = side;
      const times = new Times(task, this.timeline.moments, place);
      const stage = new Stage(side, layouts[place], times, this.isStill);
      find(`stage-${place}`).replaceChildren(stage.root);
      return stage;
    });
    return true;
  }

  /** Marks on the time line: where errors are born, caught and delivered. */
  private ticks(): HTMLElement[] {
    const { moments, duration, errors } = this.timeline;
    return errors.flatMap((index) => {
      const kinds = this.timeline.newsAt(index).map(({ kind }) => kind);
      const kind = (["delivered", "born", "caught"] as const).find((one) => kinds.includes(one));
      if (kind === undefined) return [];
      const tick = el("i", kind);
      tick.style.left = `${(100 * moments[index].at) / duration}%`;
      return [tick];
    });
  }

  // ---------------------------------------------------------------- time

  /** Shows a moment, at the playing time when it begins or at a later one before the next. */
  private show(index: number, at = this.timeline.moments[index].at): void {
    this.index = index;
    this.at = at;
    const { moments, duration } = this.timeline;
    for (const { state, place } of this.sides) {
      state.goTo(moments[index].ends[place]);
      const now = { at, t: this.timeline.simulated(index, at) };
      this.stages[place].draw(now, this.recent(place), this.kin(place));
    }
    const simulated = clock(this.timeline.simulated(index, at));
    const slider = find<HTMLInputElement>("time");
    slider.value = `${at}`;
    slider.style.setProperty("--done", `${(100 * at) / duration}%`);
    const step = `step ${index + 1} of ${moments.length}`;
    slider.setAttribute("aria-valuetext", `${simulated} of simulated time, ${step}`);
    find("clock").textContent = simulated;
    if (this.told !== index) this.tell();
    this.told = index;
  }

  /** News of the moment that is shown, and while playing of those shortly before. */
  private recent(place: number): News[] {
    const { moments } = this.timeline;
    let first = this.index;
    while (first > 0 && this.isPlaying && moments[first - 1].at > this.at - LINGER) first--;
    return moments
      .slice(first, this.index + 1)
      .flatMap((_, i) => this.timeline.newsOf(first + i, place));
  }

  private frame(now: number): void {
    if (!this.isPlaying) return;
    const elapsed = Math.min(LONGEST_FRAME, (now - this.lastFrame) / 1000);
    this.lastFrame = now;
    const { duration } = this.timeline;
    const at = Math.min(duration, this.at + elapsed * this.speed);
    this.show(Math.max(this.index, this.timeline.indexAt(at)), at);
    if (at >= duration) this.pause();
    else requestAnimationFrame((time) => this.frame(time));
  }

  private play(): void {
    if (this.index === this.timeline.last) this.show(0);
    this.setPlaying(true);
    this.lastFrame = performance.now();
    requestAnimationFrame((time) => this.frame(time));
  }

  private pause(): void {
    this.setPlaying(false);
  }

  private toggle(): void {
    if (this.isPlaying) this.pause();
    else this.play();
  }

  private setPlaying(isPlaying: boolean): void {
    this.isPlaying = isPlaying;
    const button = find("play");
    button.setAttribute("aria-label", isPlaying ? "Pause" : "Play");
    button.classList.toggle("playing", isPlaying);
    document.body.classList.toggle("playing", isPlaying);
  }

  private step(by: number): void {
    this.pause();
    this.show(Math.min(this.timeline.last, Math.max(0, this.index + by)));
  }

  /** Goes to the next moment with news of an error, or to the one before. */
  private jump(isForward: boolean): void {
    this.pause();
    const { errors } = this.timeline;
    const target = isForward
      ? errors.find((index) => index > this.index)
      : errors.findLast((index) => index < this.index);
    if (target !== undefined) this.show(target);
    else this.say(isForward ? "No further error." : "No earlier error.");
  }

  // ---------------------------------------------------------------- words

  /** Writes the captions, and says them to who does not see them: while playing only those of errors. */
  private tell(): void {
    const captions = this.sides.map((side) => captionOf(this.timeline, side, this.index));
    captions.forEach(({ text, tone }, place) => {
      const caption = find(`caption-${place}`);
      caption.className = `caption ${tone}`;
      caption.title = text;
      (caption.firstElementChild as Element).textContent = text;
    });
    for (const side of this.sides) this.showStatus(side);
    const isTelling =
      !this.isPlaying || captions.some(({ tone }) => tone === "bad" || tone === "good");
    const name = ({ team }: Side) => (this.sides.length > 1 ? team.title : "");
    const said = captions.map(({ text }, i) => text && `${name(this.sides[i])} ${text}.`);
    if (isTelling) this.say(said.join(" "));
  }

  private showStatus({ state, task, place }: Side): void {
    const round = state.round > 0 ? `Round ${state.round} · ` : "";
    const [ending, tone] = task.success ? ["Success", "good"] : ["Failure", "bad"];
    const dollarsBy = state.isDelivered ? task.spent : state.spent;
    const spent = dollarsBy === undefined ? "" : ` · spent ${dollars(dollarsBy)}`;
    const status = find(`status-${place}`);
    status.textContent = (state.isDelivered ? ending : `${round}${state.phase}`) + spent;
    status.className = `status ${state.isDelivered ? tone : ""}`;
  }

  private say(text: string): void {
    find("live").textContent = text;
  }

  // ---------------------------------------------------------------- choosing

  /** The lineage of the chosen version, if it is one of this team. */
  private kin(place: number): Set<number> | undefined {
    if (this.chosen?.place !== place) return undefined;
    return new Set(lineageOf(this.sides[place].task, this.chosen.version));
  }

  private choose(chosen: Chosen | undefined): void {
    this.chosen = chosen;
    const detail = find("detail");
    const hadFocus = detail.contains(document.activeElement);
    if (chosen === undefined) {
      const hint = "Click a version in a ledger, or press Enter, to see where it comes from.";
      detail.replaceChildren(el("p", "soft hint", hint));
    } else {
      detail.replaceChildren(this.panel.lineage(chosen));
      this.pause();
      const { task, names } = this.sides[chosen.place];
      this.say(`Lineage of ${names.claims[task.versions[chosen.version - 1].claim]} is shown.`);
    }
    find("close").hidden = chosen === undefined;
    // Keyboard focus goes on from here, or back to where it came from.
    if (hadFocus) (detail.querySelector("button") ?? this.opener)?.focus();
    this.show(this.index, this.at);
  }

  private openLedger(place: number, agent: number): void {
    this.pause();
    this.choose(undefined);
    this.opener = document.activeElement as HTMLElement;
    const detail = find("detail");
    detail.replaceChildren(this.panel.ledger(place, agent));
    find("close").hidden = false;
    this.say(`Ledger of ${this.sides[place].names.agents[agent]} is shown.`);
    detail.querySelector("button")?.focus();
  }

  /** The lineage of what this moment is about, else of the last error before it, else of anything before it. */
  private chooseCurrent(): void {
    const { errors } = this.timeline;
    const lastError = errors.filter((index) => index <= this.index).slice(-1);
    const before = Array.from({ length: this.index }, (_, i) => this.index - 1 - i);
    for (const index of [this.index, ...lastError, ...before]) {
      const news = mostTelling(this.timeline.newsAt(index));
      if (news === undefined) continue;
      this.choose(news);
      return;
    }
  }

  /** The version in a slot; 0: it is empty. `agent`: -1 for the deliverable. */
  private versionAt(place: number, agent: number, claim: number): number {
    const { state, task } = this.sides[place];
    if (agent >= 0) return state.slots[agent * task.size + claim].version;
    return state.isDelivered ? task.deliverable[claim] : 0;
  }

  private clicked(place: number, target: Element): void {
    const holder = target.closest<SVGElement>("[data-agent]");
    if (holder === null) return;
    const agent = Number(holder.dataset.agent);
    const { claim } = holder.dataset;
    const version = claim === undefined ? 0 : this.versionAt(place, agent, Number(claim));
    if (claim === undefined) this.openLedger(place, agent);
    else if (version > 0) this.choose({ place, version });
  }

  /** Says what a slot holds, as a tooltip. */
  private explain(place: number, target: Element): void {
    const slot = target.closest<SVGElement>("[data-claim]");
    if (slot === null) return;
    const side = this.sides[place];
    const { names, state, task } = side;
    const agent = Number(slot.dataset.agent);
    const claim = Number(slot.dataset.claim);
    const version = this.versionAt(place, agent, claim);
    const look = agent < 0 ? "" : `: ${state.look(agent, claim)}`;
    const isCopy = agent >= 0 && version > 0 && task.versions[version - 1].message > 0;
    const title = slot.querySelector("title") ?? svg("title", {}, slot);
    const worth = worthText(side, claim);
    const more = worth === "" ? "" : ` (${worth})`;
    title.textContent = `${names.claims[claim]}${look}${isCopy ? ", received" : ""}${more}`;
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
    const onValue = (id: string, event: "change" | "input", action: (value: number) => void) =>
      find(id)?.addEventListener(event, ({ target }) =>
        action(Number((target as HTMLInputElement | HTMLSelectElement).value)),
      );
    onValue("speed", "change", (speed) => {
      this.speed = speed;
    });
    onValue("task", "change", (number) => {
      this.pause();
      this.open(number);
    });
    onValue("time", "input", (at) => {
      this.pause();
      this.show(this.timeline.indexAt(at), at);
    });
    for (const { place } of this.sides) {
      const holder = find(`stage-${place}`);
      holder.addEventListener("click", ({ target }) => this.clicked(place, target as Element));
      holder.addEventListener("pointerover", ({ target }) =>
        this.explain(place, target as Element),
      );
    }
    document.addEventListener("keydown", (event) => this.pressed(event));
    addEventListener("resize", () => {
      if (this.fit()) this.show(this.index, this.at);
    });
  }

  private pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (target.tagName === "SELECT") return;
    // Buttons and links have keys of their own.
    const isControl = ["BUTTON", "A", "SUMMARY"].includes(target.tagName);
    if (isControl && (event.key === " " || event.key === "Enter")) return;
    const agent = target.closest?.<SVGElement>("[data-agent]") ?? undefined;
    const action = this.actionOf(event.key, agent);
    if (action === undefined) return;
    event.preventDefault();
    action();
  }

  /** What a key does. `agent`: the one that has the focus. */
  private actionOf(key: string, agent: SVGElement | undefined): (() => void) | undefined {
    const along = (by: number) => () =>
      agent?.classList.contains("dot") ? this.moveFocus(agent, by) : this.step(by);
    const actions: Readonly<Record<string, () => void>> = {
      " ": () => this.toggle(),
      ArrowRight: along(1),
      ArrowLeft: along(-1),
      Home: () => this.step(Number.NEGATIVE_INFINITY),
      End: () => this.step(Number.POSITIVE_INFINITY),
      n: () => this.jump(true),
      N: () => this.jump(false),
      Escape: () => this.choose(undefined),
      Enter: () => {
        const holder = agent?.closest<HTMLElement>("[data-place]");
        if (agent && holder)
          this.openLedger(Number(holder.dataset.place), Number(agent.dataset.agent));
        else this.chooseCurrent();
      },
    };
    return actions[key];
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
