// Why a claim is missing, in words: the same ones in the terminal and in the replay.
import type { MissingClaim } from "../experiment/trace/document.ts";

/** Why a claim is missing, as the rest of a sentence that begins with the claim. */
export function whyMissing({
  reason,
  premise,
  agent,
  from,
  to,
}: Omit<MissingClaim, "claim">): string {
  switch (reason) {
    case "undelivered":
      return "was not delivered: the task was turned away or cut off";
    case "neverAssigned":
      return "was never assigned to an agent that works";
    case "outOfTurns":
      return `was not made: ${agent} had no turn left`;
    case "waiting":
      return `was not made: its maker waited for ${premise}`;
    case "failedCalls":
      return agent === undefined
        ? "was lost with failed calls"
        : `was lost with failed calls of ${agent}`;
    case "rejected":
      return `was rejected by ${agent}, and no other version came in time`;
    case "lost":
      return `was lost on the way from ${from} to ${to}`;
    case "unsent":
      return `was made, but never sent on by ${agent}`;
    case "unchecked":
      return `reached ${agent} and was not checked`;
  }
}
