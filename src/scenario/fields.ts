// Fields that several sections of a scenario have: references to agents, and latencies.
import { z } from "zod";
import { duration, kindsBy, list, number, oneOrMore } from "../documents/fields.ts";
import type { Path } from "../documents/reading/tree.ts";

/** An agent reference: a group, or one member of it counted from 1 (`worker.2`). */
const REFERENCE_PATTERN = /^\p{L}[\p{L}\p{M}\p{N}_-]{0,63}(\.[1-9]\d{0,5})?$/u;

export const REFERENCE_RULE =
  "refer to a group by its name (worker) or to one member by its number (worker.2)";

export const reference = z.string().regex(REFERENCE_PATTERN, { error: REFERENCE_RULE }).meta({
  title: "Agents",
  description: "A group, or one member of it (worker.2).",
  unit: "reference",
});

/** One agent or group, in the role that the title names. */
export const one = (title: string, description: string) =>
  reference.meta({ title, description, unit: "reference" });

/** Agents or groups as they are written: one reference or a list. */
export const oneOrSeveral = (title: string, description: string) =>
  oneOrMore(reference, title, description, "references");

const references = z
  .union([reference, z.array(reference).min(1).max(1000)])
  .transform((value) => (typeof value === "string" ? [value] : value))
  .meta({
    title: "Agents",
    description: "One reference or a list: a group (worker) or one member of it (worker.2).",
    unit: "references",
  });

/** Agents or groups, in the role that the title names. */
export const several = (title: string, description: string) =>
  references.meta({ title, description, unit: "references" });

/** A reference with its place, and whether it has to be one agent. */
export interface Reference {
  readonly reference: string;
  readonly path: Path;
  readonly isOne: boolean;
}

/** The reference in a field that names one agent. */
export function toOne(reference: string | undefined, path: Path): Reference[] {
  return reference === undefined ? [] : [{ reference, path, isOne: true }];
}

/** The references in a field that names agents or groups. */
export function toSeveral(references: readonly string[] | undefined, path: Path): Reference[] {
  return (references ?? []).map((reference, i) => ({
    reference,
    path: [...path, i],
    isOne: false,
  }));
}

const distribution = kindsBy("distribution", "Distribution", "Kind of distribution.");

export const latency = z
  .discriminatedUnion("distribution", [
    distribution("constant", "Constant", "Always the same duration.", {
      mean: duration("Mean", "The duration itself."),
    }),
    distribution("uniform", "Uniform", "Any duration between two bounds, all equally likely.", {
      low: duration("Low", "Shortest duration."),
      high: duration("High", "Longest duration."),
    }),
    distribution("exponential", "Exponential", "Memoryless durations.", {
      mean: duration("Mean", "Mean duration."),
    }),
    distribution(
      "lognormal",
      "Lognormal",
      "Skewed durations, the usual shape of model latencies.",
      {
        mean: duration("Mean", "Arithmetic mean duration."),
        cv: number("Coefficient of variation", "Standard deviation divided by the mean.", [
          "ratio",
          0,
          100,
        ]).default(0.5),
      },
    ),
    distribution("gamma", "Gamma", "Skewed durations with a lighter tail than lognormal ones.", {
      mean: duration("Mean", "Arithmetic mean duration."),
      cv: number("Coefficient of variation", "Standard deviation divided by the mean.", [
        "ratio",
        0,
        10,
      ]).default(0.5),
    }),
    distribution("weibull", "Weibull", "Durations with a falling or rising hazard.", {
      mean: duration("Mean", "Arithmetic mean duration."),
      shape: number("Shape", "Below 1 the tail is heavier than exponential, above 1 lighter.", [
        "ratio",
        0.1,
        100,
      ]).default(1),
    }),
    distribution("pareto", "Pareto", "Durations with a power-law tail.", {
      mean: duration("Mean", "Arithmetic mean duration."),
      shape: number(
        "Tail index",
        "A smaller index means a heavier tail. The mean exists only above 1.",
        ["ratio", 1.01, 100],
      ).default(2.5),
    }),
    distribution("empirical", "Empirical", "Durations as they were observed, by their quantiles.", {
      quantiles: list(
        duration("Quantile", "Duration that this share of all durations does not exceed."),
        "Quantiles",
        "Durations in ascending order, at evenly spaced shares from 0 to 1: the first is the shortest, the last the longest. Between two of them all durations are equally likely.",
        { min: 2, max: 1000 },
      ),
    }),
  ])
  .meta({ title: "Latency", description: "Distribution of a duration.", unit: "object" });

export type LatencySpec = z.output<typeof latency>;
