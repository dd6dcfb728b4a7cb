// Reviews of one's own work twice as often, where an agent says how often it reviews.
import type { Deriving } from "../option.ts";
import { nameOf } from "../text.ts";

/** From this many turns on an agent never reviews before its work is complete. */
const NEVER = 1000;

export const moreReviews: Deriving = {
  kind: "more-reviews",
  derive(view) {
    const able = view.makers.filter((group) => {
      const { reviewEvery, checks } = view.agent(group);
      return checks.self.recall > 0 && reviewEvery >= 2 && reviewEvery < NEVER;
    });
    if (able.length === 0) return "no agent says after how many turns it reviews its work";
    return able.map((group) => {
      const turns = Math.floor(view.agent(group).reviewEvery / 2);
      return {
        name: nameOf(group, "reviews"),
        kind: "more-reviews",
        what: `let ${group} review its work every ${turns === 1 ? "turn" : `${turns} turns`}`,
        price: 0,
        excludes: [],
        edit: () => ({ [`agents.${group}.reviewEvery`]: turns }),
      };
    });
  },
};
