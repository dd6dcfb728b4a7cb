// How often calls of models and of tools fail.
import type { LoggedRun, LoggedTurn } from "../logs/run.ts";
import type { AgentEstimates, ModelEstimates } from "./estimates.ts";
import { clustersOf, each, hit, meanOf, shareOf } from "./measures.ts";

/**
 * Of the calls of a model, the failed ones before a turn's last call among them: shares that fail, and that time out. Of calls
 * that were repeated, logs do not say how they failed; they count as errors. Neither is known where no turn states a failed call or
 * how long it took.
 */
export function estimateCalls(
  runs: readonly LoggedRun[],
  isOwn: (turn: LoggedTurn) => boolean,
): Pick<ModelEstimates, "failure" | "timeouts"> {
  const calls = (failed: (turn: LoggedTurn) => number) =>
    clustersOf(runs, ({ turns }) =>
      turns.filter(isOwn).map((turn) => ({ amount: failed(turn), size: 1 + (turn.retries ?? 0) })),
    );
  // A log that states neither a failed call nor times does not show failures.
  const isShown = runs.some(({ turns }) =>
    turns.some(
      (turn) =>
        isOwn(turn) &&
        (turn.failure !== undefined || turn.retries !== undefined || turn.seconds !== undefined),
    ),
  );
  if (!isShown) return {};
  const isTimeout = ({ failure }: LoggedTurn) => (failure === "timeout" ? 1 : 0);
  return {
    failure: shareOf(
      calls(({ failure, retries = 0 }) => retries + (failure === undefined ? 0 : 1)),
      "calls",
    ),
    timeouts: shareOf(calls(isTimeout), "calls"),
  };
}

/** Tools that an agent calls. */
export function estimateTools(
  runs: readonly LoggedRun[],
  agent: string,
): Pick<AgentEstimates, "toolsPerTurn" | "toolFailure"> {
  const own = ({ turns }: LoggedRun) => turns.filter((turn) => turn.agent === agent);
  const failures = clustersOf(runs, (run) =>
    own(run).flatMap(({ tools }) => tools.map(({ hasFailed }) => hit(hasFailed))),
  );
  return {
    toolsPerTurn: meanOf(
      clustersOf(runs, (run) => own(run).map(({ tools }) => each(tools.length))),
      "turns",
    ),
    toolFailure: shareOf(failures, "tool calls"),
  };
}
