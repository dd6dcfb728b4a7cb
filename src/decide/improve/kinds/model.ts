// A better or a cheaper model for one agent, among the models that the file names.
import type { Deriving } from "../option.ts";
import { nameOf } from "../text.ts";

export const model: Deriving = {
  kind: "model",
  derive(view) {
    const models = Object.keys(view.scenario.models);
    if (models.length < 2) return "the file names one model only";
    return view.modelled.flatMap(([group, own]) => {
      const others = models.filter((name) => name !== own);
      const names = others.map((name) => nameOf(group, "on", name));
      return others.map((name, i) => ({
        name: names[i],
        kind: "model",
        what: `put ${group} on ${name} instead of ${own}`,
        price: 0,
        excludes: names.filter((_, j) => j !== i),
        edit: () => ({ [`agents.${group}.model`]: name }),
      }));
    });
  },
};
