// What only some scenarios say of their tasks, by the outcome field that counts such tasks. Results, tables of replications
// and thresholds have the metrics of a subject only where it is stated.
import type { OutcomeField } from "../../model/outcome.ts";
import type { Scenario } from "../schema.ts";
import { statedProperties } from "../task/claims.ts";
import { watchesBacklog } from "../workload/backlog.ts";

type Stated = Pick<Scenario, "task" | "agents" | "objectives" | "success" | "workload">;

const SUBJECTS = {
  /** What claims or lateness cost, how much claims count, or that success goes by it. */
  valued: (scenario: Stated) =>
    urgent(scenario) ||
    scenario.success?.of !== undefined ||
    statedProperties(scenario.task.graph).some(({ loss, weight, critical }) =>
      [loss, weight, critical].some((value) => value !== undefined),
    ),
  critical: ({ task }: Stated) => statedProperties(task.graph).some(({ critical }) => critical),
  urgent,
  /** That making a claim calls tools, and that these can fail. */
  tooled: ({ task, agents }: Stated) =>
    statedProperties(task.graph).some(({ tools = 0 }) => tools > 0) &&
    Object.values(agents).some(({ toolFailure = 0 }) => toolFailure > 0),
  /** That somebody works in shifts, so that turns can rest. */
  heldUp: ({ agents }: Stated) => Object.values(agents).some(({ shifts }) => shifts !== undefined),
  /** The backlog, and how large it may be. */
  watched: watchesBacklog,
  backlogLimited: ({ objectives }: Stated) => objectives.backlog !== undefined,
} as const satisfies Partial<Record<OutcomeField, (scenario: Stated) => boolean>>;

function urgent({ objectives }: Stated): boolean {
  return objectives.loss !== undefined;
}

export type Subject = keyof typeof SUBJECTS;

export const isSubject = (field: string | undefined): field is Subject =>
  field !== undefined && Object.hasOwn(SUBJECTS, field);

/** Whether a scenario states what the metrics of a subject are about. */
export const states = (subject: Subject, scenario: Stated): boolean => SUBJECTS[subject](scenario);

/** All that some of the scenarios state. */
export const subjectsOf = (scenarios: readonly Stated[]): Subject[] =>
  (Object.keys(SUBJECTS) as Subject[]).filter((subject) =>
    scenarios.some((scenario) => states(subject, scenario)),
  );
