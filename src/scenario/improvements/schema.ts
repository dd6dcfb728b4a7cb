// The section `improvements`: what could be changed of the scenario, and what each change costs. `faultline improve` chooses among
// them; nothing else looks at them.
import { z } from "zod";
import { dollars, list, name, number, path, section } from "../../documents/fields.ts";

/** As in a file: any value that a field may have. */
const setting = z.unknown().meta({
  title: "Value",
  description: "What the field is set to: a number, a word, a list or a map.",
  unit: "any",
});

const improvement = section("Improvement", "A change of the scenario that could be made.", {
  name: name("Name", "What the change is called."),
  set: z
    .record(z.string().min(1).max(1000), setting)
    .meta({
      title: "Set",
      description:
        "Values by dotted path, as `--set` takes them. A map under a new name, such as `agents.editor`, is added. Lists such as `protocol` are replaced as a whole.",
      unit: "map",
    })
    .optional(),
  lever: path(
    "Lever",
    "In place of `set`: dotted path of a number that can have any value between two bounds. The best one is searched.",
  ).optional(),
  between: list(
    number("Bound", "A bound of the lever.", ["any"]),
    "Between",
    "The lower and the upper bound of the lever.",
    { min: 2, max: 2 },
  ).optional(),
  prices: list(
    dollars("Price", "What a value of the lever costs per task."),
    "Prices",
    "What the lever costs per task, at equal steps from the lower to the upper bound; on straight lines between them.",
    { min: 1, max: 100 },
  ).optional(),
  price: dollars(
    "Price",
    "What the change costs per task besides what the simulation says. 0 where it is not stated.",
  ).optional(),
  excludes: list(
    name("Name", "Another improvement."),
    "Excludes",
    "Improvements that cannot be made together with it.",
    {
      max: 1000,
    },
  ).optional(),
});

export const improvements = list(
  improvement,
  "Improvements",
  "Changes that `faultline improve` chooses among, in place of those that it derives from the scenario itself.",
  { min: 1, max: 100 },
);

export type Improvements = z.output<typeof improvements>;
export type Improvement = Improvements[number];
