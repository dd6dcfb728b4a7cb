// Whether scenarios can be observed together: on the same tasks, with the same luck.
import { canBePaired, pairedBy } from "../experiment/pairing.ts";
import type { Scenario } from "../scenario/schema.ts";

/** Scenarios that cannot be observed together. */
export class TogetherError extends RangeError {}

/** @throws TogetherError where two have the same name, or their tasks per replication differ */
export function checkTogether(scenarios: readonly Scenario[]): void {
  const names = scenarios.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new TogetherError(`two scenarios are called ${twice}: names must differ (set \`name\`)`);
  const [first] = scenarios;
  const stranger = scenarios.find((one) => !canBePaired(pairedBy(one), pairedBy(first)));
  if (stranger !== undefined)
    throw new TogetherError(
      `${stranger.name} and ${first.name} cannot be observed together: scenarios must agree in repeats, and in the tasks and the warm-up of a replication`,
    );
}
