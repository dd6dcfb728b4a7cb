// One more member of a group that shares its work.
import type { Deriving } from "../option.ts";
import { nameOf } from "../text.ts";

export const member: Deriving = {
  kind: "member",
  derive(view) {
    const { how } = view.phases("aggregate")[0] ?? {};
    const isVote = how === "majority" || how === "ahead";
    const able = view.makers.filter((group) => view.agent(group).count > 1 && !isVote);
    if (able.length === 0) return "no group shares its work among members";
    return able.map((group) => ({
      name: nameOf("one-more", group),
      kind: "member",
      what: `add one ${group}: ${view.agent(group).count + 1} in all`,
      price: 0,
      excludes: [],
      edit: (now) => ({ [`agents.${group}.count`]: now.agent(group).count + 1 }),
    }));
  },
};
