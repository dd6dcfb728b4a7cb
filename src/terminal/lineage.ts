// The lineage of errors as text: a tree for every fault, of the versions that descend from it, how each was handed on,
// which agents checked it, and where it ended.

import { visible } from "../documents/checking/visible.ts";
import type {
  ErroneousVersion,
  MissingClaim,
  TaskLineage,
  Trace,
} from "../experiment/trace/document.ts";
import { CAUSE_LABELS } from "../model/causes.ts";
import type { Outcome } from "../model/outcome.ts";
import { groupBy } from "../numerics/grouping.ts";
import { durationText } from "../wording/duration.ts";
import { plainNumber } from "../wording/estimate.ts";
import { count } from "../wording/text.ts";
import { whyMissing } from "../wording/whyMissing.ts";
import type { Colors } from "./style.ts";

/** Every error of a replication. */
export function lineageText(trace: Trace, colors: Colors): string {
  const isStream = trace.tasks.length > 1;
  const lines = trace.tasks.flatMap((task) => [
    ...(isStream ? ["", colors.bold(`Task ${task.task}`)] : []),
    "",
    ...taskLines(task, colors),
  ]);
  return [colors.bold(titleOf(trace)), ...lines, ""].join("\n");
}

/** How far the fault spreads that was put in, and what differs from the same replication without it. */
export function blastText(trace: Trace, without: Trace, colors: Colors): string {
  const lines = trace.tasks.flatMap(({ errors }) =>
    errors.filter(isInjected).flatMap((fault) => {
      const family = errors.filter((error) => error.origin === fault.version);
      return ["", ...treeLines(family, colors), "", ...radiusLines(family)];
    }),
  );
  return [
    colors.bold(titleOf(trace)),
    ...lines,
    "",
    ...comparisonLines(without.outcome, trace.outcome, colors),
    "",
  ].join("\n");
}

/** Whether a version is the fault that was put in on purpose. */
export const isInjected = (error: ErroneousVersion) => error.cause === "injected";

function titleOf({ scenario, seed, replication, fault }: Trace): string {
  const injected = fault && `fault in ${[fault.agent, fault.claim].filter(Boolean).join(":")}`;
  return [scenario, `seed ${visible(seed)}`, `replication ${replication}`, injected]
    .filter(Boolean)
    .join(" · ");
}

// ---------------------------------------------------------------- a task

function taskLines({ success, size, missing, errors }: TaskLineage, colors: Colors): string[] {
  const faults = errors.filter((error) => error.version === error.origin);
  const delivered = errors.filter((error) => error.fate === "delivered").length;
  const verdict = success ? colors.green("success") : colors.red("failure");
  const summary = [
    `${count(size, "claim")}: ${delivered} wrong, ${missing.length} missing in the deliverable`,
    `${count(faults.length, "fault")}, ${count(errors.length, "erroneous version")}`,
  ].join(" · ");
  return [
    `${verdict} · ${summary}`,
    ...missingLines(missing, colors),
    ...familiesOf(errors).flatMap((family) => ["", ...treeLines(family, colors)]),
  ];
}

// ---------------------------------------------------------------- claims that are missing

/** Missing claims that are listed one by one. */
const MAX_MISSING = 20;

function missingLines(missing: readonly MissingClaim[], colors: Colors): string[] {
  const rest = missing.length - MAX_MISSING;
  return [
    ...missing
      .slice(0, MAX_MISSING)
      .map((one) => `${colors.yellow("missing")} ${colors.bold(one.claim)} ${whyMissing(one)}`),
    ...(rest > 0 ? [colors.dim(`and ${count(rest, "more missing claim")}`)] : []),
  ];
}

/** The errors by the fault that they descend from, in the order of the faults. */
const familiesOf = (errors: readonly ErroneousVersion[]) => [
  ...groupBy(errors, ({ origin }) => origin).values(),
];

// ---------------------------------------------------------------- a tree

/** Branches that lie deeper than this are drawn at this depth, so that long chains stay readable. */
const MAX_DEPTH = 24;

