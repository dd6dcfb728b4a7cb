// Worklists: what an agent may do next in a large task, remembered instead of searched for in its whole ledger.
// A claim that lacks a premise waits for one of those that it lacks, and is looked at again when that one is held: what SAT
// solvers do with the literals of a clause. And of every search its place is kept, before which there is nothing to be found.
import { firstOf, HELD, type Marks, onwards, REDO, wordOf } from "./marks.ts";
import type { TaskPlan } from "./plan.ts";

export class Worklists {
  private readonly task: TaskPlan;
  private readonly marks: Marks;
  private readonly startClaim: Int32Array;
  private readonly agents: number;
  private size = 0;
  /** awake[agent * words + word]: claims that wait for no premise. Those that are ready are among them. */
  private readonly awake: Int32Array;
  /**
   * By agent × size + claim: 1 + the first claim that waits for this one, and 1 + the claim that comes after this one in the
   * list that it waits in; 0: none. Empty until some claim waits: teams with independent claims need none.
   */
  private firstWaiting = new Int32Array(0);
  private nextWaiting = new Int32Array(0);
  private isBlank = true;
  /** Of every agent: the words of its round that hold nothing unmade, and those that hold nothing unmade that is awake. */
  private readonly openFrom: Int32Array;
  private readonly readyFrom: Int32Array;
  /** Of every agent: the words of its ledger that hold nothing to be made again. */
  private readonly redoFrom: Int32Array;
  /** Of every agent: the words of its ledger that hold all it has not reviewed, from the first to before the other. */
  readonly reviewFrom: Int32Array;
  readonly reviewTo: Int32Array;

  constructor(agents: number, task: TaskPlan, marks: Marks, startClaim: Int32Array) {
    this.agents = agents;
    this.task = task;
    this.marks = marks;
    this.startClaim = startClaim;
    this.awake = new Int32Array(agents * wordOf(task.claims + 31));
    this.openFrom = new Int32Array(agents);
    this.readyFrom = new Int32Array(agents);
    this.redoFrom = new Int32Array(agents);
    this.reviewFrom = new Int32Array(agents);
    this.reviewTo = new Int32Array(agents);
  }

  /** Begins an instance of `size` claims: none waits, and nothing has been searched. */
  open(size: number): void {
    this.size = size;
    this.isBlank = true;
    this.awake.fill(-1, 0, this.agents * this.marks.words);
    this.openFrom.fill(0);
    this.readyFrom.fill(0);
    this.redoFrom.fill(0);
    this.reviewTo.fill(0);
  }

  // ---------------------------------------------------------------- what changed

  /** A version comes into an agent's ledger: it may be to review, and what waits for its claim is looked at again. */
  hold(agent: number, claim: number): void {
    this.mayReview(agent, wordOf(claim));
    if (!this.isBlank) this.wake(agent, claim);
  }

  private wake(agent: number, premise: number): void {
    const { firstWaiting, nextWaiting } = this;
    const ledger = agent * this.size;
    const words = agent * this.marks.words;
    let next = firstWaiting[ledger + premise];
    firstWaiting[ledger + premise] = 0;
    for (; next !== 0; next = nextWaiting[ledger + next - 1]) {
      const claim = next - 1;
      this.awake[words + wordOf(claim)] |= 1 << claim;
      this.readyFrom[agent] = Math.min(this.readyFrom[agent], this.placeInRound(agent, claim));
    }
  }

  /** A claim comes into an agent's scope, or goes out of its ledger: it may be unmade or unreviewed. */
  reopen(agent: number, claim: number): void {
    this.mayReview(agent, wordOf(claim));
    const place = this.placeInRound(agent, claim);
    this.openFrom[agent] = Math.min(this.openFrom[agent], place);
    this.readyFrom[agent] = Math.min(this.readyFrom[agent], place);
  }

  /** A claim is to be made again. */
  flag(agent: number, claim: number): void {
    this.redoFrom[agent] = Math.min(this.redoFrom[agent], wordOf(claim));
  }

