// Who works in a scenario as documents of one replication tell it: people and programs, how many, and in which shifts.
import { toSeconds } from "../kernel/time.ts";
import type { Plan } from "../model/plan.ts";
import type { Scenario } from "../scenario/schema.ts";

/** What is told of an agent, each only where the scenario states it. */
export interface Duty {
  /** Of people and programs; whoever has no kind is a language model. */
  readonly kind?: "human" | "code";
  /** Turns that the agent takes at a time. */
  readonly staff?: number;
  /** When it works, as the scenario says: `mon-fri 9:00-17:00`. */
  readonly shifts?: string;
  /** The same in seconds of simulated time, for one week after which it begins anew. The first span may begin before 0. */
  readonly open?: readonly (readonly [from: number, to: number])[];
}

/** The duties of every agent, in their order. */
export function dutiesOf({ agents }: Scenario, plan: Plan): Duty[] {
  const specs = Object.values(agents).flatMap((spec) => Array<typeof spec>(spec.count).fill(spec));
  return specs.map(({ kind = "model", staff, shifts }, agent) => ({
    ...(kind === "model" ? {} : { kind }),
    ...(staff === undefined ? {} : { staff }),
    ...(shifts === undefined ? {} : { shifts: [shifts].flat().map(shiftText).join("; ") }),
    ...openOf(plan, agent),
  }));
}

const shiftText = ({ days, hours }: { days: string | string[]; hours: string | string[] }) =>
  [days, hours].map((parts) => [parts].flat().join(", ")).join(" ");

function openOf({ agents }: Plan, agent: number): Pick<Duty, "open"> {
  const shifts = agents.shifts[agent];
  if (shifts === undefined) return {};
  const { from, to, offset, week } = shifts;
  const open = Array.from(from, (begin, i) => {
    // The first week may be one that has begun.
    const shift = to[i] > offset ? -offset : week - offset;
    return [toSeconds(begin + shift), toSeconds(to[i] + shift)] as const;
  });
  return { open: open.sort(([a], [b]) => a - b) };
}
