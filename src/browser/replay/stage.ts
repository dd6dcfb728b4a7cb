/// <reference lib="dom" />
// The picture of one team: agents as cards with their ledgers, edges, messages on their way, the deliverable.
import type { Card } from "../../pages/replay/card.ts";
import type { Moment } from "../../pages/replay/pace.ts";
import type { PageLayout, PageTeam } from "../../pages/replay/pageData.ts";
import { type Cell, drawCell, showCell, svg } from "./cell.ts";
import { type Box, roundedPath, routesTo } from "./routes.ts";
import type { News, TeamState } from "./state.ts";
import { omittedFrom } from "./story.ts";
import { Times } from "./times.ts";
import { along, eased, gapOf, type Point, type Way, wayOf, wayPath } from "./ways.ts";

const MARGIN = 26;
/** Small teams are not drawn larger than these make them. */
const NARROWEST = 330;
const LOWEST = 300;
/** Room above the deliverable, and for its heading. */
const TRAY_GAP = 62;
const TRAY_HEAD = 26;
/** More messages than these are not drawn at once, nor more versions in one. */
const MOST_FLIGHTS = 80;
const MOST_LOAD = 6;

/** What is drawn of an agent: a card with a progress bar, or a dot. */
interface Node {
  readonly group: SVGElement;
  readonly progress: SVGElement | undefined;
  shown: string;
}

/** A way of messages: they are seen from one share of it to another. */
interface Lane {
  readonly way: Way;
  readonly begin: number;
  readonly end: number;
}

/** Cells in rows. */
type Grid = Pick<Card, "cell" | "columns" | "pitchX" | "pitch">;

/** The deliverable. */
interface Tray extends Grid {
  readonly width: number;
  readonly height: number;
}

/** How large the picture of a team is, in its own units. */
function sizeOf(layout: PageLayout, tray: Tray) {
  const width = Math.max(layout.width, tray.width, NARROWEST);
  const height = layout.height + TRAY_GAP + tray.height;
  return { width, whole: { x: width + 2 * MARGIN, y: Math.max(height, LOWEST) + 1.4 * MARGIN } };
}

/** Names are written where they are drawn at least this large, in shares of their own size. */
const LEGIBLE = 0.66;

/** The layout that is drawn largest in a room of this width and height, one with names where they can be read there. */
export function bestLayout(team: PageTeam, size: number, room: Point): PageLayout {
  const scaleOf = (layout: PageLayout) => {
    const { whole } = sizeOf(layout, trayOf(team, layout, size));
    return Math.min(room.x / whole.x, room.y / whole.y);
  };
  const sorted = [...team.layouts].sort((a, b) => scaleOf(b) - scaleOf(a));
  const named = sorted.find((layout) => layout.card.letters > 0 && scaleOf(layout) >= LEGIBLE);
  return named ?? (sorted.find((layout) => layout.card.letters === 0) as PageLayout);
}

export class Stage {
  readonly root: SVGElement;
  private readonly team: PageTeam;
  private readonly layout: PageLayout;
  private readonly state: TeamState;
  private readonly times: Times;
  private readonly isStill: boolean;
  private readonly width: number;
  private readonly nodes: Node[] = [];
  private readonly cells: Cell[] = [];
  private readonly bars: SVGElement[][] = [];
  private readonly tray: Cell[] = [];
  private readonly edges = new Map<string, SVGElement>();
  private readonly lanes = new Map<string, Lane>();
  private readonly flights = new Map<number, SVGElement>();
  private readonly flightLayer = svg("g", { class: "flights", "aria-hidden": "true" });
  /** What was drawn last. */
  private stamp = "";

