// What one team looks like at a moment of a replay: its ledgers, who is at work, what is under way. Made by going
// through the events from the beginning; going back begins anew.
import type { ReplayEvent, ReplaySlot, ReplayTask } from "../../experiment/replay/document.ts";

/** What is to be seen in an agent's place for a claim. */
export type Look = "missing" | "right" | "wrong" | "flagged";

const EMPTY: Omit<ReplaySlot, "claim"> = { version: 0, mark: "held", rival: 0 };

export class TeamState {
  readonly task: ReplayTask;
  readonly agents: number;
  /** Place of every agent for every claim: slots[agent * size + claim]. */
  readonly slots: Omit<ReplaySlot, "claim">[];
  /** Number of the event with which each agent's turn began; -1: it is not at work. */
  readonly turns: number[];
  /** Messages under way. */
  readonly flying = new Set<number>();
  phase = "";
  round = 0;
  isDelivered = false;
  /** US dollars spent on the task so far, where that is told. */
  spent: number | undefined = undefined;
  /** Events that happened. */
  done = 0;

  constructor(task: ReplayTask, agents: number) {
    this.task = task;
    this.agents = agents;
    this.slots = new Array(agents * task.size).fill(EMPTY);
    this.turns = new Array(agents).fill(-1);
  }

  /** Goes to the state in which `count` events have happened. */
  goTo(count: number): void {
    if (count < this.done) Object.assign(this, new TeamState(this.task, this.agents));
    while (this.done < count) this.apply(this.task.events[this.done], this.done++);
  }

  look(agent: number, claim: number): Look {
    const { version, mark } = this.slots[agent * this.task.size + claim];
    if (version === 0) return "missing";
    if (mark === "flagged") return "flagged";
    return this.task.versions[version - 1].erroneous ? "wrong" : "right";
  }

  /** How many claims of an agent look like what. */
  counts(agent: number): Record<Look, number> {
    const counts = { missing: 0, right: 0, wrong: 0, flagged: 0 };
    for (let claim = 0; claim < this.task.size; claim++) counts[this.look(agent, claim)]++;
    return counts;
  }

  private apply(event: ReplayEvent, number: number): void {
    switch (event.event) {
      case "phase":
        this.phase = event.phase;
        if (event.phase === "repeat") this.round = event.round;
        break;
      case "turnBegan":
        this.turns[event.agent] = number;
        break;
      case "turnEnded":
        this.turns[event.agent] = -1;
        this.spent = event.spent;
        break;
      case "sent":
        this.flying.add(event.message);
        break;
      case "arrived":
        this.flying.delete(event.message);
        break;
      case "ledger":
        for (const { claim, ...slot } of event.slots)
          this.slots[event.agent * this.task.size + claim] = slot;
        break;
      case "delivered":
        this.isDelivered = true;
        this.flying.clear();
    }
  }
}
