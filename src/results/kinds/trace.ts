// Documents of one replication: its event log, the lineage of its errors, and the replay.
import { z } from "zod";
import type { Finding } from "../../documents/checking/validateJson.ts";
import { CAUSES } from "../../model/causes.ts";
import { MISSING } from "../../model/missing.ts";
import { OUTCOME_FIELDS } from "../../model/outcome.ts";
import { CHECK_KINDS } from "../../model/plan.ts";
import * as f from "../fields.ts";
import { repeated } from "../findings.ts";
import { documentKind } from "../kind.ts";

const outcome = f.map(
  Object.fromEntries(OUTCOME_FIELDS.map((name) => [name, z.number().optional()])),
  "Outcome",
  "Sums over the tasks of the replication.",
);

/** The names of a table of the engine, of which there is at least one. */
const namesOf = <Name extends string>(table: readonly { readonly name: Name }[]) =>
  table.map(({ name }) => name) as [Name, ...Name[]];

const time = f.positive("Time", "seconds");
const agent = f.named("Agent");
const claim = f.named("Claim");
const version = f.whole("Version", undefined, { min: 1 });
const message = f.whole("Message", undefined, { min: 1 });
const round = f.whole("Round", "From 1.", { min: 1 });
const cause = f.word("Cause", namesOf(CAUSES));
const check = f.word("Check", CHECK_KINDS);

/** A claim that the deliverable lacks and why, by names or by numbers. */
const missingOf = <C extends z.ZodType, A extends z.ZodType>(claim: C, agent: A) => ({
  claim,
  reason: f.word("Reason", namesOf(MISSING)),
  premise: claim.optional(),
  agent: agent.optional(),
  from: agent.optional(),
  to: agent.optional(),
});

/** Who an agent is, where it is not one language model that always works: see experiment/duties.ts. */
const staffing = {
  kind: f.word("Kind", ["human", "code"]).optional(),
  staff: f.whole("Staff", "Turns that it takes at a time.", { min: 1 }).optional(),
  shifts: f.words("Shifts").optional(),
  open: f
    .list(
      z.tuple([z.number(), z.number()]).meta({ title: "Shift", unit: "list" }),
      "Open",
      "The shifts of a week from and to seconds of simulated time; every week is alike. The first one may begin before 0.",
    )
    .optional(),
};

const subject = {
  scenario: f.named("Scenario"),
  seed: f.seed(),
  replication: f.whole("Replication"),
  engine: f.engine(),
  fault: f.map({ agent, claim: claim.nullable() }, "Fault that was asked for").optional(),
};

// ---------------------------------------------------------------- the event log

/** An event of the log: when it was and of which task, its kind, and what it tells. */
const logged = <const K extends string, S extends z.core.$ZodLooseShape>(
  kind: K,
  tells: S,
  title: string,
) => f.map({ t: time, task: f.whole("Task").optional(), event: f.kindOf(kind), ...tells }, title);

const facts = {
  version,
  claim,
  cause,
  parent: version.optional(),
  origin: version.optional(),
};
const ends = { message, from: agent, to: agent };

const event = z
  .discriminatedUnion("event", [
    logged(
      "began",
      {
        schema: f.schemaName("trace"),
        ...subject,
        agents: f
          .list(
            f.map({ name: agent, ...staffing }, "Agent"),
            "Agents",
            "Those that are people or programs, or have staff or shifts.",
          )
          .optional(),
        start: f
          .words("Start", "The moment of the week at time 0, where agents have shifts.")
          .optional(),
      },
      "Began",
    ),
    logged("arrived", { size: f.whole("Claims"), class: f.named("Class").optional() }, "Arrived"),
    logged(
      "phase",
      {
        step: f.whole("Step"),
        phase: f.words("Phase"),
        roundsDone: f.whole("Rounds done").optional(),
      },
      "Phase",
    ),
    logged("turnBegan", { agent }, "Turn began"),
    logged("turnEnded", { agent, tokens: f.positive("Tokens") }, "Turn ended"),
    logged("made", { agent, ...facts }, "Made"),
    logged("stopped", { agent, claim, violates: f.flag("Violates policy") }, "Stopped"),
    logged("omitted", { ...ends, claim, version }, "Left out"),
    logged("sent", { ...ends, versions: f.list(version, "Versions") }, "Sent"),
    logged("delivered", ends, "Delivered"),
    logged("received", { agent, message, ...facts }, "Received"),
    logged(
      "checked",
      { agent, check, version, claim, erroneous: f.flag("Erroneous"), flagged: f.flag("Flagged") },
      "Checked",
    ),
    logged(
      "acceptedUnseen",
      { agent, version, claim, erroneous: f.flag("Erroneous") },
      "Accepted unseen",
    ),
    logged(
      "revised",
      { agent, claim, before: version, version, erroneous: f.flag("Erroneous") },
      "Revised",
    ),
    logged("stalled", { round }, "Stalled"),
    logged("missing", missingOf(claim, agent), "Missing"),
    logged(
      "finished",
      {
        success: f.flag("Success"),
        deliverable: f.byName(version.nullable(), "Deliverable", "Version of every claim."),
      },
      "Finished",
    ),
    logged(
      "outcome",
      { events: f.whole("Kernel events"), fingerprint: f.words("Fingerprint"), outcome },
      "Outcome",
    ),
  ])
  .meta({ title: "Event", unit: "object" });

