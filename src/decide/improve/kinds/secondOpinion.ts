// A second opinion: a model of another family reads what an agent makes before anybody else does. It does not share the errors
// that the agent's family has in common.
import { CHECK, ratesText } from "../assumed.ts";
import { joining } from "../joining.ts";
import type { Deriving, Option } from "../option.ts";
import { after } from "../phases.ts";
import { nameOf } from "../text.ts";
import { groupsOf, type View } from "../view.ts";

export const secondOpinion: Deriving = {
  kind: "second-opinion",
  derive(view) {
    const { models } = view.scenario;
    const makers = view.makers;
    const all = view.modelled.flatMap(([group, own]) =>
      !makers.includes(group)
        ? []
        : Object.keys(models)
            .filter((model) => models[model].family !== models[own].family)
            .map((model) => optionOf(view, group, model)),
    );
    return all.length > 0 ? all : "the file names models of one family only";
  },
};

function optionOf(view: View, group: string, model: string): Option {
  const best = view.best("peer") ?? view.best("orchestrator");
  const rates = best?.rates ?? CHECK;
  const reader = nameOf(group, "reader");
  return {
    name: nameOf(group, "read-by", model),
    kind: "second-opinion",
    what: `let ${model} read what ${group} makes`,
    assumes: best ? `it checks as well as ${best.group}` : ratesText(CHECK),
    price: 0,
    excludes: [],
    edit: (now) => ({
      // No worker, so that its ledger is not aggregated.
      ...joining(now, reader, { role: "orchestrator", model, checks: { peer: { ...rates } } }, [
        group,
      ]),
      protocol: after(now.protocol, "work", (work) =>
        groupsOf(work.who).includes(group)
          ? [
              { send: { from: group, to: reader } },
              { check: { by: reader, as: "peer" } },
              { work: { ...work, who: group } },
            ]
          : [],
      ),
    }),
  };
}
