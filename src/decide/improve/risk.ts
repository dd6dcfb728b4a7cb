// What is risky in a scenario: the condition with which a check looks at it alone.
import { statedProperties } from "../../scenario/task/claims.ts";
import { UNSURE } from "./assumed.ts";
import type { View } from "./view.ts";

/** `critical`, `loss > 0` or `confidence < 0.7`; undefined where nothing tells a risky claim from another. */
export function riskOf({ scenario, groups }: View): string | undefined {
  const stated = statedProperties(scenario.task.graph);
  if (stated.some(({ critical }) => critical)) return "critical";
  if (stated.some(({ loss = 0 }) => loss > 0)) return "loss > 0";
  const isStated = groups.some((group) => scenario.agents[group].confidence !== undefined);
  return isStated ? `confidence < ${UNSURE}` : undefined;
}
