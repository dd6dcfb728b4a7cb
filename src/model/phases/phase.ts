// What a phase is to the engine: how a step of its kind begins, what a turn does in it, how it goes on after a turn, and which
// step follows. The step ends when none of its turns and messages is outstanding.
import type { TaskCase } from "../case.ts";
import type { Scheduler } from "../scheduler.ts";
import type { Step } from "../steps.ts";

export interface Phase<S extends Step> {
  /** Begins the step: asks for turns, sends messages, or does at once what takes no time. */
  begin(task: TaskCase, step: S, scheduler: Scheduler): void;
  /**
   * Does what an agent's turn is for. It is not called for a turn whose calls all failed.
   * @param tokens output tokens of the turn
   */
  act(task: TaskCase, step: S, agent: number, tokens: number, scheduler: Scheduler): void;
  /** Goes on after an agent's turn, by asking for another one perhaps. */
  goOn(task: TaskCase, step: S, agent: number, scheduler: Scheduler): void;
  /** Chooses the step that follows; asked once, right after `begin`. `position`: that of the step itself. */
  next(task: TaskCase, step: S, position: number): number;
}

/** A phase that does nothing but what is given. All phases have one shape, which V8 reads faster than eight. */
export function phase<S extends Step>(parts: Partial<Phase<S>>): Phase<S> {
  const {
    begin = () => {},
    act = () => {},
    goOn = () => {},
    next = (_task, _step, position) => position + 1,
  } = parts;
  return { begin, act, goOn, next };
}
