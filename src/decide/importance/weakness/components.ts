// The components of a scenario: one function per kind.
import type { Scenario } from "../../../scenario/schema.ts";
import { checksOf } from "./checks.ts";
import { claimsOf } from "./claims.ts";
import type { ComponentKind, Found } from "./component.ts";
import { edgesOf } from "./edges.ts";
import { agentsOf, modelsOf } from "./makers.ts";

/** Where a scenario has more of a kind, the others are left out: each takes simulations of its own. */
export const MOST_OF_A_KIND = 40;

const FINDERS: Readonly<Record<ComponentKind, (scenario: Scenario) => Found>> = {
  agent: agentsOf,
  model: modelsOf,
  check: checksOf,
  edge: edgesOf,
  claim: claimsOf,
};

/** All components of a scenario, by kind in their order in the file, and what is left out. */
export function componentsOf(scenario: Scenario): Found {
  const found = Object.values(FINDERS).map((find) => withoutMany(find(scenario)));
  return {
    components: found.flatMap(({ components }) => components),
    leftOut: found.flatMap(({ leftOut }) => leftOut),
  };
}

function withoutMany({ components, leftOut }: Found): Found {
  const why = `there are more than ${MOST_OF_A_KIND}, and it is not among the first`;
  return {
    components: components.slice(0, MOST_OF_A_KIND),
    leftOut: [
      ...leftOut,
      ...components.slice(MOST_OF_A_KIND).map(({ kind, name }) => ({ kind, name, why })),
    ],
  };
}
