// The picture of one team: agents as cards with their ledgers, the deliverable, and what moves between them.
import { AGENT_MARKS, dutyWords, whoText } from "../../charts/agentMarks.ts";
import { isOpenAt } from "../../charts/shifts.ts";
import type { PageLayout } from "../../pages/replay/pageData.ts";
import { svg } from "./dom.ts";
import {
  centred,
  type Grid,
  MARGIN,
  sizeOf,
  TRAY_GAP,
  TRAY_HEAD,
  type Tray,
  trayOf,
} from "./fitting.ts";
import type { News } from "./news.ts";
import { type Box, roundedPath, routesTo } from "./routes.ts";
import type { Side } from "./side.ts";
import { drawSlot, type Slot, showSlot } from "./slot.ts";
import type { Times } from "./times.ts";
import { Traffic } from "./traffic.ts";

/** What is drawn of an agent: a card with a progress bar, or a dot. */
interface Node {
  readonly group: SVGElement;
  readonly progress: SVGElement | undefined;
  /** The line below the name. */
  readonly line?: SVGElement | undefined;
  shown: string;
}

type Drawn = Pick<Node, "progress" | "line">;

/** The room that the mark of a person or a program takes before a name. */
const MARK_ROOM = 17;
/** What is said of an agent outside of its shifts. */
const AWAY = "off shift";
const ALWAYS = [[0, Number.POSITIVE_INFINITY]] as const;

/** Parts of the bar of a large ledger, from left to right. */
const BARS = ["right", "flagged", "wrong"] as const;

/** Kinds of news by `agent:claim`, with -1 for the deliverable. */
type NewsByPlace = ReadonlyMap<string, News["kind"]>;

/** Versions to bring out. */
type Kin = ReadonlySet<number> | undefined;

export class Stage {
  readonly root: SVGElement;
  private readonly side: Side;
  private readonly layout: PageLayout;
  private readonly times: Times;
  private readonly isDots: boolean;
  private readonly width: number;
  private readonly traffic: Traffic;
  private readonly nodes: Node[] = [];
  private readonly slots: Slot[] = [];
  private readonly bars: SVGElement[][] = [];
  private readonly tray: Slot[] = [];
  /** What was drawn last. */
  private stamp = "";
  /** Whether each agent is outside of its shifts. */
  private away: readonly boolean[] = [];

  /**
   * @param layout one of the team's
   * @param isStill whether nothing is to move by itself
   */
  constructor(side: Side, layout: PageLayout, times: Times, isStill: boolean) {
    const { team, task } = side;
    this.side = side;
    this.times = times;
    this.isDots = layout.shape === "dots";
    const tray = trayOf(team, layout, task.size);
    const { width, whole } = sizeOf(layout, tray);
    this.width = width;
    this.layout = centred(layout, width);
    this.root = svg("svg", {
      viewBox: `${-MARGIN} ${-MARGIN} ${whole.x} ${whole.y}`,
      role: "group",
      "aria-label": `Team ${team.scenario}: ${team.agents.length} agents and their ledgers`,
      class: "stage",
    });
    this.traffic = new Traffic(side, this.layout, times, isStill);
    this.root.append(this.traffic.edgeLayer);
    if (!this.isDots) this.drawHandover(tray);
    this.drawAgents();
    this.drawTray(tray);
    this.root.append(this.traffic.flightLayer);
  }

  /**
   * Shows the state at a playing time `at`, `t` seconds after the task arrived. `recent`: news of the last moments; `kin`:
   * versions to bring out.
   */
  draw({ at, t }: { at: number; t: number }, recent: readonly News[], kin: Kin): void {
    const { state, task, team } = this.side;
    this.showProgress(at);
    this.traffic.showFlights(at);
    const told = recent.map(({ kind, agent, version }) => `${kind}${agent}:${version}`);
    this.away = team.agents.map(({ open }) => !isOpenAt(open ?? ALWAYS, task.arrived + t));
    const stamp = `${state.done} ${told} ${kin && [...kin]} ${this.away}`;
    if (stamp === this.stamp) return;
    this.stamp = stamp;
    const news = new Map(
      recent.map(({ kind, agent, version }) => [
        `${agent}:${task.versions[version - 1].claim}`,
        kind,
      ]),
    );
    this.root.classList.toggle("tracing", kin !== undefined);
    for (let agent = 0; agent < this.nodes.length; agent++) this.showAgent(agent);
    for (let i = 0; i < this.slots.length; i++) this.showSlot(i, news, kin);
    this.showTray(news, kin);
    this.traffic.showCarriers(kin);
  }

  // ---------------------------------------------------------------- drawing once

