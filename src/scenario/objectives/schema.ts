// What the user of the team expects of it: objectives, and thresholds of metrics.
import type { z } from "zod";
import { duration, list, section, text, whole } from "../../documents/fields.ts";

export const objectives = section("Objectives", "What you expect of the team.", {
  latency: duration(
    "Latency objective",
    "Time from arrival to deliverable within which a task is on time.",
  ).optional(),
  backlog: whole(
    "Backlog objective",
    "Number of tasks that may be under way or waiting. The metrics of the backlog say for how long there are more.",
    ["tasks", 0, 1_000_000],
  ).optional(),
});

export const thresholds = list(
  text("Threshold", "METRIC OPERATOR NUMBER"),
  "Thresholds",
  "Conditions on metrics, such as `success >= 0.4`. If one fails, the command ends with exit code 4.",
  { max: 100 },
).default([]);

export type Objectives = z.output<typeof objectives>;
