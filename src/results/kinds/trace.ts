// Documents of one replication: its event log, the lineage of its errors, and the replay.
import { z } from "zod";
import type { Finding } from "../../documents/checking/validateJson.ts";
import { CAUSES } from "../../model/causes.ts";
import { MISSING } from "../../model/missing.ts";
import { OUTCOME_FIELDS } from "../../model/outcome.ts";
import { CHECK_KINDS } from "../../model/plan.ts";
import {
  byName,
  engine,
  flag,
  kindOf,
  list,
  map,
  named,
  positive,
  schemaName,
  seed,
  whole,
  word,
  words,
} from "../fields.ts";
import { repeated } from "../findings.ts";
import { documentKind } from "../kind.ts";

const outcome = map(
  Object.fromEntries(OUTCOME_FIELDS.map((name) => [name, z.number().optional()])),
  "Outcome",
  "Sums over the tasks of the replication.",
);

/** The names of a table of the engine, of which there is at least one. */
const namesOf = <Name extends string>(table: readonly { readonly name: Name }[]) =>
  table.map(({ name }) => name) as [Name, ...Name[]];

const time = positive("Time", "seconds");
const agent = named("Agent");
const claim = named("Claim");
const version = whole("Version", undefined, { min: 1 });
const message = whole("Message", undefined, { min: 1 });
const round = whole("Round", "From 1.", { min: 1 });
const cause = word("Cause", namesOf(CAUSES));
const check = word("Check", CHECK_KINDS);

/** A claim that the deliverable lacks and why, by names or by numbers. */
const missingOf = <C extends z.ZodType, A extends z.ZodType>(claim: C, agent: A) => ({
  claim,
  reason: word("Reason", namesOf(MISSING)),
  premise: claim.optional(),
  agent: agent.optional(),
  from: agent.optional(),
  to: agent.optional(),
});

const subject = {
  scenario: named("Scenario"),
  seed: seed(),
  replication: whole("Replication"),
  engine: engine(),
  fault: map({ agent, claim: claim.nullable() }, "Fault that was asked for").optional(),
};

// ---------------------------------------------------------------- the event log

/** An event of the log: when it was and of which task, its kind, and what it tells. */
const logged = <const K extends string, S extends z.core.$ZodLooseShape>(
  kind: K,
  tells: S,
  title: string,
) => map({ t: time, task: whole("Task").optional(), event: kindOf(kind), ...tells }, title);

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
    logged("began", { schema: schemaName("trace"), ...subject }, "Began"),
    logged("arrived", { size: whole("Claims"), class: named("Class").optional() }, "Arrived"),
    logged(
      "phase",
      { step: whole("Step"), phase: words("Phase"), roundsDone: whole("Rounds done").optional() },
      "Phase",
    ),
    logged("turnBegan", { agent }, "Turn began"),
    logged("turnEnded", { agent, tokens: positive("Tokens") }, "Turn ended"),
    logged("made", { agent, ...facts }, "Made"),
    logged("stopped", { agent, claim, violates: flag("Violates policy") }, "Stopped"),
    logged("omitted", { ...ends, claim, version }, "Left out"),
    logged("sent", { ...ends, versions: list(version, "Versions") }, "Sent"),
    logged("delivered", ends, "Delivered"),
    logged("received", { agent, message, ...facts }, "Received"),
    logged(
      "checked",
      { agent, check, version, claim, erroneous: flag("Erroneous"), flagged: flag("Flagged") },
      "Checked",
    ),
    logged("stalled", { round }, "Stalled"),
    logged("missing", missingOf(claim, agent), "Missing"),
    logged(
      "finished",
      {
        success: flag("Success"),
        deliverable: byName(version.nullable(), "Deliverable", "Version of every claim."),
      },
      "Finished",
    ),
    logged(
      "outcome",
      { events: whole("Kernel events"), fingerprint: words("Fingerprint"), outcome },
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
    scenario: named("Scenario"),
    seed: seed(),
    replication: whole("Replication"),
    events: list(event, "Events", "In the order in which they happened."),
  },
});

// ---------------------------------------------------------------- the lineage of errors

