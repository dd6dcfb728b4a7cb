// Fatigue: people err more, and notice less, the more turns they have taken since their shift began. They are rested again when
// the next one begins.
import { shiftAt } from "../kernel/shifts.ts";
import type { AgentsPlan } from "./plan.ts";

export class Fatigue {
  private readonly agents: AgentsPlan;
  /** Of each agent, over all tasks: the shift that it is in, and turns that it has ended in it. */
  private readonly shift: Float64Array;
  private readonly turns: Int32Array;

  constructor(agents: AgentsPlan) {
    this.agents = agents;
    this.shift = new Float64Array(agents.count);
    this.turns = new Int32Array(agents.count);
  }

  reset(): void {
    this.turns.fill(0);
  }

  /**
   * Counts a turn that ends at tick `now`.
   * @returns log-odds by which more goes wrong in it; turns are shared evenly among those who work side by side
   */
  endTurn(agent: number, now: number): number {
    const { fatigue, shifts, staff } = this.agents;
    if (fatigue[agent] === 0) return 0;
    const own = shifts[agent];
    const shift = own === undefined ? 0 : shiftAt(own, now);
    if (shift !== this.shift[agent]) {
      this.shift[agent] = shift;
      this.turns[agent] = 0;
    }
    return (fatigue[agent] * this.turns[agent]++) / staff[agent];
  }
}
