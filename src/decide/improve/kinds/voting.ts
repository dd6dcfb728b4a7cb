// A vote: three make what one makes alone, or two more vote where there is a vote.
import type { Deriving } from "../option.ts";
import { withFields } from "../phases.ts";
import { nameOf } from "../text.ts";

const VOTERS = 3;

export const voting: Deriving = {
  kind: "voting",
  derive(view) {
    const [group, ...others] = view.makers;
    const { how, from } = view.phases("aggregate")[0] ?? {};
    if (group === undefined || others.length > 0) return "more than one group makes claims";
    if (how === "synthesize") return "the deliverable is synthesized, so that nobody votes";
    const from_ = from === undefined ? [group] : view.among([from]);
    if (!from_.includes(group)) return `the ledger of ${group} is not aggregated`;
    const { count } = view.agent(group);
    const isVote = how === "majority" || how === "ahead";
    if (count > 1 && !isVote) return `${group} shares the claims out among its members`;
    const voters = isVote ? count + 2 : VOTERS;
    return [
      {
        name: nameOf(group, "vote"),
        kind: "voting",
        what: `let ${voters} of ${group} make every claim, and take the majority`,
        price: 0,
        excludes: [],
        edit: ({ protocol }) => ({
          [`agents.${group}.count`]: voters,
          protocol: withFields(protocol, "aggregate", (fields) =>
            isVote ? fields : { ...fields, how: "majority" },
          ),
        }),
      },
    ];
  },
};