  /**
   * @param layout one of the team's
   * @param place position of the team on the page
   * @param isStill whether nothing is to move by itself
   */
  constructor(
    team: PageTeam,
    layout: PageLayout,
    state: TeamState,
    moments: readonly Moment[],
    place: number,
    isStill: boolean,
  ) {
    this.team = team;
    this.layout = layout;
    this.state = state;
    this.isStill = isStill;
    this.times = new Times(state.task, moments, place);
    const tray = trayOf(team, layout, state.task.size);
    const { width, whole } = sizeOf(layout, tray);
    this.width = width;
    this.root = svg("svg", {
      viewBox: `${-MARGIN} ${-MARGIN} ${whole.x} ${whole.y}`,
      role: "group",
      "aria-label": `Team ${team.scenario}: ${team.agents.length} agents and their ledgers`,
      class: "stage",
    });
    this.drawEdges();
    if (!this.isDots()) this.drawHandover(tray);
    this.drawAgents();
    this.drawTray(tray);
    this.root.append(this.flightLayer);
  }

  /** Shows the state at a playing time. `recent`: news of the last moments; `kin`: versions to bring out. */
  draw(at: number, recent: readonly News[], kin: ReadonlySet<number> | undefined): void {
    this.showProgress(at);
    this.showFlights(at);
    const told = recent.map(({ kind, agent, version }) => `${kind}${agent}:${version}`);
    const stamp = `${this.state.done} ${told} ${kin && [...kin]}`;
    if (stamp === this.stamp) return;
    this.stamp = stamp;
    const news = new Map<string, News["kind"]>();
    for (const { kind, agent, version } of recent)
      news.set(`${agent}:${this.state.task.versions[version - 1].claim}`, kind);
    this.root.classList.toggle("tracing", kin !== undefined);
    for (let agent = 0; agent < this.nodes.length; agent++) this.showAgent(agent);
    for (let slot = 0; slot < this.cells.length; slot++) this.showSlot(slot, news, kin);
    this.showTray(news, kin);
    this.showCarriers(kin);
  }

  // ---------------------------------------------------------------- drawing once

  private isDots(): boolean {
    return this.layout.shape === "dots";
  }

  /** The middle of an agent; the team stands in the middle of the picture. */
  private placeOf(agent: number): Point {
    const { places, width } = this.layout;
    const { x, y } = places[agent];
    return { x: x + (this.width - width) / 2, y };
  }

  /** The way of messages between two agents, and the part of it that is not on their cards. */
  private laneOf(sender: number, receiver: number): Lane {
    const name = `${sender}-${receiver}`;
    const known = this.lanes.get(name);
    if (known !== undefined) return known;
    const shift = (this.width - this.layout.width) / 2;
    const moved = ({ x, y }: Point): Point => ({ x: x + shift, y });
    const { from, bend, to } = wayOf(this.layout, sender, receiver);
    const way = { from: moved(from), bend: moved(bend), to: moved(to) };
    const lane = { way, ...gapOf(way, this.layout.card) };
    this.lanes.set(name, lane);
    return lane;
  }

  private drawEdges(): void {
    const layer = svg("g", { class: "edges", "aria-hidden": "true" }, this.root);
    const names = new Set(this.team.edges.map(([from, to]) => `${from}-${to}`));
    for (const [from, to] of this.team.edges) {
      const isBoth = names.has(`${to}-${from}`);
      if (isBoth && from > to) continue;
      const { way } = this.laneOf(from, to);
      const path = svg("path", { d: wayPath(way) }, layer);
      this.edges.set(`${from}-${to}`, path);
      if (isBoth) this.edges.set(`${to}-${from}`, path);
      else drawArrow(layer, way);
    }
  }

  /** The ways from the ledgers that the deliverable is built from. */
  private drawHandover(tray: Tray): void {
    const layer = svg("g", { class: "edges", "aria-hidden": "true" }, this.root);
    const { width, height } = this.layout.card;
    const boxes = this.team.agents.map((_, agent): Box => {
      const { x, y } = this.placeOf(agent);
      return {
        left: x - width / 2,
        right: x + width / 2,
        top: y - height / 2,
        bottom: y + height / 2,
      };
    });
    const top = this.layout.height + TRAY_GAP;
    const [left, right] = [-1, 1].map((side) => (this.width + side * tray.width) / 2);
    const target = { left, right, top, bottom: top + tray.height };
    const sources = this.team.sources.map((source) => boxes[source]);
    for (const way of routesTo(target, sources, boxes))
      svg("path", { d: roundedPath(way), class: "handover" }, layer);
  }