  /** A word of an agent's ledger may hold something unreviewed. */
  private mayReview(agent: number, word: number): void {
    const isNone = this.reviewTo[agent] === 0;
    this.reviewFrom[agent] = isNone ? word : Math.min(this.reviewFrom[agent], word);
    this.reviewTo[agent] = Math.max(this.reviewTo[agent], word + 1);
  }

  /** An agent has nothing unreviewed. */
  reviewed(agent: number): void {
    this.reviewTo[agent] = 0;
  }

  // ---------------------------------------------------------------- searches

  /** The first claim of an agent that is to be made again; -1: none. */
  nextRedo(agent: number): number {
    const { bits, words } = this.marks;
    let word = this.redoFrom[agent];
    while (word < words && bits[this.marks.row(agent, word) + REDO] === 0) word++;
    this.redoFrom[agent] = word;
    return word < words ? firstOf(word, bits[this.marks.row(agent, word) + REDO]) : -1;
  }

  /** The unmade claim that comes first in an agent's round; -1: none. */
  nextOpen(agent: number): number {
    const { words } = this.marks;
    for (let place = this.openFrom[agent]; place <= words; place++) {
      const open = this.unmade(agent, place);
      this.openFrom[agent] = place;
      if (open !== 0) return firstOf(this.wordAt(agent, place), open);
    }
    this.openFrom[agent] = words + 1;
    return -1;
  }

  /** The unmade claim with all premises held that comes first in an agent's round; -1: none. */
  nextReady(agent: number): number {
    const { words } = this.marks;
    for (let place = this.readyFrom[agent]; place <= words; place++) {
      const word = this.wordAt(agent, place);
      this.readyFrom[agent] = place;
      let rest = this.unmade(agent, place) & this.awake[agent * words + word];
      for (; rest !== 0; rest &= rest - 1) {
        const claim = firstOf(word, rest);
        const premise = this.lastMissing(agent, claim);
        if (premise < 0) return claim;
        this.wait(agent, claim, premise);
      }
    }
    this.readyFrom[agent] = words + 1;
    return -1;
  }

  // ---------------------------------------------------------------- rounds

  /**
   * Agents go round from the claim they begin with. The word that it is in is met twice, as place 0 and, for what lies before
   * the start, as the last place.
   */
  private wordAt(agent: number, place: number): number {
    return (wordOf(this.startClaim[agent]) + place) % this.marks.words;
  }

  private placeInRound(agent: number, claim: number): number {
    const { words } = this.marks;
    const start = this.startClaim[agent];
    const ahead = wordOf(claim) - wordOf(start);
    if (ahead === 0) return claim < start ? words : 0;
    return ahead < 0 ? ahead + words : ahead;
  }

  /** Unmade claims at a place of an agent's round. */
  private unmade(agent: number, place: number): number {
    const open = this.marks.unmade(agent, this.wordAt(agent, place));
    const behind = onwards(this.startClaim[agent]);
    if (place === 0) return open & behind;
    return place === this.marks.words ? open & ~behind : open;
  }

  // ---------------------------------------------------------------- waiting

  /** The last premise of a claim that an agent does not hold, since agents make the last one last; -1: it holds all. */
  private lastMissing(agent: number, claim: number): number {
    const { premiseStart, premises } = this.task;
    for (let edge = premiseStart[claim + 1] - 1; edge >= premiseStart[claim]; edge--)
      if (!this.marks.has(agent, premises[edge], HELD)) return premises[edge];
    return -1;
  }

  /** Lets an unmade claim wait for a premise. */
  private wait(agent: number, claim: number, premise: number): void {
    if (this.isBlank) this.clear();
    const ledger = agent * this.size;
    this.awake[agent * this.marks.words + wordOf(claim)] &= ~(1 << claim);
    this.nextWaiting[ledger + claim] = this.firstWaiting[ledger + premise];
    this.firstWaiting[ledger + premise] = claim + 1;
  }

  private clear(): void {
    const length = this.agents * this.task.claims;
    if (this.firstWaiting.length === 0) {
      this.firstWaiting = new Int32Array(length);
      this.nextWaiting = new Int32Array(length);
    } else this.firstWaiting.fill(0, 0, this.agents * this.size);
    this.isBlank = false;
  }
}
