// The definitions of error amplification that the source gives, each as a quotient on every benchmark: how many more errors
// reach aggregation, how many more tasks fail, and how many more overhead tokens a success costs than with the single agent.
import { type PerBenchmark, perTask, type Quotient } from "./definitions.ts";
import { AMPLIFICATIONS, type Architecture, TASK_AMPLIFICATIONS, type Team } from "./published.ts";

/** A definition: what is compared with the single agent, and the published values that go by it. */
interface Definition {
  readonly title: string;
  readonly text: string;
  readonly quantity: (architecture: Architecture) => PerBenchmark;
  readonly published: (team: Team) => number;
  /** What is held against its averages, if anything. */
  readonly note: string;
}

const success = perTask("success");
const overheadTokens = perTask("overheadTokens");

/** The definitions by name; metrics `amplification.NAME` are the same on one benchmark. */
export const DEFINITIONS = {
  propagation: {
    title: "Errors that reach aggregation, relative to the single agent",
    text: "E / E_s",
    quantity: perTask("errorsAtAggregation"),
    published: (team) => AMPLIFICATIONS[team].published,
    note: "Held against the published value is the geometric mean, and on every benchmark the order of the teams.",
  },
  task: {
    title: "Tasks that fail, relative to the single agent",
    text: "(1 - S) / (1 - S_s)",
    quantity: perTask("failure"),
    published: (team) => TASK_AMPLIFICATIONS[team],
    note: "Published is our calculation from the success rates. It is held against the mean of ratios.",
  },
  trace: {
    title: "Overhead tokens per success, relative to the single agent",
    text: "(overhead tokens / S) / (overhead tokens_s / S_s)",
    quantity: (one) => (mean, benchmark) =>
      overheadTokens(one)(mean, benchmark) / success(one)(mean, benchmark),
    published: (team) => AMPLIFICATIONS[team].published,
    note: "The authors' script defines the published values so, as one constant per architecture. Nothing is held against them here: what counts as overhead is not published closely enough.",
  },
} as const satisfies Readonly<Record<string, Definition>>;

export type AmplificationName = keyof typeof DEFINITIONS;

/** The amplification of a team by a definition. */
export function amplificationOf(name: AmplificationName, team: Team): Quotient {
  const { text, quantity } = DEFINITIONS[name];
  return { text, above: quantity(team), below: quantity("single") };
}
