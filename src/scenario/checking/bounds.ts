// Checks that a scenario asks for no more memory than a machine has; for its protocol see protocol/bounds.ts.

import type { Findings } from "../../documents/checking/findings.ts";
import { MAX_PLACES } from "../limits.ts";
import { countAgents } from "../references.ts";
import type { Scenario } from "../schema.ts";
import * as messages from "./messages.ts";

/**
 * Checks the ledgers of all tasks that can be under way at the same time.
 * @param claims of the largest instance
 */
export function checkLedgers(
  { agents, workload, limits }: Pick<Scenario, "agents" | "workload" | "limits">,
  claims: number,
  found: Findings,
): void {
  if (workload.arrivals === "one") return;
  const each = countAgents({ agents }) * claims;
  const tasks = Math.min(workload.tasks, limits.inFlight);
  if (each * tasks <= MAX_PLACES) return;
  const text = messages.tooManyPlaces(tasks, each, MAX_PLACES);
  found.error(["limits", "inFlight"], text);
}