  private drawAgents(): void {
    this.team.agents.forEach(({ name }, agent) => {
      // Cards are stops of the tab key; of the dots the first one is, and arrow keys lead on.
      const tabindex = this.isDots() && agent > 0 ? -1 : 0;
      const button = { role: "button", tabindex, "data-agent": agent };
      const group = svg("g", button, this.root);
      svg("title", {}, group).textContent = name;
      const progress = this.isDots() ? this.drawDot(group, agent) : this.drawCard(group, agent);
      this.nodes.push({ group, progress, shown: "" });
    });
  }

  private drawDot(group: SVGElement, agent: number): undefined {
    const { x, y } = this.placeOf(agent);
    svg("circle", { cx: x, cy: y, r: 7.5 }, group);
  }

  /** Returns the bar that shows how far the turn has come. */
  private drawCard(group: SVGElement, agent: number): SVGElement {
    const { width, height, padding, head } = this.layout.card;
    const { x, y } = this.placeOf(agent);
    group.setAttribute("transform", `translate(${x - width / 2} ${y - height / 2})`);
    svg("rect", { class: "halo", width, height, rx: 9 }, group);
    svg("rect", { class: "card", width, height, rx: 9 }, group);
    svg("circle", { class: "lamp", cx: width - 14, cy: 14, r: 4.5 }, group);
    const label = svg("text", { class: "name", x: padding, y: 18 }, group);
    label.textContent = shortened(this.team.agents[agent].name, Math.floor((width - 34) / 7));
    const place = { transform: `translate(${padding} ${head})`, "aria-hidden": "true" };
    this.drawLedger(svg("g", place, group), agent);
    const bar = { x: padding, y: height - 7, width: 0, height: 3, rx: 1.5 };
    return svg("rect", { class: "progress", ...bar }, group);
  }

  private drawLedger(ledger: SVGElement, agent: number): void {
    const { width, padding, columns, cell } = this.layout.card;
    if (columns === 0) {
      const whole = { width: width - 2 * padding, height: cell };
      svg("rect", { class: "bar missing", ...whole, rx: 3 }, ledger);
      const parts = BARS.map((look) => svg("rect", { class: `bar ${look}`, height: cell }, ledger));
      this.bars.push(parts);
      return;
    }
    for (let claim = 0; claim < this.state.task.size; claim++)
      this.cells.push(this.drawClaim(ledger, this.layout.card, agent, claim));
  }

  /** A cell in its place in a grid, with the name of its claim where names are written. */
  private drawClaim(
    grid: SVGElement,
    { columns, cell, pitchX, pitch }: Grid,
    agent: number,
    claim: number,
  ): Cell {
    const corner = [(claim % columns) * pitchX, Math.floor(claim / columns) * pitch] as const;
    const drawn = drawCell(grid, corner, cell, agent, claim);
    const { letters } = this.layout.card;
    if (letters > 0) {
      const label = svg("text", { class: "claim", x: cell + 5, y: cell - 3 }, drawn.group);
      label.textContent = shortened(this.team.claims[claim].name, letters);
    }
    return drawn;
  }

  private drawTray(tray: Tray): void {
    const { cell, pitchX, columns, width, height } = tray;
    const top = this.layout.height + TRAY_GAP;
    const place = { transform: `translate(${(this.width - width) / 2} ${top})` };
    const group = svg("g", { class: "tray", ...place }, this.root);
    svg("rect", { class: "card", width, height, rx: 9 }, group);
    const label = { class: "name", x: width / 2, y: 18, "text-anchor": "middle" };
    svg("text", label, group).textContent = "Deliverable";
    const used = columns * pitchX - (this.layout.card.letters > 0 ? 0 : pitchX - cell);
    const left = (width - used) / 2;
    const cells = svg("g", { transform: `translate(${left} ${TRAY_HEAD})` }, group);
    const drawn = Math.min(this.state.task.size, this.team.drawnClaims);
    for (let claim = 0; claim < drawn; claim++)
      this.tray.push(this.drawClaim(cells, tray, -1, claim));
  }

