// Claims that are shared out among the members of a group go to two of them each.
import type { Deriving } from "../option.ts";
import { withFields } from "../phases.ts";

const COPIES = 2;

export const copies: Deriving = {
  kind: "copies",
  derive(view) {
    const shared = view.phases("assign").filter(({ mode }) => mode === "partition");
    if (shared.length === 0) return "no claims are shared out among agents";
    return [
      {
        name: "two-make-each-claim",
        kind: "copies",
        what: "give each claim to two agents instead of one",
        price: 0,
        excludes: [],
        edit: ({ protocol }) => ({
          protocol: withFields(protocol, "assign", (fields) =>
            fields.mode === "partition" ? { ...fields, mode: "replicate", k: COPIES } : fields,
          ),
        }),
      },
    ];
  },
};