const FATES = ["delivered", "kept", "disputed", "gone"] as const;

const error = map(
  {
    version,
    claim,
    agent,
    t: time,
    cause,
    origin: version,
    parent: version.nullable(),
    carrier: map({ message, from: agent }, "Message that carried it").nullable(),
    looks: list(map({ t: time, check, caught: flag("Caught") }, "Look"), "Looks"),
    fate: word("Fate", FATES),
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
    tasks: list(
      map(
        {
          task: whole("Task"),
          success: flag("Success"),
          size: whole("Claims"),
          missing: list(map(missingOf(claim, agent), "Missing claim"), "Missing claims"),
          errors: list(error, "Erroneous versions", "Parents before children."),
        },
        "Task",
      ),
      "Tasks",
    ),
    outcome,
    events: whole("Kernel events"),
    fingerprint: words("Fingerprint"),
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

const agentNumber = whole("Agent", "Number of the agent, from 0.");
const claimNumber = whole("Claim", "Number of the claim, from 0.");
const versionNumber = whole("Version", "From 1; 0: none.");

const replayed = <const K extends string, S extends z.core.$ZodLooseShape>(
  kind: K,
  tells: S,
  title: string,
) => map({ t: time, event: kindOf(kind), ...tells }, title);

const slot = map(
  {
    claim: claimNumber,
    version: versionNumber,
    mark: word("Mark", ["held", "accepted", "flagged"]),
    rival: versionNumber,
  },
  "Slot",
);

const replayEvent = z
  .discriminatedUnion("event", [
    replayed(
      "phase",
      { step: whole("Step"), phase: words("Phase"), round: whole("Round") },
      "Phase",
    ),
    replayed("turnBegan", { agent: agentNumber }, "Turn began"),
    replayed("turnEnded", { agent: agentNumber, tokens: positive("Tokens") }, "Turn ended"),
    replayed("made", { version }, "Made"),
    replayed("received", { version }, "Received"),
    replayed(
      "checked",
      { agent: agentNumber, check, version, flagged: flag("Flagged") },
      "Checked",
    ),
    replayed("omitted", { message, version }, "Left out"),
    replayed("sent", { message }, "Sent"),
    replayed("arrived", { message }, "Arrived"),
    replayed("ledger", { agent: agentNumber, slots: list(slot, "Slots") }, "Ledger"),
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
    scenario: named("Scenario"),
    seed: seed(),
    replication: whole("Replication"),
    engine: engine(),
    agents: list(
      map({ name: agent, isOrchestrator: flag("Orchestrator"), key: z.number() }, "Agent"),
      "Agents",
    ),
    edges: list(
      z.tuple([agentNumber, agentNumber]).meta({ title: "Edge", unit: "list" }),
      "Edges",
      "Who can send to whom.",
    ),
    claims: list(map({ name: claim, premises: list(claimNumber, "Premises") }, "Claim"), "Claims"),
    sources: list(agentNumber, "Sources", "From whose ledgers the deliverable is built."),
    tasks: list(
      map(
        {
          task: whole("Task"),
          arrived: time,
          ended: time,
          success: flag("Success"),
          size: whole("Claims"),
          versions: list(
            map(
              {
                claim: claimNumber,
                agent: agentNumber,
                t: time,
                cause,
                erroneous: flag("Erroneous"),
                parent: versionNumber,
                origin: versionNumber,
                message: whole("Message"),
                premises: list(versionNumber, "Premises"),
              },
              "Version",
            ),
            "Versions",
          ),
          messages: list(
            map(
              {
                from: agentNumber,
                to: agentNumber,
                sent: time,
                arrived: time.nullable(),
                versions: list(version, "Versions"),
              },
              "Message",
            ),
            "Messages",
          ),
          events: list(replayEvent, "Events"),
          deliverable: list(versionNumber, "Deliverable"),
          missing: list(
            map(missingOf(claimNumber, agentNumber), "Missing claim"),
            "Missing claims",
          ),
        },
        "Task",
      ),
      "Tasks",
    ),
    outcome,
    fingerprint: words("Fingerprint"),
  },
});
