// Owners and dollars in words: who makes a claim, what hangs on it, and what a task spent and lost.
import type { ReplayClaim, ReplayTask } from "../../experiment/replay/document.ts";
import { grouped } from "../../wording/text.ts";

/** `$4,000`, `$12.50`, `$0.0065`. */
export function dollars(amount: number): string {
  if (amount >= 100) return `$${grouped(Math.round(amount))}`;
  if (amount >= 1) return `$${amount.toFixed(2).replace(/\.00$/, "")}`;
  return `$${Number(amount.toPrecision(2))}`;
}

/** A task of a team, and what its agents are called. */
interface Owned {
  readonly task: ReplayTask;
  readonly team: { readonly claims: readonly ReplayClaim[] };
  readonly names: { readonly agents: readonly string[] };
}

/** `owner medical, loss $4,000, critical`: only what is stated; empty where nothing is. */
export function worthText({ task, team, names }: Owned, claim: number): string {
  const { owner } = team.claims[claim];
  const { kind, loss = 0, critical } = task.stakes?.[claim] ?? {};
  const parts = [
    kind,
    owner === undefined ? undefined : `owner ${names.agents[owner]}`,
    loss > 0 ? `loss ${dollars(loss)}` : undefined,
    critical && "critical",
  ];
  return parts.filter(Boolean).join(", ");
}

/** More claims than these are not named. */
const MOST_NAMED = 2;

/** `lost $4,000: payout is wrong`; undefined where nothing was lost. */
export function lostText(task: ReplayTask, claims: readonly string[]): string | undefined {
  const { lost = 0, lostLate = 0, deliverable, versions, stakes = [] } = task;
  if (lost === 0) return undefined;
  const costly = deliverable
    .map((version, claim) => ({ claim, version, loss: stakes[claim]?.loss ?? 0 }))
    .filter(({ version, loss }) => loss > 0 && !(version > 0 && !versions[version - 1].erroneous))
    .sort((a, b) => b.loss - a.loss)
    .map(({ claim, version }) => `${claims[claim]} is ${version > 0 ? "wrong" : "missing"}`);
  const rest = costly.length - MOST_NAMED;
  const why = [
    ...costly.slice(0, MOST_NAMED),
    ...(rest > 0 ? [`${rest} more`] : []),
    ...(lostLate > 0 ? ["too late"] : []),
  ];
  return `lost ${dollars(lost)}: ${why.join(", ")}`;
}