export const trace = documentKind("trace", {
  called: "an event log of trace",
  list: "events",
  title: "Event log",
  description:
    "One replication, event by event. `faultline trace` prints one event per line; the first one says what is traced.",
  fields: {
    scenario: f.named("Scenario"),
    seed: f.seed(),
    replication: f.whole("Replication"),
    events: f.list(event, "Events", "In the order in which they happened."),
  },
});

// ---------------------------------------------------------------- the lineage of errors

const FATES = ["delivered", "kept", "disputed", "gone"] as const;

const error = f.map(
  {
    version,
    claim,
    agent,
    t: time,
    cause,
    origin: version,
    parent: version.nullable(),
    carrier: f.map({ message, from: agent }, "Message that carried it").nullable(),
    looks: f.list(f.map({ t: time, check, caught: f.flag("Caught") }, "Look"), "Looks"),
    fate: f.word("Fate", FATES),
  },
  "Erroneous version",
);

export const lineage = documentKind("lineage", {
  called: "a lineage of errors",
  list: "tasks",
  title: "Lineage of errors",
  description: "What went wrong in one replication, how it spread, and what became of it.",
  fields: {
    ...subject,
    tasks: f.list(
      f.map(
        {
          task: f.whole("Task"),
          success: f.flag("Success"),
          size: f.whole("Claims"),
          missing: f.list(f.map(missingOf(claim, agent), "Missing claim"), "Missing claims"),
          errors: f.list(error, "Erroneous versions", "Parents before children."),
        },
        "Task",
      ),
      "Tasks",
    ),
    outcome,
    events: f.whole("Kernel events"),
    fingerprint: f.words("Fingerprint"),
  },
  *findings({ tasks }) {
    yield* repeated(
      tasks.map(({ task }) => task),
      (i) => ["tasks", i, "task"],
      "task",
    );
    for (const [i, { errors }] of tasks.entries()) yield* errorFindings(errors, i);
  },
});

type TaskError = z.output<typeof error>;

function* errorFindings(errors: readonly TaskError[], task: number): Generator<Finding> {
  const known = new Set<number>();
  const path = ["tasks", task, "errors"];
  yield* repeated(
    errors.map(({ version }) => version),
    (i) => [...path, i, "version"],
    "version",
  );
  for (const [i, { version, parent }] of errors.entries()) {
    if (parent !== null && !known.has(parent))
      yield {
        path: [...path, i, "parent"],
        message: `version ${version} has its error from version ${parent}, which does not stand before it`,
        rule: "parents stand before their children",
      };
    known.add(version);
  }
}

// ---------------------------------------------------------------- the replay

const agentNumber = f.whole("Agent", "Number of the agent, from 0.");
const claimNumber = f.whole("Claim", "Number of the claim, from 0.");
const versionNumber = f.whole("Version", "From 1; 0: none.");

const dollars = (title: string, description?: string) =>
  f.positive(title, "US dollars", description);

const replayed = <const K extends string, S extends z.core.$ZodLooseShape>(
  kind: K,
  tells: S,
  title: string,
) => f.map({ t: time, event: f.kindOf(kind), ...tells }, title);

