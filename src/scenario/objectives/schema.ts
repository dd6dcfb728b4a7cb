// What the user of the team expects of it: objectives, what counts as success, and thresholds of metrics.
import type { z } from "zod";
import {
  dollars,
  duration,
  flag,
  list,
  number,
  oneOf,
  section,
  text,
  whole,
} from "../../documents/fields.ts";

export const objectives = section("Objectives", "What you expect of the team.", {
  latency: duration(
    "Latency objective",
    "Time from arrival to deliverable within which a task is on time.",
  ).optional(),
  loss: dollars(
    "Loss of a late task",
    "What it costs when a task is not delivered within the latency objective. 0 where it is not stated.",
  ).optional(),
  backlog: whole(
    "Backlog objective",
    "Number of tasks that may be under way or waiting. The metrics of the backlog say for how long there are more.",
    ["tasks", 0, 1_000_000],
  ).optional(),
});

export const success = section(
  "Success",
  "When a task succeeds: by its quality, or by its critical claims alone. Without it, when every claim is right.",
  {
    atLeast: number("At least", "The quality from which on a task succeeds: above 0, up to 1.", [
      "share",
      0,
      1,
    ]).optional(),
    of: oneOf(
      ["quality"],
      "Of",
      "What has to reach it. `quality` is the share of the claims that are right, each counted by its weight.",
    ).optional(),
    critical: flag(
      "Critical",
      "Whether a task succeeds if all its critical claims are right.",
    ).optional(),
  },
);

export const thresholds = list(
  text("Threshold", "METRIC OPERATOR NUMBER"),
  "Thresholds",
  "Conditions on metrics, such as `success >= 0.4`. If one fails, the command ends with exit code 4.",
  { max: 100 },
).default([]);

export type Objectives = z.output<typeof objectives>;
export type Success = z.output<typeof success>;
