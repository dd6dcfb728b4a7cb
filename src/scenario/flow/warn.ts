// Warns of protocols in which something can never happen, before a run does: claims that nobody can make or deliver,
// rejections that nobody hears, agents with nothing to do. What is warned of is certain; what is not may happen still.
import type { Problems } from "../../documents/checking/problems.ts";
import type { MapNode } from "../../documents/reading/tree.ts";
import { locate } from "../../documents/reading/tree.ts";
import { compile } from "../compiling/compile.ts";
import type { Scenario } from "../schema.ts";
import { agentCells, groupCells } from "./cells.ts";
import * as claims from "./claims.ts";
import { type Context, contextOf, type Finding } from "./context.ts";
import * as idle from "./idle.ts";
import { explore } from "./reach.ts";
import { rejectionsWithoutWayBack } from "./rejections.ts";
import { shortage } from "./rounds.ts";

const RULES: readonly ((context: Context) => Finding[])[] = [
  claims.claimsOfNobody,
  claims.claimsThatWait,
  claims.premisesThatAreGuessed,
  claims.claimsThatGetLost,
  rejectionsWithoutWayBack,
  idle.idleWorkers,
  idle.strangers,
  idle.idleCheckers,
  idle.idleSends,
  idle.echoes,
  idle.hopelessLoops,
  shortage,
];

/** Findings of one rule at one place that are told in full. */
const MOST_ALIKE = 3;

/** Adds to `problems` what can never happen in a valid scenario. Says nothing where finding out would take too long. */
export function warnOfStalls(scenario: Scenario, tree: MapNode, problems: Problems): void {
  for (const { path, text } of findStalls(scenario))
    problems.warning(locate(tree, path), path, text);
}

/** What can never happen in a valid scenario, rule by rule. */
export function findStalls(scenario: Scenario): Finding[] {
  const plan = compile(scenario);
  const reach =
    explore(plan, agentCells(plan), false) ?? explore(plan, groupCells(plan, scenario), false);
  if (reach === undefined) return [];
  const context = contextOf(scenario, reach);
  return RULES.flatMap((rule) => fewOfEach(rule(context)));
}

/** Of many findings at one place the first few, the last of which says how many more there are. */
function fewOfEach(findings: readonly Finding[]): Finding[] {
  const counts = new Map<string, number>();
  const placeOf = ({ path }: Finding) => path.join(".");
  for (const finding of findings)
    counts.set(placeOf(finding), (counts.get(placeOf(finding)) ?? 0) + 1);
  const told = new Map<string, number>();
  return findings.flatMap((finding) => {
    const place = placeOf(finding);
    const number = (told.get(place) ?? 0) + 1;
    told.set(place, number);
    const more = (counts.get(place) as number) - MOST_ALIKE;
    if (number > MOST_ALIKE) return [];
    if (number < MOST_ALIKE || more <= 0) return [finding];
    const message = `${finding.text.message} (and ${more} more like this)`;
    return [{ ...finding, text: { ...finding.text, message } }];
  });
}
