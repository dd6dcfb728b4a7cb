// Words for agents and claims in what is said of a protocol in which something can never happen.

import { list } from "../../documents/quoting.ts";

const MOST_NAMED = 5;

/** Names as a list of words: "a, b and c". */
export function listed(names: readonly string[]): string {
  if (names.length < 2 || names.length > MOST_NAMED) return list(names, MOST_NAMED);
  return `${list(names.slice(0, -1))} and ${list(names.slice(-1))}`;
}

/** A verb or pronoun that goes with names: one claim is, several are. */
export const verb = (names: readonly string[], one: string, many: string) =>
  names.length === 1 ? one : many;

/** Agents as a message names them, and whether they are several: one name may stand for a group. */
export interface Named {
  readonly names: readonly string[];
  readonly areSeveral: boolean;
}

export const says = ({ names, areSeveral }: Named, one: string, many: string) =>
  `${listed(names)} ${areSeveral ? many : one}`;

export const reaches = (claims: readonly string[]) => verb(claims, "never reaches", "never reach");
export const them = (claims: readonly string[]) => verb(claims, "it", "them");
