// What a protocol can bring about at all, whatever the luck: which agents may come to make, receive and accept which
// claims. It walks the steps as the engine does, but with sets of what may be (abstract interpretation: Cousot and
// Cousot 1977). The sets are never too small, so that what is not in them never happens.
import type {
  AggregateStep,
  AssignStep,
  CheckStep,
  Plan,
  RepeatStep,
  SendStep,
  Until,
  WorkStep,
} from "../../model/plan.ts";
import type { Cells } from "./cells.ts";
import { cellsAmong } from "./cells.ts";
import { ClaimSets, wordsOf } from "./claimSets.ts";
import { clearedCells, sharesOf } from "./scopes.ts";

/** Words that one analysis may touch: some tens of milliseconds. Where that is not enough it says nothing. */
export const MOST_WORDS = 20_000_000;

/** What may be by the end. Rows of sets are cells, unless said otherwise. */
export interface Reach {
  readonly plan: Plan;
  readonly cells: Cells;
  readonly made: ClaimSets;
  readonly received: ClaimSets;
  readonly accepted: ClaimSets;
  /** Rows are edges. */
  readonly carried: ClaimSets;
  /** What may be at each step, over all visits to it. */
  readonly at: readonly StepReach[];
}

export interface StepReach {
  /** assign: claims given; work: claims in scope; check: claims looked at. */
  readonly claims: ClaimSets;
  /** work: claims held when it ends. */
  readonly held: ClaimSets;
  /** send: whether a version may be carried. */
  can: boolean;
  /** repeat: claims that keep its condition from holding when a round ends. */
  lacked: readonly number[];
  /** repeat: rounds of one visit after which nothing changes any more. */
  rounds: number;
}

/**
 * Explores a plan.
 * @param isBounded whether loops end after their number of rounds, rather than go on as long as something changes
 * @returns undefined where that would take too long
 */
export function explore(plan: Plan, cells: Cells, isBounded: boolean): Reach | undefined {
  if (wordsOfPass(plan, cells) > MOST_WORDS / 8) return undefined;
  const walk = new Walk(plan, cells, isBounded);
  walk.go(0, plan.steps.length);
  return walk.spent > MOST_WORDS ? undefined : walk;
}

/** Words that the sets take, and that going through all steps once may touch. */
function wordsOfPass({ steps, task }: Plan, { count, to }: Cells): number {
  const words = wordsOf(task.claims);
  let sum = (5 * count + to.length) * words;
  for (const step of steps) {
    sum += 3 * count * words;
    if (step.op === "send") sum += 2 * to.length * words;
    if (step.op === "work") sum += count * (task.premises.length + task.claims);
  }
  return sum;
}

class Walk implements Reach {
  readonly plan: Plan;
  readonly cells: Cells;
  readonly made: ClaimSets;
  readonly received: ClaimSets;
  readonly accepted: ClaimSets;
  readonly carried: ClaimSets;
  readonly at: StepReach[];
  /** Words touched so far, roughly. */
  spent = 0;
  private readonly isBounded: boolean;
  /** What is in whose scope at the moment: all that sets do, this one alone can shrink. */
  private scopes: ClaimSets;
  /** How often one of the other sets has grown. */
  private changes = 0;
  private readonly shares = new Map<string, ClaimSets>();

  constructor(plan: Plan, cells: Cells, isBounded: boolean) {
    const { claims } = plan.task;
    const sets = () => new ClaimSets(cells.count, claims);
    this.plan = plan;
    this.cells = cells;
    this.isBounded = isBounded;
    this.made = sets();
    this.received = sets();
    this.accepted = sets();
    this.carried = new ClaimSets(cells.to.length, claims);
    this.at = plan.steps.map(() => ({
      claims: sets(),
      held: sets(),
      can: false,
      lacked: [],
      rounds: 1,
    }));
    // Every claim is in everybody's scope until somebody assigns.
    this.scopes = sets();
    for (let cell = 0; cell < cells.count; cell++) this.scopes.fill(cell);
  }

  /** Goes through the steps `from` .. `to` - 1. */
  go(from: number, to: number): void {
    let position = from;
    while (position < to && this.spent <= MOST_WORDS) {
      const step = this.plan.steps[position];
      this.spent += this.cells.count * this.made.words;
      if (step.op === "assign") this.assign(step, position);
      else if (step.op === "work") this.work(step, position);
      else if (step.op === "send") this.send(step, position);
      else if (step.op === "check") this.check(step, position);
      else if (step.op === "repeat") this.repeat(step, position);
      else if (step.op === "escalate") this.escalate(step.exit, position);
      position = step.op === "repeat" || step.op === "escalate" ? step.exit : position + 1;
    }
  }

  private assign(step: AssignStep, position: number): void {
    const planner = step.by < 0 ? -1 : this.cells.of[step.by];
    const hasAccepted = planner >= 0 && !this.accepted.isEmpty(planner);
    const shares = this.sharesAt(step, position, hasAccepted);
    for (const cell of clearedCells(this.plan, this.cells, step)) this.scopes.clear(cell);
    this.scopes.addAll(shares);
    this.at[position].claims.addAll(shares);
  }

  private sharesAt(step: AssignStep, position: number, hasAccepted: boolean): ClaimSets {
    const key = `${position} ${hasAccepted}`;
    const known = this.shares.get(key);
    if (known !== undefined) return known;
    const shares = sharesOf(this.plan, this.cells, step, hasAccepted);
    this.shares.set(key, shares);
    return shares;
  }