  // ---------------------------------------------------------------- what changes

  /** How far the turns of the agents at work have come. */
  private showProgress(at: number): void {
    const { width, padding } = this.layout.card;
    this.nodes.forEach(({ progress }, agent) => {
      const began = this.state.turns[agent];
      const share = began < 0 ? 0 : this.times.ofTurn(began, at);
      progress?.setAttribute("width", `${(share * (width - 2 * padding)).toFixed(1)}`);
    });
  }

  private showAgent(agent: number): void {
    const node = this.nodes[agent];
    const { name, isOrchestrator } = this.team.agents[agent];
    const { right, wrong, flagged, missing } = this.state.counts(agent);
    const isWorking = this.state.turns[agent] >= 0;
    const kind = this.isDots() ? `dot ${this.worstOf(agent)}` : "agent";
    const look = `${kind}${isOrchestrator ? " leader" : ""}${isWorking ? " working" : ""}`;
    const doing = isWorking ? "at work" : "idle";
    const label = `${name}, ${doing}: ${right} right, ${wrong} wrong, ${flagged} flagged, ${missing} missing`;
    if (node.shown === look + label) return;
    node.shown = look + label;
    node.group.setAttribute("class", look);
    node.group.setAttribute("aria-label", label);
    if (this.bars.length > 0) this.showBar(agent);
  }

  /** What a dot shows. */
  private worstOf(agent: number): string {
    const { right, wrong, flagged, missing } = this.state.counts(agent);
    if (wrong > 0) return "wrong";
    if (flagged > 0) return "flagged";
    if (right === 0) return "missing";
    return missing > 0 ? "partly" : "right";
  }

  private showBar(agent: number): void {
    const counts = this.state.counts(agent);
    const { width, padding } = this.layout.card;
    const unit = (width - 2 * padding) / this.state.task.size;
    let x = 0;
    BARS.forEach((look, i) => {
      // Even one wrong claim of thousands is to be seen.
      const length = counts[look] === 0 ? 0 : Math.max(2, counts[look] * unit);
      this.bars[agent][i].setAttribute("x", `${x}`);
      this.bars[agent][i].setAttribute("width", `${length}`);
      x += length;
    });
  }

  private showSlot(slot: number, news: ReadonlyMap<string, string>, kin?: ReadonlySet<number>) {
    const { size, versions } = this.state.task;
    const agent = Math.floor(slot / size);
    const claim = slot % size;
    const { version, rival, mark } = this.state.slots[slot];
    showCell(this.cells[slot], {
      look: this.state.look(agent, claim),
      isAccepted: mark === "accepted",
      isCopy: version > 0 && versions[version - 1].message > 0,
      isKin: kin?.has(version) || kin?.has(rival) || false,
      rival: rival === 0 ? undefined : versions[rival - 1].erroneous ? "wrong" : "right",
      news: news.get(`${agent}:${claim}`),
    });
  }

  private showTray(news: ReadonlyMap<string, string>, kin?: ReadonlySet<number>): void {
    const { deliverable, versions, success } = this.state.task;
    const { isDelivered } = this.state;
    this.tray.forEach((cell, claim) => {
      const version = isDelivered ? deliverable[claim] : 0;
      const empty = isDelivered ? "lost" : "missing";
      const look = version === 0 ? empty : versions[version - 1].erroneous ? "wrong" : "right";
      showCell(cell, { look, isKin: kin?.has(version) ?? false, news: news.get(`-1:${claim}`) });
    });
    this.root.classList.toggle("over", isDelivered);
    this.root.classList.toggle("failed", isDelivered && !success);
  }

  private showFlights(at: number): void {
    for (const [message, flight] of this.flights)
      if (!this.state.flying.has(message)) {
        flight.remove();
        this.flights.delete(message);
        this.edgeOf(message)?.classList.remove("busy");
      }
    if (this.isDots()) return;
    for (const message of this.state.flying) {
      if (!this.flights.has(message) && this.flights.size >= MOST_FLIGHTS) continue;
      const flight = this.flights.get(message) ?? this.launch(message);
      const { from, to } = this.state.task.messages[message - 1];
      const { way, begin, end } = this.laneOf(from, to);
      const share = this.isStill ? 0.5 : eased(this.times.ofMessage(message, at));
      const { x, y } = along(way, begin + (end - begin) * share);
      flight.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    }
  }

