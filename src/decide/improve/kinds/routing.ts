// A router in front of an agent that works alone: what looks easy goes to a cheaper model, or what looks hard to a better one.
import { ROUTER_NOISE } from "../assumed.ts";
import type { Deriving, Option } from "../option.ts";
import { mapPhases, type Phase } from "../phases.ts";
import { nameOf, plainText } from "../text.ts";
import { groupsOf, type View } from "../view.ts";

export const routing: Deriving = {
  kind: "routing",
  derive(view) {
    const { models, task } = view.scenario;
    const [group, ...others] = view.makers;
    if (group === undefined || others.length > 0) return "more than one group makes claims";
    if (view.phases("assign").length > 0) return "the protocol assigns claims already";
    if (task.difficultySpread === 0) return "all tasks are equally hard";
    const own = view.modelled.find(([name]) => name === group)?.[1];
    const rival = Object.keys(models).filter((name) => name !== own);
    if (own === undefined || rival.length === 0) return "the file names one model only";
    return rival.map((name) => optionOf(view, group, own, name));
  },
};

function optionOf(view: View, group: string, own: string, model: string): Option {
  const { models, task } = view.scenario;
  const isBetter = models[model].errorRate < models[own].errorRate;
  const other = nameOf(group, model);
  const noise = Number((ROUTER_NOISE * task.difficultySpread).toPrecision(3));
  const [easy, hard] = isBetter ? [group, other] : [other, group];
  const both = (references: unknown) =>
    groupsOf(references).includes(group) ? [...groupsOf(references), other] : references;
  return {
    name: nameOf("route", isBetter ? "hard" : "easy", "to", model),
    kind: "routing",
    what: `route ${isBetter ? "hard" : "easy"} tasks from ${group} to ${model}`,
    assumes: `the router errs by ${plainText(noise)} in judging the difficulty`,
    price: 0,
    excludes: [],
    edit: (now) => ({
      [`agents.${other}`]: { ...writable(now, group), model },
      protocol: [
        { assign: { to: [group, other], mode: "route", split: { noise, easy, hard } } },
        ...mapPhases(now.protocol, (phase) => [widened(phase, both)]),
      ],
    }),
  };
}

/** What a group states, without what only a member of the team in its place has. */
const writable = (view: View, group: string) => {
  const { model: _, ...rest } = view.agent(group);
  return rest;
};

/** The phase with both agents wherever it names the one. */
function widened(phase: Phase, both: (references: unknown) => unknown): Phase {
  const [kind, fields = {}] = Object.entries(phase)[0];
  const changed = Object.entries(fields).map(([key, value]) => [
    key,
    ["who", "from", "to", "by"].includes(key) ? both(value) : value,
  ]);
  return { [kind]: Object.fromEntries(changed) };
}
