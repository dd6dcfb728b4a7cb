// Messages are sent a second time, where some of what they should carry gets lost.
import type { Deriving } from "../option.ts";
import { after } from "../phases.ts";

export const resend: Deriving = {
  kind: "resend",
  derive(view) {
    const senders = view.among(view.phases("send").map(({ from }) => from));
    if (senders.length === 0) return "nobody sends messages";
    const { weight, edges } = view.scenario.topology;
    const isLossy =
      senders.some((group) => view.agent(group).omission > 0) ||
      weight < 1 ||
      edges.some((edge) => edge.weight < 1);
    if (!isLossy) return "no message leaves anything out, and all arrive";
    return [
      {
        name: "send-twice",
        kind: "resend",
        what: "send again what a receiver has not got",
        price: 0,
        excludes: [],
        edit: ({ protocol }) => ({
          protocol: after(protocol, "send", (fields) => [
            { send: { ...fields, what: fields.what === "accepted" ? "accepted" : "new" } },
          ]),
        }),
      },
    ];
  },
};
