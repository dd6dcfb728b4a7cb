// What an option is: a change of a scenario that can be bought, by itself or with others.
import type { Overrides } from "../../documents/reading/overrides.ts";
import type { View } from "./view.ts";

/** The kinds of change that its file states, and those that are derived from a scenario. */
export const OPTION_KINDS = [
  "stated",
  "lever",
  "self-check",
  "second-look",
  "more-reviews",
  "check",
  "peers",
  "wider-check",
  "narrower-check",
  "second-opinion",
  "model",
  "round",
  "voting",
  "copies",
  "member",
  "tokens",
  "resend",
  "retries",
  "human",
  "routing",
] as const;

export type OptionKind = (typeof OPTION_KINDS)[number];

export interface Option {
  /** Unique, of letters, digits, `_` and `-`. */
  readonly name: string;
  readonly kind: OptionKind;
  /** What is done, as an order without a capital: `let lead check what it receives`. */
  readonly what: string;
  /** What it takes for granted, where the scenario states no number for it. */
  readonly assumes?: string;
  /** Stated price, US dollars per task, besides what the simulation finds. */
  readonly price: number;
  /** Names of options that cannot be taken together with it. */
  readonly excludes: readonly string[];
  /** The values to set in a scenario that may have other changes already. @throws Inapplicable */
  edit(view: View): Overrides;
}

/** Why an option, or a kind of option, is not offered. */
export interface LeftOut {
  /** The option, or the kind where none of it applies. */
  readonly name: string;
  readonly why: string;
}

/** An option does not apply to a scenario. */
export class Inapplicable extends Error {}

/** What a kind of option finds in a scenario: options, or why there is none. */
export type Found = readonly Option[] | string;

/** A kind of option that is derived from scenarios. */
export interface Deriving {
  readonly kind: OptionKind;
  derive(view: View): Found;
}
