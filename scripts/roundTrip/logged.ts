// Simulated runs as logs show them.
import { writingOtlp } from "../../src/experiment/trace/otlp/otlp.ts";
import { otlp } from "../../src/logs/formats/otlp.ts";
import type { LoggedRun } from "../../src/logs/run.ts";
import type { Scenario } from "../../src/scenario/schema.ts";

/** Runs per seed. */
export const RUNS = 200;

/** Runs of a scenario, written as spans and read back. */
export function logged(scenario: Scenario, seed: string): LoggedRun[] {
  const runs: LoggedRun[] = [];
  const parser = otlp.begin({
    run: (run) => runs.push(run),
    trouble: (trouble, what) => {
      throw new Error(`${what} ${trouble}`);
    },
  });
  let line = 0;
  const onLine = (text: string) => {
    const place = { file: seed, line: ++line };
    for (const value of JSON.parse(text).resourceSpans) parser.take({ value, place });
  };
  for (const _ of writingOtlp(scenario, { seed, replications: RUNS, onLine }));
  parser.end();
  return runs;
}

export function short(x: number): string {
  return String(Number(x.toPrecision(3)));
}
