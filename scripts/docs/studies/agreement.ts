// How far groups of simulated figures agree with published ones, as words that stay true when the figures change. A group is
// two or more figures whose ids begin alike: `kim2025.change.plancraft` stands for the changes of all teams on PlanCraft.
import type { TargetResult } from "../../../src/literature/judging.ts";
import type { Places } from "../places.ts";

/** What stands at the places of groups. */
export function agreementPlaces(targets: readonly TargetResult[]): Places {
  return Object.fromEntries(
    [...groupsOf(targets)].flatMap(([ids, group]) => [
      [`in range ${ids}`, shareOf(group, isInRange)],
      [`agreement ${ids}`, agreement(group)],
    ]),
  );
}

/** The figures with a tolerance, by every way in which an id can begin. */
function groupsOf(targets: readonly TargetResult[]): Map<string, TargetResult[]> {
  const groups = new Map<string, TargetResult[]>();
  for (const target of targets.filter(({ tolerance }) => tolerance !== null)) {
    const parts = target.id.split(".");
    for (const i of parts.keys()) {
      const ids = parts.slice(0, i + 1).join(".");
      groups.set(ids, [...(groups.get(ids) ?? []), target]);
    }
  }
  return new Map([...groups].filter(([, group]) => group.length > 1));
}

/** Such as `with all 4 figures in direction, and with 3 of 4 in size`. */
export function agreement(group: readonly TargetResult[]): string {
  const [direction, size] = [hasDirection, isInRange].map((test) => shareOf(group, test));
  return direction === size && /^(all|none) /.test(size)
    ? `with ${direction} figures in direction and in size`
    : `with ${direction} figures in direction, and with ${size} in size`;
}

const isInRange = ({ pass }: TargetResult) => pass === true;

/** Whether the whole interval lies on the side of no effect on which the published figure lies. */
function hasDirection({ unit, published, simulated: { mean, ci } }: TargetResult): boolean {
  const none = unit === "ratio" ? 1 : 0;
  const side = Math.sign(published - none);
  return [mean, ...ci].every((x) => x !== null && Math.sign(x - none) === side);
}

/** Such as `all 4`, `3 of 4`, `none of 4`. */
function shareOf<Item>(items: readonly Item[], test: (item: Item) => boolean): string {
  const number = items.filter(test).length;
  if (number === items.length) return `all ${number}`;
  return `${number === 0 ? "none" : number} of ${items.length}`;
}
