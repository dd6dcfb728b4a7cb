// A self-check for an agent that has none, or as good a one as the best of the team.
import { CHECK, ratesText } from "../assumed.ts";
import type { Deriving } from "../option.ts";
import { nameOf } from "../text.ts";

export const selfCheck: Deriving = {
  kind: "self-check",
  derive(view) {
    const best = view.best("self");
    const rates = best?.rates ?? CHECK;
    const able = view.makers.filter(
      (group) =>
        view.agent(group).kind !== "code" && view.agent(group).checks.self.recall < rates.recall,
    );
    if (able.length === 0)
      return "every agent that makes claims has the best self-check of the team";
    return able.map((group) => ({
      name: nameOf(group, "self-check"),
      kind: "self-check",
      what: `let ${group} check its own work${best ? ` as well as ${best.group} does` : ""}`,
      ...(best === undefined && { assumes: ratesText(CHECK) }),
      price: 0,
      excludes: [],
      edit: () => ({
        [`agents.${group}.checks.self.recall`]: rates.recall,
        [`agents.${group}.checks.self.falseAlarm`]: rates.falseAlarm,
      }),
    }));
  },
};
