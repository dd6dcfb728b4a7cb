// A person who looks at what is risky before it is delivered, where nobody of the kind checks yet.
import { PERSON, ratesText } from "../assumed.ts";
import { joining } from "../joining.ts";
import type { Deriving } from "../option.ts";
import { mapPhases } from "../phases.ts";
import { riskOf } from "../risk.ts";

const NAME = "person";

export const human: Deriving = {
  kind: "human",
  derive(view) {
    if (view.groups.some((group) => view.agent(group).kind === "human"))
      return "the team has a person";
    const risk = riskOf(view);
    if (risk === undefined)
      return "no claim is critical or states a loss, and no agent its confidence";
    const { from } = view.phases("aggregate")[0] ?? {};
    const delivering = view.among(from === undefined ? view.makers : [from]);
    const makers = delivering.filter((group) => view.makers.includes(group));
    if (makers.length === 0) return "those whose ledgers are delivered make no claims themselves";
    return [
      {
        name: "person-for-risky",
        kind: "human",
        what: `let a person look at what is ${risk} before it is delivered`,
        assumes: `${ratesText(PERSON.checks.orchestrator)}, 6 min a look, $${PERSON.price.perHour} per hour`,
        price: 0,
        excludes: [],
        edit: (now) => ({
          ...joining(now, NAME, PERSON, makers),
          protocol: mapPhases(now.protocol, (phase) =>
            phase.aggregate === undefined
              ? [phase]
              : [
                  {
                    repeat: {
                      rounds: 2,
                      phases: [
                        { send: { from: makers, to: NAME } },
                        { check: { by: NAME, when: risk } },
                        { work: { who: makers, onlyReady: true } },
                      ],
                    },
                  },
                  phase,
                ],
          ),
        }),
      },
    ];
  },
};
