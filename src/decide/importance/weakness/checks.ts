// Checks as components: each kind of check of each group that has it.
import { CHECK_KINDS } from "../../../model/plan.ts";
import { agentNames } from "../../../scenario/agents/references.ts";
import type { AgentSpec } from "../../../scenario/agents/schema.ts";
import { compile } from "../../../scenario/compiling/compile.ts";
import type { Scenario } from "../../../scenario/schema.ts";
import {
  BETTER,
  type Change,
  type Component,
  FAULTLESS,
  type Found,
  type LeftOut,
  type Turn,
  withValue,
} from "./component.ts";

type Checks = AgentSpec["checks"];
type Kind = keyof Checks;
type Check = Checks[Kind];

const KINDS: readonly Kind[] = [...CHECK_KINDS, "guard"];
const NONE: Check = { recall: 0, falseAlarm: 0 };

/** Whether the check flags anything: one that does not is none. */
const isMade = ({ recall, falseAlarm }: Check) => recall > 0 || falseAlarm > 0;

const turnedCheck = ({ recall, falseAlarm }: Check, { risk, merit }: Turn): Check => ({
  recall: merit(recall),
  falseAlarm: risk(falseAlarm),
});

/** The checks that are made, changed. */
export const turnedChecks = (checks: Checks, turn: Turn): Checks =>
  mapped(checks, (check) => (isMade(check) ? turnedCheck(check, turn) : check));

export const withoutChecks = (checks: Checks): Checks => mapped(checks, () => NONE);

const mapped = (checks: Checks, change: (check: Check) => Check) =>
  Object.fromEntries(KINDS.map((kind) => [kind, change(checks[kind])])) as Checks;

/** Each check of each group, by the name `GROUP.KIND`. */
export function checksOf(scenario: Scenario): Found {
  const used = checksInUse(scenario);
  const leftOut: LeftOut[] = [];
  const components: Component[] = [];
  for (const [group, { count, checks }] of Object.entries(scenario.agents))
    for (const kind of KINDS) {
      if (count === 0 || !isMade(checks[kind])) continue;
      const name = `${group}.${kind}`;
      if (used.has(name)) components.push(checkComponent(name, group, kind));
      else leftOut.push({ kind: "check", name, why: "the protocol never asks for it" });
    }
  return { components, leftOut };
}

function checkComponent(name: string, group: string, kind: Kind): Component {
  const become =
    (change: (check: Check) => Check): Change =>
    (scenario) => {
      const spec = scenario.agents[group];
      const checks = { ...spec.checks, [kind]: change(spec.checks[kind]) };
      return { ...scenario, agents: withValue(scenario.agents, group, { ...spec, checks }) };
    };
  return {
    kind: "check",
    name,
    changes: {
      perfect: become((check) => turnedCheck(check, FAULTLESS)),
      better: become((check) => turnedCheck(check, BETTER)),
      absent: become(() => NONE),
    },
  };
}

/** Checks that some phase asks for: of one's own work where somebody works, of actions where some are policy-critical. */
function checksInUse(scenario: Scenario): ReadonlySet<string> {
  const { steps, task } = compile(scenario);
  const groups = agentNames(scenario).map((name) => name.split(".")[0]);
  return new Set(
    steps.flatMap((step) => {
      if (step.op === "check")
        return [...step.who].map((agent) => `${groups[agent]}.${CHECK_KINDS[step.kindOf[agent]]}`);
      if (step.op !== "work") return [];
      const kinds: readonly Kind[] = task.policyCritical > 0 ? ["self", "guard"] : ["self"];
      return [...step.who].flatMap((agent) => kinds.map((kind) => `${groups[agent]}.${kind}`));
    }),
  );
}
