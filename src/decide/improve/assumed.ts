// Numbers that options take where the scenario states none. Every option that takes one says so.
import { plainText } from "./text.ts";
import type { CheckRates } from "./view.ts";

/** Of a check by a model, where no agent of the scenario has one of the kind. */
export const CHECK: CheckRates = { recall: 0.5, falseAlarm: 0.05 };

/** A person who looks at what is risky, where the scenario has none. */
export const PERSON = {
  kind: "human",
  role: "orchestrator",
  errorRate: 0.02,
  duration: { distribution: "lognormal", mean: 360, cv: 1 },
  price: { perHour: 50 },
  checks: { orchestrator: { recall: 0.85, falseAlarm: 0.02 } },
} as const;

/** How far a router errs in judging how hard a task is, as a share of the spread of difficulty. */
export const ROUTER_NOISE = 0.5;

/** Rounds of a loop that is added so that what is rejected is made again. */
export const ROUNDS = 3;

/** Below this stated confidence a person looks. */
export const UNSURE = 0.7;

export const ratesText = ({ recall, falseAlarm }: CheckRates) =>
  `recall ${plainText(recall)}, false alarm ${plainText(falseAlarm)}`;
