// Parameters: named numbers that formulas use, beside the three variables that every scenario has.
import type { Examined } from "../documents/checking/examined.ts";
import type { Text } from "../documents/checking/problems.ts";
import type { Numbers, Variables } from "../documents/formulas/formulas.ts";
import { RESERVED_NAMES, VARIABLE_PATTERN } from "../documents/formulas/language.ts";
import { list, word } from "../documents/quoting.ts";

/** Tools of the task, agents of the team, claims of the task graph. */
export const VARIABLES: Variables = {
  tools: (numbers) => numbers.valueAt(["task", "tools"], 0),
  agents: (numbers) => numbers.sum(numbers.children(["agents"]), (group) => [...group, "count"], 1),
  claims,
};

function claims(numbers: Numbers): number | undefined {
  const graph = ["task", "graph"];
  switch (numbers.wordAt([...graph, "shape"])) {
    case "chain":
    case "generated":
      return numbers.valueAt([...graph, "size"]);
    case "layers":
      return numbers.sum(numbers.children([...graph, "layers"]));
    case "graph":
      return numbers.children([...graph, "claims"]).length;
    default:
      return undefined;
  }
}

/** Names that a parameter cannot have, since they mean something else in a formula. */
const RESERVED: readonly string[] = [...Object.keys(VARIABLES), ...RESERVED_NAMES];

export function checkParameters(
  parameters: Readonly<Record<string, number>>,
  found: Examined,
): void {
  for (const name of Object.keys(parameters))
    if (!VARIABLE_PATTERN.test(name) || RESERVED.includes(name))
      found.errorAtKey(["parameters", name], wrongName(name));
}

const wrongName = (name: string): Text => ({
  message: `a parameter cannot be called ${word(name)}`,
  rule: `formulas read the names of parameters: they have the letters A to Z, digits and _ only, and ${list(RESERVED, 99)} mean something else`,
});
