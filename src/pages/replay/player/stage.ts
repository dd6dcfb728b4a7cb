/// <reference lib="dom" />
// The picture of one team: agents as cards with their ledgers, edges, messages on their way, the deliverable.
import type { Moment } from "../pace.ts";
import type { PageTeam } from "../pageData.ts";
import { type Cell, drawCell, showCell, svg } from "./cell.ts";
import type { News, TeamState } from "./state.ts";
import { Times } from "./times.ts";
import { along, eased, gapOf, type Point, type Way, wayPath } from "./ways.ts";

const MARGIN = 26;
/** Small teams are not drawn larger than this width makes them. */
const NARROWEST = 470;
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

/** The deliverable: rows of cells. */
interface Tray {
  readonly cell: number;
  readonly pitch: number;
  readonly columns: number;
  readonly width: number;
  readonly height: number;
}

export class Stage {
  readonly root: SVGElement;
  private readonly team: PageTeam;
  private readonly state: TeamState;
  private readonly times: Times;
  private readonly isStill: boolean;
  private readonly width: number;
  private readonly nodes: Node[] = [];
  private readonly cells: Cell[] = [];
  private readonly bars: SVGElement[][] = [];
  private readonly tray: Cell[] = [];
  private readonly edges = new Map<string, SVGElement>();
  private readonly flights = new Map<number, SVGElement>();
  private readonly flightLayer = svg("g", { class: "flights", "aria-hidden": "true" });
  /** What was drawn last. */
  private stamp = "";

  /**
   * @param place position of the team on the page
   * @param isStill whether nothing is to move by itself
   */
  constructor(
    team: PageTeam,
    state: TeamState,
    moments: readonly Moment[],
    place: number,
    isStill: boolean,
  ) {
    this.team = team;
    this.state = state;
    this.isStill = isStill;
    this.times = new Times(state.task, moments, place);
    const tray = trayOf(team, state.task.size);
    this.width = Math.max(team.layout.width, tray.width, NARROWEST);
    const height = team.layout.height + TRAY_GAP + tray.height;
    this.root = svg("svg", {
      viewBox: `${-MARGIN} ${-MARGIN} ${this.width + 2 * MARGIN} ${height + 1.4 * MARGIN}`,
      role: "group",
      "aria-label": `Team ${team.scenario}: ${team.agents.length} agents and their ledgers`,
      class: "stage",
    });
    this.drawEdges();
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
    return this.team.layout.shape === "dots";
  }

  /** The middle of an agent; the team stands in the middle of the picture. */
  private placeOf(agent: number): Point {
    const { places, width } = this.team.layout;
    const { x, y } = places[agent];
    return { x: x + (this.width - width) / 2, y };
  }

  /** Straight; under a hub, peers that are no neighbours exchange below their row, where nothing is in the way. */
  private wayOf(sender: number, receiver: number): Way {
    const { card, layout } = this.team;
    const from = this.placeOf(sender);
    const to = this.placeOf(receiver);
    const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    const isRow = Math.abs(from.y - to.y) < card.height;
    const isFar = Math.abs(from.x - to.x) > 1.6 * card.width + 20;
    const sag = layout.shape === "hub" && isRow && isFar ? 1.5 * card.height : 0;
    return { from, bend: { x: middle.x, y: middle.y + sag }, to };
  }