  private work(step: WorkStep, position: number): void {
    const { claims, held } = this.at[position];
    for (const cell of workingCells(this.plan, this.cells, step)) {
      claims.addRow(cell, this.scopes, cell);
      if (step.onlyReady) this.makeReady(cell);
      else this.note(this.made.addRow(cell, this.scopes, cell));
      held.addRow(cell, this.made, cell);
      held.addRow(cell, this.received, cell);
    }
  }

  /** Makes the claims whose premises may be held. They are in topological order, so that one pass finds all. */
  private makeReady(cell: number): void {
    const { premiseStart, premises } = this.plan.task;
    for (const claim of this.scopes.list(cell)) {
      let edge = premiseStart[claim];
      while (edge < premiseStart[claim + 1] && holds(this, cell, premises[edge])) edge++;
      this.spent += 1 + edge - premiseStart[claim];
      if (edge === premiseStart[claim + 1]) this.note(this.made.add(cell, claim));
    }
  }

  /** All messages of a step are written before one arrives. */
  private send(step: SendStep, position: number): void {
    const { cells, carried } = this;
    const senders = cellsAmong(cells, step.from);
    const isTarget = targetCells(cells, step);
    const sent = new ClaimSets(senders.length, carried.claims);
    for (const [row, cell] of senders.entries()) {
      if (step.what === "accepted") sent.addRow(row, this.accepted, cell);
      else for (const sets of [this.made, this.received]) sent.addRow(row, sets, cell);
    }
    for (const [row, cell] of senders.entries()) {
      if (sent.isEmpty(row)) continue;
      for (let edge = cells.start[cell]; edge < cells.start[cell + 1]; edge++) {
        if (isTarget[cells.to[edge]] === 0 || cells.isOpen[edge] === 0) continue;
        this.spent += 2 * carried.words;
        this.at[position].can = true;
        this.note(carried.addRow(edge, sent, row));
        this.note(this.received.addRow(cells.to[edge], sent, row));
      }
    }
  }

  private check(step: CheckStep, position: number): void {
    const { claims } = this.at[position];
    for (const cell of cellsAmong(this.cells, step.who)) {
      const { of } = step;
      if (of === "accepted") claims.addRow(cell, this.accepted, cell);
      if (of === "own" || of === "all") claims.addRow(cell, this.made, cell);
      if (of === "received" || of === "all") claims.addRow(cell, this.received, cell);
      this.note(this.accepted.addRow(cell, claims, cell));
    }
  }

  private repeat({ rounds, until, exit }: RepeatStep, position: number): void {
    let left: ClaimSets | undefined;
    for (let round = 1; ; round++) {
      const changes = this.changes;
      const scopes = this.scopes.copy();
      this.go(position + 1, exit);
      this.at[position].lacked = lacking(this, this.plan.aggregate, until);
      left ??= this.scopes.copy();
      left.addAll(this.scopes);
      const isStable = changes === this.changes && this.scopes.equals(scopes);
      if (!isStable) this.at[position].rounds = Math.max(this.at[position].rounds, round);
      if (isStable || this.spent > MOST_WORDS || (this.isBounded && round === rounds)) break;
    }
    this.scopes = left;
  }

  private escalate(exit: number, position: number): void {
    const scopes = this.scopes.copy();
    this.go(position + 1, exit);
    this.scopes.addAll(scopes);
  }

  private note(isNew: boolean): void {
    if (isNew) this.changes++;
  }
}

/** Whether a cell may come to hold a claim. */
export function holds({ made, received }: Reach, cell: number, claim: number): boolean {
  return made.has(cell, claim) || received.has(cell, claim);
}

/** Whether a cell may hand a claim over to the aggregator. */
export function handsOver(
  reach: Reach,
  { acceptedOnly }: AggregateStep,
  cell: number,
  claim: number,
): boolean {
  return acceptedOnly ? reach.accepted.has(cell, claim) : holds(reach, cell, claim);
}

/** Cells that have turns in a work phase. */
export function workingCells({ agents }: Plan, cells: Cells, { who }: WorkStep): number[] {
  return cellsAmong(
    cells,
    who.filter((agent) => agents.maxTurns[agent] > 0),
  );
}

/** 1 for the cells that a send phase is addressed to. */
export function targetCells(cells: Cells, { isTarget }: SendStep): Uint8Array {
  const targets = new Uint8Array(cells.count);
  for (const [agent, cell] of cells.of.entries()) targets[cell] |= isTarget[agent];
  return targets;
}

/** Claims, of even the smallest instance, for which the condition of a loop cannot hold: see model/aggregating.ts. */
function lacking(reach: Reach, step: AggregateStep, until: Until): number[] {
  if (until === "never") return [];
  const { plan, cells } = reach;
  const from = Array.from(step.from, (agent) => cells.of[agent]);
  const needed = until === "ahead" ? step.lead : anyIsEnough(step) ? 1 : from.length;
  const smallest = plan.task.fixedSize ? plan.task.claims : 1;
  const lacked: number[] = [];
  for (let claim = 0; claim < smallest; claim++) {
    let there = 0;
    for (let i = 0; i < from.length && there < needed; i++)
      if (handsOver(reach, step, from[i], claim)) there++;
    if (there < needed) lacked.push(claim);
  }
  return lacked;
}

/** Whether a claim is covered as soon as one ledger has it. */
export function anyIsEnough({ how }: AggregateStep): boolean {
  return how === "concatenate" || how === "first";
}
