// Checks improvements by what they say of each other; whether their values make a scenario is seen where they are made.
import type { Examined } from "../../documents/checking/examined.ts";
import type { Text } from "../../documents/checking/problems.ts";
import { list, meant, word } from "../../documents/quoting.ts";
import type { Improvements } from "./schema.ts";

export function checkImprovements(improvements: Improvements, found: Examined): void {
  const names = improvements.map(({ name }) => name);
  for (const [i, { name, set, excludes = [] }] of improvements.entries()) {
    const at = ["improvements", i];
    if (names.indexOf(name) < i) found.error([...at, "name"], calledTwice(name));
    if (Object.keys(set).length === 0) found.error([...at, "set"], nothingSet);
    for (const [j, other] of excludes.entries())
      if (!names.includes(other))
        found.error([...at, "excludes", j], unknownName(other, names, found.suggest(other, names)));
  }
}

const calledTwice = (name: string): Text => ({
  message: `two improvements are called ${word(name)}`,
  rule: "every improvement has a name of its own",
});

const nothingSet: Text = {
  message: "this improvement changes nothing",
  rule: "set has one value or more, by dotted path",
};

const unknownName = (name: string, names: readonly string[], near: string | undefined): Text => ({
  message: `there is no improvement ${word(name)}`,
  rule: `the improvements are ${list(names, 12)}`,
  ...meant(near),
});