  private drawEdges(): void {
    const layer = svg("g", { class: "edges", "aria-hidden": "true" }, this.root);
    const names = new Set(this.team.edges.map(([from, to]) => `${from}-${to}`));
    for (const [from, to] of this.team.edges) {
      const isBoth = names.has(`${to}-${from}`);
      if (isBoth && from > to) continue;
      const way = this.wayOf(from, to);
      const path = svg("path", { d: wayPath(way) }, layer);
      this.edges.set(`${from}-${to}`, path);
      if (isBoth) this.edges.set(`${to}-${from}`, path);
      else drawArrow(layer, way);
    }
    if (this.isDots()) return;
    const top = this.team.layout.height + TRAY_GAP;
    const middle = this.width / 2;
    for (const source of this.team.sources) {
      const { x, y } = this.placeOf(source);
      const way = `M${x} ${y}C${x} ${top - 20} ${middle} ${top - 50} ${middle} ${top}`;
      svg("path", { d: way, class: "handover" }, layer);
    }
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
    const { width, height, padding, head } = this.team.card;
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
    const { width, padding, columns, cell, pitch } = this.team.card;
    if (columns === 0) {
      const whole = { width: width - 2 * padding, height: cell };
      svg("rect", { class: "bar missing", ...whole, rx: 3 }, ledger);
      const parts = BARS.map((look) => svg("rect", { class: `bar ${look}`, height: cell }, ledger));
      this.bars.push(parts);
      return;
    }
    for (let claim = 0; claim < this.state.task.size; claim++) {
      const corner = [(claim % columns) * pitch, Math.floor(claim / columns) * pitch] as const;
      this.cells.push(drawCell(ledger, corner, cell, agent, claim));
    }
  }

  private drawTray({ cell, pitch, columns, width, height }: Tray): void {
    const top = this.team.layout.height + TRAY_GAP;
    const place = { transform: `translate(${(this.width - width) / 2} ${top})` };
    const group = svg("g", { class: "tray", ...place }, this.root);
    svg("rect", { class: "card", width, height, rx: 9 }, group);
    const label = { class: "name", x: width / 2, y: 18, "text-anchor": "middle" };
    svg("text", label, group).textContent = "Deliverable";
    const left = (width - columns * pitch + (pitch - cell)) / 2;
    const cells = svg("g", { transform: `translate(${left} ${TRAY_HEAD})` }, group);
    const drawn = Math.min(this.state.task.size, this.team.drawnClaims);
    for (let claim = 0; claim < drawn; claim++) {
      const corner = [(claim % columns) * pitch, Math.floor(claim / columns) * pitch] as const;
      this.tray.push(drawCell(cells, corner, cell, -1, claim));
    }
  }

  // ---------------------------------------------------------------- what changes

  /** How far the turns of the agents at work have come. */
  private showProgress(at: number): void {
    const { width, padding } = this.team.card;
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
    const { width, padding } = this.team.card;
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
      const way = this.wayOf(from, to);
      const { begin, end } = gapOf(way, this.team.card);
      const share = this.isStill ? 0.5 : eased(this.times.ofMessage(message, at));
      const { x, y } = along(way, begin + (end - begin) * share);
      flight.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    }
  }

  /** Draws a message: an envelope with a mark for every version in it. */
  private launch(message: number): SVGElement {
    const { versions } = this.state.task;
    const load = this.state.task.messages[message - 1].versions;
    const isWrong = (version: number) => versions[version - 1].erroneous;
    const rest = Math.max(0, load.length - MOST_LOAD);
    const width = Math.max(22, 8 * (load.length - rest) + 8 + (rest > 0 ? 16 : 0));
    const look = load.some(isWrong) ? "message wrong" : "message";
    const group = svg("g", { class: look }, this.flightLayer);
    svg("rect", { class: "envelope", x: -width / 2, y: -8, width, height: 16, rx: 5 }, group);
    load.slice(0, MOST_LOAD).forEach((version, i) => {
      const box = { x: -width / 2 + 5 + 8 * i, y: -3, width: 6, height: 6 };
      if (isWrong(version)) svg("rect", { class: "load wrong", ...box }, group);
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

function trayOf({ layout, card, drawnClaims }: PageTeam, size: number): Tray {
  const cell = size <= 40 ? 20 : size <= 120 ? 14 : 8;
  const pitch = cell + Math.round(cell / 5);
  const fitting = Math.floor((Math.max(layout.width, card.width) - 24) / pitch);
  const columns = Math.min(size, Math.max(8, fitting));
  const rows = Math.ceil(Math.min(size, drawnClaims) / columns);
  const width = Math.max(250, columns * pitch + 24);
  return { cell, pitch, columns, width, height: TRAY_HEAD + rows * pitch + 14 };
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
