// The engine in a page: a worker that loads scenarios from texts and runs them, with the bytes of the terminal. It tells what is known
// every tenth of a second.
import { ScenarioError } from "../documents/checking/problems.ts";
import { memoryFiles } from "../documents/reading/files.ts";
import { run } from "../experiment/experiment.ts";
import { KNOWN_METRICS } from "../metrics/naming.ts";
import { loadScenario } from "../scenario/load.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { Answer, Ask } from "./messages.ts";

/** Milliseconds between two answers. */
const INTERVAL = 100;

interface WorkerScope {
  postMessage(answer: Answer): void;
  onmessage: ((event: { readonly data: Ask }) => void) | null;
}

const scope = globalThis as unknown as WorkerScope;

scope.onmessage = ({ data }) => void answer(data);

async function answer(ask: Ask): Promise<void> {
  const { id } = ask;
  try {
    await carryOut(ask);
  } catch (error) {
    if (error instanceof ScenarioError)
      scope.postMessage({ id, kind: "problems", problems: error.problems });
    else
      scope.postMessage({
        id,
        kind: "failed",
        message: error instanceof Error ? error.message : String(error),
      });
  }
}

async function carryOut({ id, files, scenarios: paths, replications, seed }: Ask): Promise<void> {
  const scenarios: Scenario[] = [];
  for (const path of paths) {
    const options = { files: memoryFiles(files), metricNames: KNOWN_METRICS };
    scenarios.push((await loadScenario(path, options)).scenario);
  }
  let told = performance.now();
  const result = await run(scenarios, {
    ...(replications !== undefined && { replications }),
    ...(seed !== undefined && { seed }),
    onResult(share, soFar) {
      if (performance.now() - told < INTERVAL) return;
      scope.postMessage({ id, kind: "so far", share, result: soFar() });
      told = performance.now();
    },
  });
  scope.postMessage({ id, kind: "done", result });
}
