// The phases by the kind of their steps: the one place in which the engine knows them.
import type { Step } from "../steps.ts";
import { aggregate } from "./aggregate.ts";
import { assign } from "./assign.ts";
import { check } from "./check.ts";
import { escalate } from "./escalate.ts";
import type { Phase } from "./phase.ts";
import { again, repeat } from "./repeat.ts";
import { revise } from "./revise.ts";
import { send } from "./send.ts";
import { work } from "./work.ts";

export const PHASES: { readonly [Op in Step["op"]]: Phase<Extract<Step, { op: Op }>> } = {
  assign,
  work,
  send,
  check,
  revise,
  repeat,
  again,
  escalate,
  aggregate,
};
