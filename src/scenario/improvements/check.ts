// Checks improvements by what they say of each other; whether their values make a scenario is seen where they are made.
import type { Examined } from "../../documents/checking/examined.ts";
import type { Text } from "../../documents/checking/problems.ts";
import { list, meant, word } from "../../documents/quoting.ts";
import type { Improvement, Improvements } from "./schema.ts";

export function checkImprovements(improvements: Improvements, found: Examined): void {
  const names = improvements.map(({ name }) => name);
  for (const [i, improvement] of improvements.entries()) {
    const { name, set, lever, excludes = [] } = improvement;
    const at = ["improvements", i];
    if (names.indexOf(name) < i) found.error([...at, "name"], calledTwice(name));
    if (set !== undefined && Object.keys(set).length === 0) found.error([...at, "set"], nothingSet);
    if ((set === undefined) === (lever === undefined)) found.error(at, oneOfBoth(name));
    checkLever(improvement, at, found);
    for (const [j, other] of excludes.entries())
      if (!names.includes(other))
        found.error([...at, "excludes", j], unknownName(other, names, found.suggest(other, names)));
  }
}

function checkLever(
  { name, lever, between, prices }: Improvement,
  at: (string | number)[],
  found: Examined,
): void {
  if (lever !== undefined && between === undefined) found.error([...at, "lever"], withoutBounds);
  if (lever === undefined && (between !== undefined || prices !== undefined))
    found.error([...at, between === undefined ? "prices" : "between"], withoutLever(name));
  if (between !== undefined && !(between[0] < between[1]))
    found.error([...at, "between"], boundsFall);
}

const calledTwice = (name: string): Text => ({
  message: `two improvements are called ${word(name)}`,
  rule: "every improvement has a name of its own",
});

const nothingSet: Text = {
  message: "this improvement changes nothing",
  rule: "set has one value or more, by dotted path",
};

const oneOfBoth = (name: string): Text => ({
  message: `${word(name)} must have either set or lever`,
  rule: "an improvement sets values, or says between which bounds a number can be set",
});

const withoutBounds: Text = {
  message: "the lever has no bounds",
  rule: "a lever is searched between two bounds: between: [LOW, HIGH]",
};

const withoutLever = (name: string): Text => ({
  message: `${word(name)} has no lever`,
  rule: "between and prices belong to a lever",
});

const boundsFall: Text = {
  message: "the bounds do not rise",
  rule: "the lower bound comes first, and the upper one is above it",
};

const unknownName = (name: string, names: readonly string[], near: string | undefined): Text => ({
  message: `there is no improvement ${word(name)}`,
  rule: `the improvements are ${list(names, 12)}`,
  ...meant(near),
});
