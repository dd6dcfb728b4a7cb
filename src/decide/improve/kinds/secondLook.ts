// A second look of an agent at its own work, with the self-check that it has.
import type { Deriving } from "../option.ts";
import { after } from "../phases.ts";
import { nameOf } from "../text.ts";
import { groupsOf } from "../view.ts";

export const secondLook: Deriving = {
  kind: "second-look",
  derive(view) {
    const able = view.makers.filter((group) => view.agent(group).checks.self.recall > 0);
    if (able.length === 0) return "no agent that makes claims checks its own work";
    return able.map((group) => ({
      name: nameOf(group, "second-look"),
      kind: "second-look",
      what: `let ${group} look at its work a second time`,
      price: 0,
      excludes: [],
      edit: ({ protocol }) => ({
        protocol: after(protocol, "work", (work) =>
          groupsOf(work.who).includes(group)
            ? [{ check: { by: group, of: "own", as: "self" } }, { work: { ...work, who: group } }]
            : [],
        ),
      }),
    }));
  },
};
