// Members of a group show each other what they made, and check it as peers.
import { CHECK, ratesText } from "../assumed.ts";
import type { Deriving } from "../option.ts";
import { after } from "../phases.ts";
import { nameOf } from "../text.ts";
import { groupsOf, type View } from "../view.ts";

export const peers: Deriving = {
  kind: "peers",
  derive(view) {
    const able = view.makers.filter(
      (group) => view.agent(group).count > 1 && !sendsToItself(view, group),
    );
    if (able.length === 0) return "no group has members that could check each other and do not yet";
    return able.map((group) => {
      const own = view.agent(group).checks.peer;
      const rates = own.recall > 0 ? own : (view.best("peer")?.rates ?? CHECK);
      return {
        name: nameOf(group, "peer-check"),
        kind: "peers",
        what: `let each ${group} check what the others make`,
        ...(rates === CHECK && { assumes: ratesText(CHECK) }),
        price: 0,
        excludes: [],
        edit: ({ protocol, edges }) => ({
          [`agents.${group}.checks.peer.recall`]: rates.recall,
          [`agents.${group}.checks.peer.falseAlarm`]: rates.falseAlarm,
          "topology.edges": [...edges, { from: group, to: group }],
          protocol: after(protocol, "work", (work) =>
            groupsOf(work.who).includes(group)
              ? [
                  { send: { from: group, to: group } },
                  { check: { by: group, as: "peer" } },
                  { work: { ...work, who: group } },
                ]
              : [],
          ),
        }),
      };
    });
  },
};

const sendsToItself = (view: View, group: string) =>
  view
    .phases("send")
    .some(({ from, to }) => [from, to].every((end) => groupsOf(end).includes(group)));
