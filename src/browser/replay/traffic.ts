// Edges between agents, and the messages on them.
import { omittedFrom } from "../../experiment/replay/faults.ts";
import type { PageLayout } from "../../pages/replay/pageData.ts";
import { svg } from "./dom.ts";
import type { Side } from "./side.ts";
import type { Times } from "./times.ts";
import { along, eased, gapOf, type Way, wayOf, wayPath } from "./ways.ts";

/** More messages than these are not drawn at once, nor more versions in one. */
const MOST_FLIGHTS = 80;
const MOST_LOAD = 6;

/** A way of messages: they are seen from one share of it to another. */
interface Lane {
  readonly way: Way;
  readonly begin: number;
  readonly end: number;
}

export class Traffic {
  /** Lies below the agents. */
  readonly edgeLayer = svg("g", { class: "edges", "aria-hidden": "true" });
  /** Lies above the agents. */
  readonly flightLayer = svg("g", { class: "flights", "aria-hidden": "true" });
  private readonly side: Side;
  private readonly layout: PageLayout;
  private readonly times: Times;
  private readonly isStill: boolean;
  private readonly edges = new Map<string, SVGElement>();
  private readonly lanes = new Map<string, Lane>();
  private readonly flights = new Map<number, SVGElement>();

  /** @param isStill whether nothing is to move by itself */
  constructor(side: Side, layout: PageLayout, times: Times, isStill: boolean) {
    this.side = side;
    this.layout = layout;
    this.times = times;
    this.isStill = isStill;
    this.drawEdges();
  }

  /** Shows the messages under way at a playing time. */
  showFlights(at: number): void {
    const { state, task } = this.side;
    for (const [message, flight] of this.flights)
      if (!state.flying.has(message)) {
        flight.remove();
        this.flights.delete(message);
        this.edgeOf(message)?.classList.remove("busy");
      }
    if (this.layout.shape === "dots") return;
    for (const message of state.flying) {
      if (!this.flights.has(message) && this.flights.size >= MOST_FLIGHTS) continue;
      const flight = this.flights.get(message) ?? this.launch(message);
      const { from, to } = task.messages[message - 1];
      const { way, begin, end } = this.laneOf(from, to);
      const share = this.isStill ? 0.5 : eased(this.times.ofMessage(message, at));
      const { x, y } = along(way, begin + (end - begin) * share);
      flight.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    }
  }

  /** Brings out the edges along which the chosen versions came. */
  showCarriers(kin: ReadonlySet<number> | undefined): void {
    for (const edge of this.edges.values()) edge.classList.remove("carrier");
    for (const version of kin ?? []) {
      const { message } = this.side.task.versions[version - 1];
      if (message > 0) this.edgeOf(message)?.classList.add("carrier");
    }
  }

  private drawEdges(): void {
    const { edges } = this.side.team;
    const names = new Set(edges.map(([from, to]) => `${from}-${to}`));
    for (const [from, to] of edges) {
      const isBoth = names.has(`${to}-${from}`);
      if (isBoth && from > to) continue;
      const { way } = this.laneOf(from, to);
      const path = svg("path", { d: wayPath(way) }, this.edgeLayer);
      this.edges.set(`${from}-${to}`, path);
      if (isBoth) this.edges.set(`${to}-${from}`, path);
      else drawArrow(this.edgeLayer, way);
    }
  }

  /** The way of messages between two agents, and the part of it that is not on their cards. */
  private laneOf(sender: number, receiver: number): Lane {
    const name = `${sender}-${receiver}`;
    const known = this.lanes.get(name);
    if (known !== undefined) return known;
    const way = wayOf(this.layout, sender, receiver);
    const lane = { way, ...gapOf(way, this.layout.card) };
    this.lanes.set(name, lane);
    return lane;
  }

  /** Draws a message: an envelope with a mark for every version in it, and an empty one for what was left out. */
  private launch(message: number): SVGElement {
    const { versions, messages } = this.side.task;
    const { length: lost } = omittedFrom(this.side.task, message);
    const load = [...new Array<number>(lost).fill(0), ...messages[message - 1].versions];
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
    const { from, to } = this.side.task.messages[message - 1];
    return this.edges.get(`${from}-${to}`);
  }
}

/** In the middle of an edge that runs one way. */
function drawArrow(layer: Element, way: Way): void {
  const { x, y } = along(way, 0.5);
  const ahead = along(way, 0.51);
  const angle = (Math.atan2(ahead.y - y, ahead.x - x) * 180) / Math.PI;
  const place = `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${angle.toFixed(1)})`;
  svg("path", { class: "arrow", d: "M-4 -5L3 0L-4 5", transform: place }, layer);
}
