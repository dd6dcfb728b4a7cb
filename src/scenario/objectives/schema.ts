// What the user of the team expects of it: objectives, and thresholds of metrics.
import { z } from "zod";
import { duration, section, text } from "../../documents/fields.ts";

export const objectives = section(
  {
    latency: duration(
      "Latency objective",
      "Time from arrival to deliverable within which a task is on time.",
    ).optional(),
  },
  "Objectives",
  "What the user of the team expects of it.",
);

export const thresholds = z
  .array(text("Threshold", "METRIC OPERATOR NUMBER"))
  .max(100)
  .default([])
  .meta({
    title: "Thresholds",
    description:
      "Conditions on metrics, such as `success >= 0.4`; a failed one ends with exit code 4.",
    unit: "list",
  });

export type Objectives = z.output<typeof objectives>;
