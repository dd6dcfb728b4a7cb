// What gets lost in the messages of an agent, where both ends are seen.
import type { LoggedMessage, LoggedRun } from "../logs/run.ts";
import type { AgentEstimates, Estimate, Unidentified } from "./estimates.ts";
import { clustersOf, each, meanOf, type Observation, shareOf } from "./measures.ts";

export function estimateMessages(
  runs: readonly LoggedRun[],
  agent: string,
): Pick<AgentEstimates, "omission" | "distortion"> {
  const share = (observe: (message: LoggedMessage) => Observation | undefined) =>
    shareOf(
      clustersOf(runs, ({ messages }) =>
        messages
          .filter(({ from }) => from === agent)
          .flatMap((message) => observe(message) ?? [])
          .filter(({ size }) => size > 0),
      ),
      "results in messages",
    );
  return {
    omission: share(({ results: size, omitted: amount }) =>
      size === undefined || amount === undefined ? undefined : { amount, size },
    ),
    // Of those that came along.
    distortion: share(({ results, omitted = 0, distorted: amount }) =>
      results === undefined || amount === undefined
        ? undefined
        : { amount, size: results - omitted },
    ),
  };
}

/** @returns undefined where no message states its tokens */
export const estimateMessageTokens = (runs: readonly LoggedRun[]): Estimate | undefined =>
  meanOf(
    clustersOf(runs, ({ messages }) =>
      messages.flatMap(({ tokens }) => (tokens === undefined ? [] : [each(tokens)])),
    ),
    "messages",
  );

/** Senders of which only one end is seen. */
export function openMessages(
  runs: readonly LoggedRun[],
  agent: string,
  { omission, distortion }: AgentEstimates,
): Unidentified[] {
  const isSender = runs.some(({ messages }) => messages.some(({ from }) => from === agent));
  if (!isSender) return [];
  return Object.entries({ omission, distortion }).flatMap(([field, estimate]) =>
    estimate === undefined
      ? {
          what: `agents.${agent}.${field}`,
          why: "of its messages only one end is seen",
          remedy:
            "log per message how many results should have come along, how many were left out, and how many arrived wrong",
        }
      : [],
  );
}