const slot = f.map(
  {
    claim: claimNumber,
    version: versionNumber,
    mark: f.word("Mark", ["held", "accepted", "flagged"]),
    rival: versionNumber,
  },
  "Slot",
);

const replayEvent = z
  .discriminatedUnion("event", [
    replayed(
      "phase",
      { step: f.whole("Step"), phase: f.words("Phase"), round: f.whole("Round") },
      "Phase",
    ),
    replayed("turnBegan", { agent: agentNumber }, "Turn began"),
    replayed(
      "turnEnded",
      { agent: agentNumber, tokens: f.positive("Tokens"), spent: dollars("Spent").optional() },
      "Turn ended",
    ),
    replayed("made", { version }, "Made"),
    replayed("received", { version }, "Received"),
    replayed(
      "checked",
      { agent: agentNumber, check, version, flagged: f.flag("Flagged") },
      "Checked",
    ),
    replayed("acceptedUnseen", { agent: agentNumber, version }, "Accepted unseen"),
    replayed("revised", { agent: agentNumber, before: version, after: version }, "Revised"),
    replayed("omitted", { message, version }, "Left out"),
    replayed("sent", { message }, "Sent"),
    replayed("arrived", { message }, "Arrived"),
    replayed("ledger", { agent: agentNumber, slots: f.list(slot, "Slots") }, "Ledger"),
    replayed("stalled", { round }, "Stalled"),
    replayed("delivered", {}, "Delivered"),
  ])
  .meta({ title: "Event", unit: "object" });

export const replay = documentKind("replay", {
  called: "a replay",
  list: "tasks",
  title: "Replay",
  description: "One replication as plain data, from which every moment can be drawn.",
  fields: {
    scenario: f.named("Scenario"),
    seed: f.seed(),
    replication: f.whole("Replication"),
    engine: f.engine(),
    agents: f.list(
      f.map(
        { name: agent, isOrchestrator: f.flag("Orchestrator"), key: z.number(), ...staffing },
        "Agent",
      ),
      "Agents",
    ),
    edges: f.list(
      z.tuple([agentNumber, agentNumber]).meta({ title: "Edge", unit: "list" }),
      "Edges",
      "Who can send to whom.",
    ),
    claims: f.list(
      f.map(
        { name: claim, premises: f.list(claimNumber, "Premises"), owner: agentNumber.optional() },
        "Claim",
      ),
      "Claims",
    ),
    sources: f.list(agentNumber, "Sources", "From whose ledgers the deliverable is built."),
    tasks: f.list(
      f.map(
        {
          task: f.whole("Task"),
          arrived: time,
          ended: time,
          success: f.flag("Success"),
          size: f.whole("Claims"),
          versions: f.list(
            f.map(
              {
                claim: claimNumber,
                agent: agentNumber,
                t: time,
                cause,
                erroneous: f.flag("Erroneous"),
                parent: versionNumber,
                origin: versionNumber,
                message: f.whole("Message"),
                premises: f.list(versionNumber, "Premises"),
              },
              "Version",
            ),
            "Versions",
          ),
          messages: f.list(
            f.map(
              {
                from: agentNumber,
                to: agentNumber,
                sent: time,
                arrived: time.nullable(),
                versions: f.list(version, "Versions"),
              },
              "Message",
            ),
            "Messages",
          ),
          events: f.list(replayEvent, "Events"),
          deliverable: f.list(versionNumber, "Deliverable"),
          missing: f.list(
            f.map(missingOf(claimNumber, agentNumber), "Missing claim"),
            "Missing claims",
          ),
          spent: dollars("Spent").optional(),
          lost: dollars("Lost").optional(),
          lostLate: dollars("Lost late", "Dollars of the loss that being late cost.").optional(),
          stakes: f
            .list(
              f.map(
                {
                  kind: f.named("Kind").optional(),
                  loss: dollars("Loss", "What the claim costs if it is wrong or missing."),
                  critical: z.literal(true).meta({ title: "Critical", unit: "flag" }).optional(),
                },
                "Stake",
              ),
              "Stakes",
              "What hangs on every claim.",
            )
            .optional(),
        },
        "Task",
      ),
      "Tasks",
    ),
    outcome,
    fingerprint: f.words("Fingerprint"),
  },
});
