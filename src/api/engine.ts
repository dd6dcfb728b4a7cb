/**
 * The engine, to run replications one by one or to watch them.
 *
 * @module faultline/engine
 */

/**
 * Lets V8 inline more, which makes the engine faster, in all threads of the process. It changes no result. The command line
 * calls it first of all; a program that runs for long can do the same.
 *
 * @example
 * import { tuneForEngine } from "faultline/engine";
 *
 * tuneForEngine();
 */
export { tuneForEngine } from "../experiment/tuning.ts";
/**
 * Seconds of a time in ticks (microseconds).
 *
 * @example
 * import { toSeconds } from "faultline/engine";
 *
 * console.log(toSeconds(1_500_000)); // 1.5
 */
export { toSeconds } from "../kernel/time.ts";
export type { EngineOptions, Injection, TaskCase } from "../model/case.ts";
/**
 * The engine: runs the replications of a plan, one at a time. `run(i)` leaves the row of replication i in `outcome`, whose
 * positions `FIELD` names; an `observer` is told what happens in it, at times in ticks (`toSeconds`).
 *
 * @example
 * import { loadScenario } from "faultline";
 * import { compile, Engine, FIELD, rootKey } from "faultline/engine";
 *
 * const scenario = await loadScenario("team.yaml");
 * const engine = new Engine(compile(scenario), rootKey(scenario.seed));
 * let successes = 0;
 * for (let replication = 0; replication < 100; replication++) {
 *   engine.run(replication);
 *   successes += engine.outcome[FIELD.success];
 * }
 * console.log(successes);
 */
export { Engine } from "../model/engine.ts";
export type { Observer } from "../model/observer.ts";
export { FIELD, OUTCOME_FIELDS, type OutcomeField } from "../model/outcome.ts";
export type { Plan } from "../model/plan.ts";
/**
 * Draws that are functions of their names: replication, kind, subject, object and ordinal. `rootKey(seed)` is the key of
 * all draws of a seed; `new Draws(key, domain)` those of one use, whose `uniform` is in (0, 1) (Salmon and others 2011).
 *
 * @example
 * import { Draws, rootKey } from "faultline/engine";
 *
 * const draws = new Draws(rootKey("seed"), 1000);
 * draws.enter(7); // replication 7
 * console.log(draws.uniform(0, 1, 2, 0) === draws.uniform(0, 1, 2, 0)); // true
 */
export { Draws, type RootKey, rootKey } from "../numerics/draws.ts";
/**
 * Makes the plan of a scenario: names become indices, parameters typed arrays, phases a flat list of steps.
 *
 * @example
 * import { loadScenario } from "faultline";
 * import { compile } from "faultline/engine";
 *
 * const { agents, steps } = compile(await loadScenario("team.yaml"));
 * console.log(agents.names, steps.map(({ op }) => op));
 */
export { compile } from "../scenario/compiling/compile.ts";
