// The part of a document of `importance` that says what weakens the team.
import { COMPONENT_KINDS } from "../../decide/importance/weakness/component.ts";
import * as f from "../fields.ts";

const kind = f.word("Kind of component", COMPONENT_KINDS);
const name = f.named(
  "Name",
  "Of the group, the model or the claim; `GROUP.CHECK` of a check, `FROM → TO` of an edge.",
);

const changes = (title: string, description: string) =>
  f.byName(f.estimate, title, `${description} Paired differences to the team as it is, by metric.`);

const ratio = (title: string, description: string) =>
  f.estimate.meta({ title, description, unit: "ratio" });

const component = f.map(
  {
    kind,
    name,
    perfect: changes("Perfect", "If it never erred, lost nothing and found everything."),
    absent: changes("Absent", "If it did nothing right."),
    better: changes("Ten percent better", "If its chances to go wrong were a tenth lower."),
    birnbaum: f.estimate.meta({
      title: "Birnbaum importance",
      description: "Success with it perfect, less success with it absent.",
      unit: "share",
    }),
    fussellVesely: f.estimate.meta({
      title: "Fussell-Vesely importance",
      description:
        "Share of the failures in which it is involved: (Q - Q(perfect)) / Q, where Q is 1 - success.",
      unit: "share",
    }),
    riskAchievement: ratio("Risk achievement worth", "Q(absent) / Q."),
    riskReduction: ratio("Risk reduction worth", "Q / Q(perfect)."),
  },
  "Component",
);

const leading = f.map(
  {
    among: f.word("Among which components", ["all", ...COMPONENT_KINDS]),
    components: f.list(
      f.map({ kind, name }, "Component"),
      "What comes first",
      "The one that gains most, then those that may gain as much. Empty where none is sure to gain.",
    ),
    isClear: f.flag("Whether there is exactly one"),
  },
  "First",
);

export const weaknesses = f.map(
  {
    metric: f.named("Metric", "By which components are ranked."),
    better: f.word("Which way it is better", ["higher", "lower"]),
    blocks: f.whole("Blocks", "Independent paired observations of each counterfactual.", {
      min: 1,
    }),
    instances: f.whole("Task instances per block", "Of a stream: replications.", { min: 1 }),
    base: f.byName(f.estimate, "The team as it is", "Means by metric."),
    components: f.list(
      component,
      "Components",
      "Those with which perfection gains most come first.",
    ),
    first: f.list(leading, "What to fix first", "Of all components, then of each kind."),
    leftOut: f.list(
      f.map({ kind, name, why: f.words("Why") }, "Left out"),
      "What has no counterfactual",
    ),
  },
  "What weakens the team",
  "What the metrics would be if a component were perfect, absent, or ten percent better.",
);
