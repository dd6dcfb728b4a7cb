// What the checks of files have to know of scenarios: the schema, and rules of fields that only scenarios have.
import type { Format } from "../documents/checking/explain.ts";
import { CALENDAR_RULES } from "./calendar.ts";
import { REFERENCE_RULE } from "./fields.ts";
import { wrongPhase } from "./protocol/check.ts";
import { CONDITION_RULE } from "./protocol/lookConditions.ts";
import { scenarioSchema } from "./schema.ts";
import { CLAIM_RULE } from "./task/messages.ts";
import { RATE_RULE } from "./workload/profile.ts";

export const SCENARIOS = {
  schema: scenarioSchema,
  rules: {
    ...{ reference: REFERENCE_RULE, references: REFERENCE_RULE, claim: CLAIM_RULE },
    ...{ condition: CONDITION_RULE, conditions: CONDITION_RULE, rate: RATE_RULE },
    ...CALENDAR_RULES,
  },
  explainedInside: ["reference", "references", "claim", "conditions"],
  wrongKeys: wrongPhase,
  decisive: ["count", "size", "limit", "share", "low", "high", "degree", "atLeast"],
  hasFormulas: true,
} satisfies Format;
