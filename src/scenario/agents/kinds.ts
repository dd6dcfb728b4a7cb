// The kinds of agent: language models, people and programs. Which parameters are of one kind only, and what a program cannot
// do wrong.
import type { AgentKind } from "../../model/plan.ts";
import type { LatencySpec } from "../fields.ts";
import type { AgentSpec } from "./schema.ts";

export const kindOf = ({ kind = "model" }: AgentSpec): AgentKind => kind;

/** Parameters that not all kinds have, and those that do. */
export const OF_KINDS = {
  model: ["model"],
  errorRate: ["human", "code"],
  duration: ["human", "code"],
  price: ["human", "code"],
  fatigue: ["human"],
} as const satisfies Partial<Record<keyof AgentSpec, readonly AgentKind[]>>;

/**
 * A program does as it is told: nothing gets lost in its words, and nothing around it leads it astray. It does not guess
 * either: what it makes without one of the premises is wrong.
 */
export const OF_CODE = {
  guess: 1,
  handoff: 0,
  omission: 0,
  distortion: 0,
  conflict: 0,
  synthesisLoss: 0,
  toolEffect: 0,
  distraction: 0,
  overlap: 0,
} as const satisfies Partial<AgentSpec>;

const NO_TIME: LatencySpec = { distribution: "constant", mean: 0 };

/** What holds of a group: its parameters without those of other kinds, and with those that its kind fixes. */
export function asItsKind(spec: AgentSpec): AgentSpec {
  const kind = kindOf(spec);
  const isOfKind = ([key]: [string, unknown]) =>
    !(key in OF_KINDS) ||
    (OF_KINDS[key as keyof typeof OF_KINDS] as readonly AgentKind[]).includes(kind);
  const own = Object.fromEntries(Object.entries(spec).filter(isOfKind)) as AgentSpec;
  if (kind !== "code") return own;
  const { role, count, ...rest } = own;
  return { role, count, kind, errorRate: 0, duration: NO_TIME, ...rest, ...OF_CODE };
}