  /** The ways from the ledgers that the deliverable is built from. */
  private drawHandover(tray: Tray): void {
    const layer = svg("g", { class: "edges", "aria-hidden": "true" }, this.root);
    const { width, height } = this.layout.card;
    const boxes = this.layout.places.map(({ x, y }): Box => {
      const [left, right] = [x - width / 2, x + width / 2];
      return { left, right, top: y - height / 2, bottom: y + height / 2 };
    });
    const top = this.layout.height + TRAY_GAP;
    const [left, right] = [-1, 1].map((side) => (this.width + side * tray.width) / 2);
    const target = { left, right, top, bottom: top + tray.height };
    const starts = this.side.team.sources.map((source) => boxes[source]);
    for (const way of routesTo(target, starts, boxes))
      svg("path", { d: roundedPath(way), class: "handover" }, layer);
  }

  private drawAgents(): void {
    this.side.team.agents.forEach(({ name }, agent) => {
      // Cards are stops of the tab key; of the dots the first one is, and arrow keys lead on.
      const tabindex = this.isDots && agent > 0 ? -1 : 0;
      const button = { role: "button", tabindex, "data-agent": agent };
      const group = svg("g", button, this.root);
      svg("title", {}, group).textContent = name;
      const drawn = this.isDots ? this.drawDot(group, agent) : this.drawCard(group, agent);
      this.nodes.push({ group, ...drawn, shown: "" });
    });
  }

  private drawDot(group: SVGElement, agent: number): Drawn {
    const { x, y } = this.layout.places[agent];
    const { kind } = this.side.team.agents[agent];
    if (kind === undefined) svg("circle", { cx: x, cy: y, r: 7.5 }, group);
    else {
      const place = { transform: `translate(${x} ${y}) scale(8)` };
      svg("path", { class: `mark ${kind}`, d: AGENT_MARKS[kind], ...place }, group);
    }
    return { progress: undefined };
  }

  /** Returns the bar that shows how far the turn has come, and the line below the name. */
  private drawCard(group: SVGElement, agent: number): Drawn {
    const { width, height, padding, head } = this.layout.card;
    const { x, y } = this.layout.places[agent];
    group.setAttribute("transform", `translate(${x - width / 2} ${y - height / 2})`);
    svg("rect", { class: "halo", width, height, rx: 9 }, group);
    svg("rect", { class: "card", width, height, rx: 9 }, group);
    svg("circle", { class: "lamp", cx: width - 14, cy: 14, r: 4.5 }, group);
    const { name, kind, ...duty } = this.side.team.agents[agent];
    const left = kind === undefined ? padding : padding + MARK_ROOM;
    const label = svg("text", { class: "name", x: left, y: 18 }, group);
    label.textContent = shortened(name, Math.floor((width - 24 - left) / 7));
    if (kind !== undefined) {
      const place = { transform: `translate(${padding + 6} 13.5) scale(6)`, "aria-hidden": "true" };
      svg("path", { class: `mark ${kind}`, d: AGENT_MARKS[kind], ...place }, group);
    }
    const words = dutyWords({ ...duty, ...(kind && { kind }) });
    const line =
      words === "" ? undefined : svg("text", { class: "staff", x: padding, y: 32 }, group);
    const place = { transform: `translate(${padding} ${head})`, "aria-hidden": "true" };
    this.drawLedger(svg("g", place, group), agent);
    const bar = { x: padding, y: height - 7, width: 0, height: 3, rx: 1.5 };
    return { line, progress: svg("rect", { class: "progress", ...bar }, group) };
  }

  private drawLedger(ledger: SVGElement, agent: number): void {
    const { width, padding, columns, side: height } = this.layout.card;
    if (columns === 0) {
      const whole = { width: width - 2 * padding, height };
      svg("rect", { class: "bar missing", ...whole, rx: 3 }, ledger);
      this.bars.push(BARS.map((look) => svg("rect", { class: `bar ${look}`, height }, ledger)));
      return;
    }
    for (let claim = 0; claim < this.side.task.size; claim++)
      this.slots.push(this.drawClaim(ledger, this.layout.card, agent, claim));
  }

  /** A slot in its place in a grid, with the name of its claim where names are written. */
  private drawClaim(parent: SVGElement, grid: Grid, agent: number, claim: number): Slot {
    const { columns, side, pitchX, pitch } = grid;
    const corner = [(claim % columns) * pitchX, Math.floor(claim / columns) * pitch] as const;
    const slot = drawSlot(parent, corner, side, agent, claim);
    const { letters } = this.layout.card;
    if (letters > 0) {
      const label = svg("text", { class: "claim", x: side + 5, y: side - 3 }, slot.group);
      label.textContent = shortened(this.side.team.claims[claim].name, letters);
    }
    return slot;
  }

