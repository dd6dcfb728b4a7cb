// An observer that writes down what was made and how errors descend, for tests.
import type { TaskCase } from "../../src/model/case.ts";
import type { Observer } from "../../src/model/observer.ts";

export interface Row {
  readonly version: number;
  readonly value: number;
  readonly parent: number;
  readonly origin: number;
  readonly cause: number;
}

export class Recorder implements Observer<TaskCase> {
  at = 0;
  private readonly made_: { agent: number; claim: number; cause: number; wrong: boolean }[] = [];
  /** All versions of each finished task, in order: version v is row v - 1. */
  readonly lineages: Row[][] = [];

  /** What the agents made, each by itself and in its own order. */
  madeBy(agents: readonly number[]) {
    return agents.flatMap((agent) => this.made_.filter((m) => m.agent === agent));
  }

  made(task: TaskCase, agent: number, version: number): void {
    const { claim, cause, value } = task.versions;
    this.made_.push({
      agent,
      claim: claim[version],
      cause: cause[version],
      wrong: value[version] !== 0,
    });
  }

  finished(task: TaskCase): void {
    const { count, value, parent, origin, cause } = task.versions;
    const rows: Row[] = [];
    for (let v = 1; v < count; v++)
      rows.push({
        version: v,
        value: value[v],
        parent: parent[v],
        origin: origin[v],
        cause: cause[v],
      });
    this.lineages.push(rows);
  }
}