/** Lines of the tree of one family; its first member is the fault. */
function treeLines(family: readonly ErroneousVersion[], colors: Colors): string[] {
  const children = groupBy(family, ({ parent }) => parent);
  const lines: string[] = [];
  // An explicit stack: lineages may be longer than the call stack is deep.
  const open = [{ error: family[0], branch: "", indent: "", depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { error, branch, indent, depth } = next;
    lines.push(colors.dim(branch) + versionText(error, colors));
    const below = children.get(error.version) ?? [];
    const isDeep = depth >= MAX_DEPTH;
    for (let i = below.length - 1; i >= 0; i--) {
      const isLast = i === below.length - 1;
      open.push({
        error: below[i],
        branch: `${indent}${isLast ? "└─ " : "├─ "}`,
        indent: isDeep ? indent : `${indent}${isLast ? "   " : "│  "}`,
        depth: depth + 1,
      });
    }
  }
  return lines;
}

function versionText(error: ErroneousVersion, colors: Colors): string {
  const { claim, agent, t, carrier } = error;
  const isCopy = error.cause === "copy";
  return [
    `${colors.bold(claim)} ${colors.cyan(agent)}`,
    ...(isCopy ? [] : [CAUSE_LABELS[error.cause]]),
    ...(carrier === null ? [] : [`message ${carrier.message} from ${carrier.from}`]),
    durationText(t),
    ...error.looks.map((look) => lookText(look, agent, colors)),
    ...fateText(error, colors),
  ].join(colors.dim(" · "));
}

function lookText(look: ErroneousVersion["looks"][number], agent: string, colors: Colors): string {
  const check = `${look.check === "self" ? "self-check" : `${look.check} check`} of ${agent}`;
  return look.caught ? colors.green(`caught by ${check}`) : colors.yellow(`missed by ${check}`);
}

function fateText({ fate, looks }: ErroneousVersion, colors: Colors): string[] {
  if (fate === "delivered") return [colors.red("in the deliverable")];
  if (fate === "kept") return ["kept in the ledger"];
  if (fate === "disputed") return ["in dispute in the ledger"];
  return looks.some((look) => look.caught) ? [] : ["replaced"];
}

// ---------------------------------------------------------------- a blast radius

function radiusLines(family: readonly ErroneousVersion[]): string[] {
  const [fault, ...descendants] = family;
  const ledgers = [...new Set(family.map((error) => error.agent))].filter((a) => a !== fault.agent);
  const delivered = family.filter((error) => error.fate === "delivered");
  const caught = family.filter((error) => error.looks.some((look) => look.caught));
  return [
    `blast radius   ${count(descendants.length, "erroneous version")}`,
    `other ledgers  ${ledgers.length === 0 ? "none" : ledgers.join(", ")}`,
    `caught         ${caught.length === 0 ? "nowhere" : count(caught.length, "time")}`,
    `deliverable    ${delivered.length === 0 ? "not reached" : `reached in ${delivered.map((error) => error.claim).join(", ")}`}`,
  ];
}

const COMPARED = [
  ["success", "success"],
  ["errorsAtAggregation", "errors at aggregation"],
  ["deliverableErrors", "errors delivered"],
  ["missingClaims", "claims missing"],
  ["turns", "turns"],
  ["messages", "messages"],
  ["tokens", "tokens"],
  ["latency", "seconds"],
] as const;

function comparisonLines(without: Outcome, withFault: Outcome, colors: Colors): string[] {
  const rows = COMPARED.map(([field, label]) => ({
    label,
    cells: [without[field], withFault[field]].map(plainNumber),
    differs: without[field] !== withFault[field],
  }));
  const left = Math.max(...rows.map((row) => row.label.length));
  const line = (label: string, [a, b]: readonly string[]) =>
    `${label.padEnd(left)}  ${a.padStart(12)}  ${b.padStart(12)}`;
  return [
    colors.dim(line("", ["without it", "with it"])),
    ...rows.map(({ label, cells, differs }) =>
      differs ? line(label, cells) : colors.dim(line(label, cells)),
    ),
  ];
}
