// What the checks of files have to know of scenarios: the schema, and rules of fields that only scenarios have.
import type { Format } from "../documents/checking/explain.ts";
import { MOMENT_RULE, TIME_RULE } from "./calendar.ts";
import { REFERENCE_RULE } from "./fields.ts";
import { wrongPhase } from "./protocol/check.ts";
import { scenarioSchema } from "./schema.ts";
import { CLAIM_RULE } from "./task/messages.ts";
import { RATE_RULE } from "./workload/profile.ts";

export const SCENARIOS = {
  schema: scenarioSchema,
  rules: {
    reference: REFERENCE_RULE,
    references: REFERENCE_RULE,
    claim: CLAIM_RULE,
    rate: RATE_RULE,
    "time of day": TIME_RULE,
    moment: MOMENT_RULE,
  },
  explainedInside: ["reference", "references", "claim"],
  wrongKeys: wrongPhase,
  decisive: ["count", "size", "limit", "share", "low", "high", "degree"],
  hasFormulas: true,
} satisfies Format;
