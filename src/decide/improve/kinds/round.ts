// One more round of the loops of the protocol.
import type { Deriving } from "../option.ts";
import { withFields } from "../phases.ts";

export const round: Deriving = {
  kind: "round",
  derive(view) {
    const counts = view.phases("repeat").flatMap(({ rounds }) => (isCount(rounds) ? [rounds] : []));
    if (counts.length === 0) return "no loop states its number of rounds";
    return [
      {
        name: "one-more-round",
        kind: "round",
        what: `repeat one more time: ${counts.map((rounds) => rounds + 1).join(", ")} rounds`,
        price: 0,
        excludes: [],
        edit: ({ protocol }) => ({
          protocol: withFields(protocol, "repeat", (fields) =>
            isCount(fields.rounds) ? { ...fields, rounds: fields.rounds + 1 } : fields,
          ),
        }),
      },
    ];
  },
};

const isCount = (rounds: unknown): rounds is number => typeof rounds === "number";
