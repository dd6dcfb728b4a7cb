// The metric as a function of the inputs, as far as simulation tells it: of each point two values, under two seeds.
import { setImmediate as nextTick } from "node:timers/promises";
import type { Pair } from "../../numerics/sensitivity/indices.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { validDraw } from "../../scenario/uncertain/draws.ts";
import { substituting } from "../../scenario/uncertain/substitute.ts";
import type { Trials } from "../trials.ts";
import type { Input } from "./inputs.ts";

/** Null where the data under one of the seeds give no value. */
export type Response = Pair | null;

export interface ResponseOptions {
  readonly metric: string;
  readonly seed: string;
  /** Task instances of one value. */
  readonly instances: number;
}

/** Points whose scenarios are made before others are waited for: enough that no thread is ever idle. */
const UNDER_WAY = 64;

export class Responses {
  private readonly trials: Trials;
  private readonly scenario: Scenario;
  private readonly options: ResponseOptions;
  private readonly metric: number;
  private readonly treeOf: ReturnType<typeof substituting>;

  /** @param scenario in which the inputs are uncertain */
  constructor(trials: Trials, scenario: Scenario, options: ResponseOptions) {
    this.trials = trials;
    this.scenario = scenario;
    this.options = options;
    this.metric = trials.metrics.indexOf(options.metric);
    this.treeOf = substituting(scenario);
  }

  /**
   * Responses at the points of some bases, by base and point. The points of a base share their seeds.
   * @param inputs those that vary; all others have their central values
   * @param bases each with its name, by which it is seeded, and coordinates by part of the inputs
   * @param onBase called with the number of points of each base that is done
   * @throws ScenarioError where a point makes no valid scenario
   */
  async of(
    inputs: readonly Input[],
    bases: readonly { readonly name: string; readonly points: readonly (readonly number[])[] }[],
    onBase: (points: number) => void,
  ): Promise<Response[][]> {
    const running: Promise<Response[]>[] = [];
    let underWay = 0;
    let oldest = 0;
    for (const { name, points } of bases) {
      const scenarios: Scenario[] = [];
      for (const point of points) scenarios.push(await this.scenarioAt(inputs, point, name));
      const work = this.simulate(name, scenarios).finally(() => onBase(points.length));
      // Whoever waits for all of them hears of it.
      work.catch(() => undefined);
      running.push(work);
      underWay += points.length;
      await nextTick();
      while (underWay > UNDER_WAY && oldest < running.length - 1) {
        underWay -= (await running[oldest]).length;
        oldest++;
      }
    }
    return Promise.all(running);
  }

  private async simulate(base: string, scenarios: readonly Scenario[]): Promise<Response[]> {
    const { seed, instances } = this.options;
    const values = await this.trials.run(
      scenarios.flatMap((scenario) =>
        [1, 2].map((half) => ({ scenario, seed: `${seed}/importance/${base}/${half}`, instances })),
      ),
    );
    return scenarios.map((_, i) => {
      const first = values[2 * i][this.metric];
      const second = values[2 * i + 1][this.metric];
      return first === null || second === null ? null : [first, second];
    });
  }

  private scenarioAt(
    inputs: readonly Input[],
    point: readonly number[],
    name: string,
  ): Promise<Scenario> {
    const parts = inputs.flatMap((input) => input.parts);
    const values = new Map(parts.flatMap(({ valuesAt }, i) => valuesAt(point[i])));
    return validDraw(this.treeOf(values), this.scenario, `point ${name}`, values);
  }
}
