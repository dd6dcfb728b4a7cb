// A component of a team, and what it would be without errors, without use, and ten percent better: changes of a scenario's normal
// form, so that every draw of uncertain numbers can have them.
import type { Scenario } from "../../../scenario/schema.ts";

/** What a team is made of. */
export const COMPONENT_KINDS = ["agent", "model", "check", "edge", "claim"] as const;
export type ComponentKind = (typeof COMPONENT_KINDS)[number];

/** What a component might be instead. */
export const COUNTERFACTUALS = ["perfect", "absent", "better"] as const;
export type CounterfactualName = (typeof COUNTERFACTUALS)[number];

/** A valid scenario from a valid one; the same object where there is nothing to change. */
export type Change = (scenario: Scenario) => Scenario;

/** A component of a team: it is called by kind and name. */
export interface Component {
  readonly kind: ComponentKind;
  readonly name: string;
  readonly changes: Readonly<Record<CounterfactualName, Change>>;
}

/** What has no counterfactual, and why. */
export interface LeftOut {
  readonly kind: ComponentKind;
  readonly name: string;
  readonly why: string;
}

/** Components of one kind, and those that are left out. */
export interface Found {
  readonly components: readonly Component[];
  readonly leftOut: readonly LeftOut[];
}

/** What is left of a chance to go wrong that is ten percent lower. */
const LEFT = 0.9;

/** What becomes of a chance to go wrong and of a chance to do well. */
export interface Turn {
  readonly risk: (chance: number) => number;
  readonly merit: (chance: number) => number;
}

/** Nothing goes wrong; ten percent less goes wrong. */
export const FAULTLESS: Turn = { risk: () => 0, merit: () => 1 };
export const BETTER: Turn = {
  risk: (chance) => LEFT * chance,
  merit: (chance) => 1 - LEFT * (1 - chance),
};

/** What ten percent less do to log-odds. */
export const BETTER_LOG_ODDS = Math.log(LEFT);

/** The map with one value replaced. */
export const withValue = <V>(map: Readonly<Record<string, V>>, key: string, value: NoInfer<V>) => ({
  ...map,
  [key]: value,
});
