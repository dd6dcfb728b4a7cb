// Half as many tokens again to spend on a task, where they are limited.
import type { Deriving } from "../option.ts";

export const tokens: Deriving = {
  kind: "tokens",
  derive(view) {
    const { tokens } = view.scenario.budget;
    if (tokens === 0) return "nothing limits the tokens of a task";
    const more = Math.round(tokens * 1.5);
    return [
      {
        name: "more-tokens",
        kind: "tokens",
        what: `let a task spend ${more} tokens instead of ${tokens}`,
        price: 0,
        excludes: [],
        edit: () => ({ "budget.tokens": more }),
      },
    ];
  },
};
