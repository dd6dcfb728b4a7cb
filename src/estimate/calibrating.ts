// What outcomes say where no step was judged: the error rate of a claim and the spread of difficulty that reproduce success and
// pass^k, by the same calibration as `faultline calibrate`, drawn towards priors. Several explanations of an outcome fit.
import { calibrate } from "../calibrate/calibrate.ts";
import { loadCalibration } from "../calibrate/file/load.ts";
import type { ParameterResult } from "../calibrate/result.ts";
import { logistic, logit } from "../numerics/logit.ts";
import { square } from "../numerics/power.ts";
import { clamp } from "../numerics/statistics.ts";
import type { OutcomeEstimates } from "./estimates.ts";
import { repeatsOf } from "./repeats.ts";
import { overlaid, type ScenarioSource } from "./simulating.ts";
import type { Draft, Stated } from "./team/draft.ts";
import type { Prior, Priors } from "./team/priors.ts";
import { scenarioText } from "./writing/scenarioFile.ts";

export interface CalibratingOptions {
  readonly priors: Priors;
  readonly outcome: OutcomeEstimates;
  /** Paths of the error rates that have one value. */
  readonly errorRates: readonly string[];
  /** Whether the spread of difficulty is free. */
  readonly isSpreadFree: boolean;
  /** Where to begin; it takes fewer evaluations from there. */
  readonly from?: ReadonlyMap<string, Stated> | undefined;
  readonly seed: string;
  readonly signal?: AbortSignal | undefined;
}

/** Ranges reach this far from the mean of a prior, in standard deviations. */
const REACH = 4;

/** Half the width of a 95 % interval, in standard deviations. */
const HALF_WIDTH = 1.96;

/** Names of parameters that no scenario will have by chance. */
const ERROR_RATE = "estimatedErrorRate";
const SPREAD = "estimatedSpread";
const LARGEST_SPREAD = 20;

const EFFORT = {
  whole: { replications: 2048, descent: 40, final: 4096 },
  further: { replications: 1024, descent: 9, final: 64 },
};

/** The numbers that reproduce the outcomes, by path. Undefined if nothing is free, or it was interrupted. */
export async function calibrated(
  draft: Draft,
  place: Pick<ScenarioSource, "path" | "files">,
  options: CalibratingOptions,
): Promise<ReadonlyMap<string, Stated> | undefined> {
  const { errorRates, isSpreadFree, seed, signal } = options;
  if (errorRates.length === 0 && !isSpreadFree) return undefined;
  const files = overlaid({ ...place, text: freeText(draft, options) });
  const folder = place.path.replace(/[^/]*$/, "");
  const targets = `${folder}estimate-targets.json`;
  const text = JSON.stringify(targetsOf(options, place.path.slice(folder.length)));
  const { calibration } = await loadCalibration(targets, {
    files: overlaid({ path: targets, text, files }),
    seed,
  });
  const result = await calibrate(calibration, { ...(signal && { signal }) });
  if (result === undefined || result.interrupted) return undefined;
  const found = new Map<string, Stated>();
  for (const parameter of result.parameters) {
    const isRate = parameter.path === `parameters.${ERROR_RATE}`;
    const stated = isRate
      ? statedRate(parameter, options)
      : statedSpread(parameter, options.priors.difficultySpread);
    for (const path of isRate ? errorRates : ["task.difficultySpread"]) found.set(path, stated);
  }
  return found;
}

/** The draft with parameters in the place of what is free. */
function freeText(draft: Draft, { errorRates, isSpreadFree, outcome }: CalibratingOptions): string {
  const tree = structuredClone(draft.tree) as Record<string, unknown>;
  const set = (path: string, value: unknown) => {
    const keys = path.split(".");
    let at = tree;
    for (const key of keys.slice(0, -1)) at = (at[key] ??= {}) as Record<string, unknown>;
    at[keys[keys.length - 1]] = value;
  };
  for (const path of errorRates) set(path, `= ${ERROR_RATE}`);
  if (errorRates.length > 0) set(`parameters.${ERROR_RATE}`, 0.1);
  if (isSpreadFree) {
    set("task.difficultySpread", `= min(${LARGEST_SPREAD}, ${SPREAD})`);
    set(`parameters.${SPREAD}`, 1);
  }
  tree.repeats = repeatsOf(outcome);
  const free = { tree, numbers: new Map(), remarks: new Map() };
  return scenarioText(free, { header: [], isUncertain: false });
}

