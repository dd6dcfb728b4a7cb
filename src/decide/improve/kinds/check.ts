// A check by an agent that receives claims and looks at none of them: as a peer, or as the orchestrator it is.
import type { Overrides } from "../../../documents/reading/overrides.ts";
import { CHECK, ROUNDS, ratesText } from "../assumed.ts";
import { type Deriving, Inapplicable, type Option } from "../option.ts";
import { after, isLooped, looped } from "../phases.ts";
import { nameOf } from "../text.ts";
import { type CheckRates, groupsOf, type View } from "../view.ts";

export const check: Deriving = {
  kind: "check",
  derive(view) {
    const receivers = view.among(view.phases("send").map(({ to }) => to));
    const checkers = view.among(view.phases("check").map(({ by }) => by));
    const able = receivers.filter(
      (group) => !checkers.includes(group) && makersBefore(view, group).length > 0,
    );
    if (able.length === 0) return "every agent that receives claims from others checks them";
    return able.map((group) => optionOf(view, group));
  },
};

function optionOf(view: View, group: string): Option {
  const kind = view.usualCheck(group);
  const own = view.agent(group).checks[kind];
  const best = own.recall > 0 ? undefined : view.best(kind);
  const rates: CheckRates = own.recall > 0 ? own : (best?.rates ?? CHECK);
  const isAssumed = own.recall === 0 && best === undefined;
  return {
    name: nameOf("check-by", group),
    kind: "check",
    what: `let ${group} check what it receives, as ${kind === "peer" ? "a peer" : "the orchestrator"}${best ? `, as well as ${best.group} does` : ""}`,
    ...(isAssumed && { assumes: ratesText(CHECK) }),
    price: 0,
    excludes: [],
    edit: (now) => checkedBy(now, group, kind, rates),
  };
}

/** Groups that make claims and send them to a group. */
const makersBefore = (view: View, group: string): readonly string[] => {
  const senders = view.among(
    view.phases("send").flatMap(({ from, to }) => (groupsOf(to).includes(group) ? [from] : [])),
  );
  return senders.filter((sender) => sender !== group && view.makers.includes(sender));
};

function checkedBy(
  view: View,
  group: string,
  kind: "peer" | "orchestrator",
  { recall, falseAlarm }: CheckRates,
): Overrides {
  const senders = makersBefore(view, group);
  if (senders.length === 0) throw new Inapplicable(`${group} receives nothing from who makes it`);
  const checked = after(view.protocol, "send", ({ to }) =>
    groupsOf(to).includes(group) ? [{ check: { by: group } }] : [],
  );
  const isMine = ({ by }: { readonly by?: unknown }) => groupsOf(by).includes(group);
  return {
    [`agents.${group}.checks.${kind}.recall`]: recall,
    [`agents.${group}.checks.${kind}.falseAlarm`]: falseAlarm,
    "topology.edges": [...view.edges, { from: group, to: [...senders] }],
    protocol: isLooped(checked, "check", isMine) ? checked : looped(checked, ROUNDS),
  };
}
