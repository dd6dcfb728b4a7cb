// Escalate: calls in more where the deliverable would not be complete. Its phases run at most once.
import { isSettled } from "../mechanisms/stopping.ts";
import { FIELD } from "../outcome.ts";
import type { EscalateStep } from "../steps.ts";
import { phase } from "./phase.ts";

export const escalate = phase<EscalateStep>({
  next(task, { goal, until, exit }, position) {
    if (isSettled(task, goal, until)) return exit;
    task.outcome[FIELD.escalated] = 1;
    return position + 1;
  },
});
