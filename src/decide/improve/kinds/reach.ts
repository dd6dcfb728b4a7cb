// How much a check looks at: all that comes, where it looks at some of it; only at what is risky, where it looks at all.
import { type Deriving, Inapplicable, type Option } from "../option.ts";
import { type Fields, withFields } from "../phases.ts";
import { riskOf } from "../risk.ts";
import { nameOf } from "../text.ts";
import { groupsOf, type View } from "../view.ts";

const isPartial = ({ when, share = 1 }: Fields) => when !== undefined || share !== 1;

/** Groups of which some check meets a condition. */
const checkers = (view: View, meets: (fields: Fields) => boolean) =>
  view.among(view.phases("check").flatMap((fields) => (meets(fields) ? [fields.by] : [])));

export const widerCheck: Deriving = {
  kind: "wider-check",
  derive(view) {
    const able = checkers(view, isPartial);
    if (able.length === 0) return "every check looks at all that comes";
    return able.map((group) => ({
      name: nameOf(group, "looks-at-all"),
      kind: "wider-check",
      what: `let ${group} look at all that it checks now in part`,
      price: 0,
      excludes: [],
      edit: ({ protocol }) => ({
        protocol: withFields(protocol, "check", (fields) => {
          const { when: _, share: __, ...rest } = fields;
          return groupsOf(fields.by).includes(group) ? rest : fields;
        }),
      }),
    }));
  },
};

export const narrowerCheck: Deriving = {
  kind: "narrower-check",
  derive(view) {
    const risk = riskOf(view);
    if (risk === undefined)
      return "no claim is critical or states a loss, and no agent its confidence";
    const able = checkers(view, (fields) => !isPartial(fields));
    if (able.length === 0) return "no check looks at all that comes";
    return able.map((group) => narrowed(group, risk));
  },
};

const narrowed = (group: string, risk: string): Option => ({
  name: nameOf(group, "looks-at-risky"),
  kind: "narrower-check",
  what: `let ${group} look only at what is ${risk}`,
  price: 0,
  excludes: [],
  edit(view) {
    const isWide = (fields: Fields) => groupsOf(fields.by).includes(group) && !isPartial(fields);
    if (!view.phases("check").some(isWide))
      throw new Inapplicable(`${group} looks at a part already`);
    return {
      protocol: withFields(view.protocol, "check", (fields) =>
        isWide(fields) ? { ...fields, when: risk } : fields,
      ),
    };
  },
});