function targetsOf(options: CalibratingOptions, scenario: string) {
  const { outcome, priors, errorRates, isSpreadFree, from } = options;
  const { success, passHat } = outcome;
  const reliability = passHat.filter(
    ({ k, interval: [low, high] }) => k >= 2 && k <= repeatsOf(outcome) && high > low,
  );
  const { replications, descent, final } = from === undefined ? EFFORT.whole : EFFORT.further;
  const source = "the logs";
  const started = (path: string) => from?.get(path)?.value;
  return {
    name: "estimate",
    scenarios: { team: scenario },
    parameters: [
      ...(errorRates.length === 0
        ? []
        : [free(ERROR_RATE, priors.errorRate, "logit", started(errorRates[0]))]),
      ...(isSpreadFree
        ? [free(SPREAD, priors.difficultySpread, "log", started("task.difficultySpread"))]
        : []),
    ],
    targets: [
      {
        id: "success",
        metric: "success",
        of: "team",
        value: success.value,
        interval: success.interval,
        source,
      },
      // All of them rest on the same successes: together they count as one figure more.
      ...reliability.map(({ k, observed, interval }) => ({
        id: `pass-${k}`,
        metric: `passHat${k}`,
        of: "team",
        value: observed,
        interval,
        weight: 1 / reliability.length,
        source,
      })),
    ],
    search: {
      levels: [{ replications, evaluations: 2 }],
      descent,
      polish: 0,
      // Two standard deviations of a prior weigh as much as two standard errors of a figure.
      prior: square(REACH / 2),
      final,
    },
  };
}

const SCALES = {
  logit: { forward: logit, back: logistic },
  log: { forward: Math.log, back: Math.exp },
} as const;

/** Significant digits that keep files short. */
const plain = (x: number) => Number(x.toPrecision(6));

function free(name: string, { mean, sd }: Prior, scale: keyof typeof SCALES, start?: number) {
  const { back } = SCALES[scale];
  const range = [plain(back(mean - REACH * sd)), plain(back(mean + REACH * sd))];
  return {
    path: `parameters.${name}`,
    range,
    scale,
    start: clamp(start ?? plain(back(mean)), range[0], range[1]),
  };
}

const NOTE = "calibrated to outcomes; several explanations fit";

function statedRate(
  parameter: ParameterResult,
  { errorRates, priors, outcome }: CalibratingOptions,
) {
  const { count, of } = outcome.success;
  const shared = errorRates.length > 1 ? ", one for all models" : "";
  return stated(parameter, priors.errorRate, `${count} ${of}: ${NOTE}${shared}`);
}

function statedSpread(parameter: ParameterResult, prior: Prior): Stated {
  const { value, note, uncertain } = stated(parameter, prior, NOTE);
  const atMost = (x: number) => Math.min(LARGEST_SPREAD, x);
  const [low, high] = (uncertain as { interval: readonly [number, number] }).interval;
  return {
    value: atMost(value),
    origin: "calibrated",
    note,
    uncertain: { value: atMost(value), interval: [atMost(low), atMost(high)] },
  };
}

/** The profile interval of the calibration, and the prior: precisions add up on the scale of the search. */
function stated(
  { fitted, scale, profile, range }: ParameterResult,
  prior: Prior,
  note: string,
): Stated {
  const { forward, back } = SCALES[scale as keyof typeof SCALES];
  const at = forward(fitted);
  const half = (side: 0 | 1) => {
    const end = profile?.interval[side] ?? range[side];
    const isOpen = end === range[side];
    const own = isOpen ? Number.POSITIVE_INFINITY : Math.abs(forward(end) - at);
    return 1 / Math.sqrt(1 / square(own) + 1 / square(HALF_WIDTH * prior.sd));
  };
  const interval = [back(at - half(0)), back(at + half(1))] as const;
  return { value: fitted, origin: "calibrated", note, uncertain: { value: fitted, interval } };
}