  /** Draws a message: an envelope with a mark for every version in it, and an empty one for what was left out. */
  private launch(message: number): SVGElement {
    const { versions } = this.state.task;
    const { length: lost } = omittedFrom(this.state.task, message);
    const { versions: carried } = this.state.task.messages[message - 1];
    const load = [...new Array<number>(lost).fill(0), ...carried];
    const isWrong = (version: number) => version > 0 && versions[version - 1].erroneous;
    const rest = Math.max(0, load.length - MOST_LOAD);
    const width = Math.max(22, 8 * (load.length - rest) + 8 + (rest > 0 ? 16 : 0));
    const look = load.some(isWrong) ? "message wrong" : "message";
    const group = svg("g", { class: look }, this.flightLayer);
    svg("rect", { class: "envelope", x: -width / 2, y: -8, width, height: 16, rx: 5 }, group);
    load.slice(0, MOST_LOAD).forEach((version, i) => {
      const box = { x: -width / 2 + 5 + 8 * i, y: -3, width: 6, height: 6 };
      if (version === 0) svg("rect", { class: "load lost", ...box }, group);
      else if (isWrong(version)) svg("rect", { class: "load wrong", ...box }, group);
      else svg("rect", { class: "load right", ...box, rx: 3 }, group);
    });
    if (load.length === 0) svg("path", { class: "paper", d: "M-6 -2H6M-6 2H3" }, group);
    const end = { class: "rest", x: width / 2 - 4, y: 3.5, "text-anchor": "end" };
    if (rest > 0) svg("text", end, group).textContent = `+${rest}`;
    this.flights.set(message, group);
    this.edgeOf(message)?.classList.add("busy");
    return group;
  }

  private edgeOf(message: number): SVGElement | undefined {
    const { from, to } = this.state.task.messages[message - 1];
    return this.edges.get(`${from}-${to}`);
  }

  /** Brings out the edges along which the chosen versions came. */
  private showCarriers(kin: ReadonlySet<number> | undefined): void {
    for (const edge of this.edges.values()) edge.classList.remove("carrier");
    for (const version of kin ?? []) {
      const { message } = this.state.task.versions[version - 1];
      if (message > 0) this.edgeOf(message)?.classList.add("carrier");
    }
  }
}

/** Parts of the bar of a large ledger, from left to right. */
const BARS = ["right", "flagged", "wrong"] as const;

function trayOf({ drawnClaims }: PageTeam, layout: PageLayout, size: number): Tray {
  const { card } = layout;
  const isNamed = card.letters > 0;
  const cell = isNamed ? card.cell : size <= 40 ? 20 : size <= 120 ? 14 : 8;
  const pitch = isNamed ? card.pitch : cell + Math.round(cell / 5);
  const pitchX = isNamed ? card.pitchX : pitch;
  const fitting = Math.floor((Math.max(layout.width, card.width, NARROWEST) - 24) / pitchX);
  const drawn = Math.min(size, drawnClaims);
  const rows = Math.ceil(drawn / Math.max(isNamed ? 1 : 8, fitting));
  // As many in every row as far as may be.
  const columns = Math.ceil(drawn / rows);
  const width = Math.max(250, columns * pitchX + 24);
  return { cell, pitchX, pitch, columns, width, height: TRAY_HEAD + rows * pitch + 14 };
}

/** In the middle of an edge that runs one way. */
function drawArrow(layer: Element, way: Way): void {
  const { x, y } = along(way, 0.5);
  const ahead = along(way, 0.51);
  const angle = (Math.atan2(ahead.y - y, ahead.x - x) * 180) / Math.PI;
  const place = `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${angle.toFixed(1)})`;
  svg("path", { class: "arrow", d: "M-4 -5L3 0L-4 5", transform: place }, layer);
}

const shortened = (text: string, most: number) =>
  text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
