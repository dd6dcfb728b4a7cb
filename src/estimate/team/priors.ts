// What is believed of a number before logs are read: mean and spread of the parameter of the same name over the parameter sets
// that ship with Faultline. They fit one study, so that a prior is never narrower than one unit of its scale.
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { loadEnsemble } from "../../calibrate/ensemble/file.ts";
import { SCENARIOS } from "../../documents/shipped.ts";
import { logistic, logit } from "../../numerics/logit.ts";
import { average, clamp, variance } from "../../numerics/statistics.ts";
import type { Stated } from "./draft.ts";

/** On the scale on which a number is normal: the log-odds of a share, the logarithm of a spread. */
export interface Prior {
  readonly mean: number;
  readonly sd: number;
}

export interface Priors {
  /** Log-odds of the error rate of a claim. */
  readonly errorRate: Prior;
  /** Logarithm of the spread of difficulty. */
  readonly difficultySpread: Prior;
  /** Log-odds of recall and false alarm, by kind of check. */
  check(kind: CheckKind, field: "recall" | "falseAlarm"): Prior;
}

type CheckKind = "self" | "peer" | "orchestrator";

/** Least standard deviation, in log-odds or logarithms. */
const LEAST_SD = 1;

/** Shares this near to an end are pulled away from it. */
const EDGE = 1e-4;

const SHARE = (x: number) => logit(clamp(x, EDGE, 1 - EDGE));

export function shippedPriors(): Priors {
  const read = (path: string) => readFileSync(new URL(`${SCENARIOS}/kim2025/${path}`));
  const { parameters, members } = loadEnsemble("ensemble.csv", { read });
  // Error rate of the shipped agents at difficulty 0, to which the difficulty of each benchmark adds.
  const shipped: number = parse(read("agents.yaml").toString()).models.base.errorRate;
  const valuesOf = (name: string) =>
    parameters.flatMap(({ path }, i) =>
      path === name || path.endsWith(`.${name}`) ? members.map(({ values }) => values[i]) : [],
    );
  const prior = (name: string, scale: (x: number) => number): Prior => {
    const values = valuesOf(name).map(scale);
    return { mean: average(values), sd: Math.max(LEAST_SD, Math.sqrt(variance(values))) };
  };
  const difficulty = prior("task.difficulty", (x) => x);
  return {
    errorRate: { ...difficulty, mean: difficulty.mean + logit(shipped) },
    difficultySpread: prior("task.difficultySpread", Math.log),
    check: (kind, field) =>
      prior(
        kind === "self" && field === "falseAlarm"
          ? "checks.peer.falseAlarm"
          : `checks.${kind}.${field}`,
        SHARE,
      ),
  };
}

/** Half the width of a 95 % interval in standard deviations. */
const Z = 1.96;

/** A share of which nothing is known but its prior. */
export function shareFrom({ mean, sd }: Prior): Stated {
  const digits = (x: number) => Number(x.toPrecision(3));
  const value = digits(logistic(mean));
  const interval = [digits(logistic(mean - Z * sd)), digits(logistic(mean + Z * sd))] as const;
  return {
    value,
    uncertain: { value, interval },
    origin: "prior",
    note: "not in the logs: from the parameter sets that ship with Faultline",
  };
}