  private drawTray(tray: Tray): void {
    const { side, pitchX, columns, width, height } = tray;
    const top = this.layout.height + TRAY_GAP;
    const place = { transform: `translate(${(this.width - width) / 2} ${top})` };
    const group = svg("g", { class: "tray", ...place }, this.root);
    svg("rect", { class: "card", width, height, rx: 9 }, group);
    const label = { class: "name", x: width / 2, y: 18, "text-anchor": "middle" };
    svg("text", label, group).textContent = "Deliverable";
    const used = columns * pitchX - (this.layout.card.letters > 0 ? 0 : pitchX - side);
    const left = (width - used) / 2;
    const slots = svg("g", { transform: `translate(${left} ${TRAY_HEAD})` }, group);
    const drawn = Math.min(this.side.task.size, this.side.team.drawnClaims);
    for (let claim = 0; claim < drawn; claim++)
      this.tray.push(this.drawClaim(slots, tray, -1, claim));
  }

  // ---------------------------------------------------------------- what changes

  /** How far the turns of the agents at work have come. */
  private showProgress(at: number): void {
    const { width, padding } = this.layout.card;
    this.nodes.forEach(({ progress }, agent) => {
      const began = this.side.state.turns[agent];
      const share = began < 0 ? 0 : this.times.ofTurn(began, at);
      progress?.setAttribute("width", `${(share * (width - 2 * padding)).toFixed(1)}`);
    });
  }

  private showAgent(agent: number): void {
    const node = this.nodes[agent];
    const about = this.side.team.agents[agent];
    const { name, isOrchestrator } = about;
    const isAway = this.away[agent];
    const { right, wrong, flagged, missing } = this.side.state.counts(agent);
    const isWorking = this.side.state.turns[agent] >= 0;
    const kind = this.isDots ? `dot ${this.worstOf(agent)}` : "agent";
    const look = `${kind}${isOrchestrator ? " leader" : ""}${isWorking ? " working" : ""}${isAway ? " away" : ""}`;
    const doing = isAway ? AWAY : isWorking ? "at work" : "idle";
    const who = whoText(about);
    const label = `${name}${who === "" ? "" : `, ${who}`}, ${doing}: ${right} right, ${wrong} wrong, ${flagged} flagged, ${missing} missing`;
    if (node.shown === look + label) return;
    node.shown = look + label;
    node.group.setAttribute("class", look);
    node.group.setAttribute("aria-label", label);
    if (node.line !== undefined) {
      const words = isAway ? AWAY : dutyWords(about);
      const { width, padding } = this.layout.card;
      node.line.textContent = shortened(words, Math.floor((width - 2 * padding) / 5.2));
    }
    if (this.bars.length > 0) this.showBar(agent);
  }

  /** What a dot shows. */
  private worstOf(agent: number): string {
    const { right, wrong, flagged, missing } = this.side.state.counts(agent);
    if (wrong > 0) return "wrong";
    if (flagged > 0) return "flagged";
    if (right === 0) return "missing";
    return missing > 0 ? "partly" : "right";
  }

  private showBar(agent: number): void {
    const counts = this.side.state.counts(agent);
    const { width, padding } = this.layout.card;
    const unit = (width - 2 * padding) / this.side.task.size;
    let x = 0;
    BARS.forEach((look, i) => {
      // Even one wrong claim of thousands is to be seen.
      const length = counts[look] === 0 ? 0 : Math.max(2, counts[look] * unit);
      this.bars[agent][i].setAttribute("x", `${x}`);
      this.bars[agent][i].setAttribute("width", `${length}`);
      x += length;
    });
  }

  private showSlot(i: number, news: NewsByPlace, kin: Kin): void {
    const { state, task } = this.side;
    const agent = Math.floor(i / task.size);
    const claim = i % task.size;
    const { version, rival, mark } = state.slots[i];
    showSlot(this.slots[i], {
      look: state.look(agent, claim),
      isAccepted: mark === "accepted",
      isCopy: version > 0 && task.versions[version - 1].message > 0,
      isKin: kin?.has(version) || kin?.has(rival) || false,
      rival: rival === 0 ? undefined : task.versions[rival - 1].erroneous ? "wrong" : "right",
      news: news.get(`${agent}:${claim}`),
    });
  }

  private showTray(news: NewsByPlace, kin: Kin): void {
    const { state, task } = this.side;
    const { isDelivered } = state;
    const { deliverable, versions, success } = task;
    this.tray.forEach((slot, claim) => {
      const version = isDelivered ? deliverable[claim] : 0;
      const empty = isDelivered ? "lost" : "missing";
      const look = version === 0 ? empty : versions[version - 1].erroneous ? "wrong" : "right";
      showSlot(slot, { look, isKin: kin?.has(version) ?? false, news: news.get(`-1:${claim}`) });
    });
    this.root.classList.toggle("over", isDelivered);
    this.root.classList.toggle("failed", isDelivered && !success);
  }
}

const shortened = (text: string, most: number) =>
  text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
