// Checks what is said of language models, people and programs: that it is of their kind, and that it is whole. What agentDefaults
// say is for the kinds that it is of.
import type { Examined } from "../../documents/checking/examined.ts";
import type { Path } from "../../documents/reading/tree.ts";
import { weeklySpans } from "../calendar.ts";
import { checkLatency } from "../models/check.ts";
import { kindOf, OF_CODE, OF_KINDS } from "./kinds.ts";
import * as messages from "./messages.ts";
import type { AgentSpec, Agents } from "./schema.ts";

export function checkKinds(agents: Agents, found: Examined): void {
  for (const [group, agent] of Object.entries(agents)) {
    const path = ["agents", group];
    checkForeignFields(group, agent, found);
    if (kindOf(agent) === "code") checkProgram(agent, path, found);
    if (kindOf(agent) === "human") checkPerson(group, agent, path, found);
    if (kindOf(agent) !== "model") checkPrice(agent, path, found);
    checkShifts(agent, path, found);
  }
}

/** Whether a group itself says something, rather than the defaults of all groups. */
const isStated = (path: Path, found: Examined) =>
  found.isWritten(path) && found.written(path)[0] === "agents";

function checkForeignFields(group: string, agent: AgentSpec, found: Examined): void {
  const kind = kindOf(agent);
  for (const [field, kinds] of Object.entries(OF_KINDS)) {
    const path = ["agents", group, field];
    if (!(kinds as readonly string[]).includes(kind) && isStated(path, found))
      found.error(path, messages.ofOtherKinds(group, kind, field, kinds));
  }
}

function checkPrice({ price }: AgentSpec, path: Path, found: Examined): void {
  if (price?.perTurn !== undefined && price.perHour !== undefined)
    found.error([...path, "price"], messages.twoPrices);
}

function checkProgram(agent: AgentSpec, path: Path, found: Examined): void {
  for (const [field, fixed] of Object.entries(OF_CODE)) {
    const value = agent[field as keyof typeof OF_CODE];
    const place = [...path, field];
    if (value !== fixed && isStated(place, found))
      found.error(place, messages.notOfCode(field, value, fixed));
  }
  if (agent.duration) checkLatency(agent.duration, [...path, "duration"], found);
}

function checkPerson(group: string, agent: AgentSpec, path: Path, found: Examined): void {
  const { errorRate, duration, fatigue = 0, shifts } = agent;
  if (errorRate === undefined)
    found.errorAround([...path, "errorRate"], messages.missingOfPeople(group, "errorRate", "0.05"));
  if (duration === undefined)
    found.errorAround(
      [...path, "duration"],
      messages.missingOfPeople(group, "duration", "{ distribution: constant, mean: 5min }"),
    );
  else checkLatency(duration, [...path, "duration"], found);
  if (fatigue > 0 && shifts === undefined)
    found.error([...path, "fatigue"], messages.fatigueWithoutShifts);
}

function checkShifts({ shifts }: AgentSpec, path: Path, found: Examined): void {
  for (const [i, { days, hours }] of [shifts ?? []].flat().entries()) {
    const place = [...path, "shifts", ...(Array.isArray(shifts) ? [i] : []), "hours"];
    for (const [j, span] of [hours].flat().entries())
      if (weeklySpans(days, span).length === 0)
        found.error(Array.isArray(hours) ? [...place, j] : place, messages.neverOpens(span));
  }
}
