// Checks the meaning of models: that their calls can go well, and that what is said of calls has a meaning.
import type { Examined } from "../../documents/checking/examined.ts";
import type { Path } from "../../documents/reading/tree.ts";
import type { LatencySpec } from "../fields.ts";
import * as messages from "./messages.ts";
import type { Models } from "./schema.ts";

/** @param areNeeded whether a group of agents has a model */
export function checkModels(models: Models, areNeeded: boolean, found: Examined): void {
  if (areNeeded && Object.keys(models).length === 0) found.error(["models"], messages.noModels);
  for (const [name, { latency }] of Object.entries(models))
    checkLatency(latency, ["models", name, "latency"], found);
  checkCalls(models, found);
}

export function checkLatency(latency: LatencySpec, path: Path, found: Examined): void {
  if (latency.distribution === "uniform" && latency.low > latency.high)
    found.error([...path, "low"], messages.bounds(path, latency.low, latency.high));
  if (latency.distribution === "empirical") checkQuantiles(latency.quantiles, path, found);
}

function checkQuantiles(quantiles: readonly number[], path: Path, found: Examined): void {
  for (let i = 1; i < quantiles.length; i++)
    if (quantiles[i] < quantiles[i - 1])
      found.error(
        [...path, "quantiles", i],
        messages.ascending(path, quantiles[i], quantiles[i - 1]),
      );
}

/** What says how calls go that can never go well, or says it for nothing. */
function checkCalls(models: Models, found: Examined): void {
  for (const [name, { failure, timeout, latency }] of Object.entries(models)) {
    const path = ["models", name];
    if (timeout !== undefined && timeout <= shortest(latency))
      found.error([...path, "timeout"], messages.timeoutTooShort(timeout, shortest(latency)));
    if (failure > 0 || timeout !== undefined) continue;
    for (const key of ["retries", "backoff"])
      if (found.isWritten([...path, key]))
        found.warning([...path, key], messages.nothingToRetry(key));
  }
}

/** Seconds that a call takes at least. */
function shortest(latency: LatencySpec): number {
  if (latency.distribution === "constant") return latency.mean;
  if (latency.distribution === "empirical") return latency.quantiles[0];
  return latency.distribution === "uniform" ? latency.low : 0;
}
