// The documents of a trace: what happened in one replication, event by event, and the lineage of its errors.
import type { CauseName } from "../../model/causes.ts";
import type { MissingReason } from "../../model/missing.ts";
import type { Outcome } from "../../model/outcome.ts";
import type { CheckKind } from "../../model/plan.ts";
import type { Step } from "../../model/steps.ts";
import type { Duty } from "../duties.ts";
import type { ENGINE } from "../result.ts";

/** What happened, in the order in which it did. Times are seconds; versions and messages are numbered from 1 in a task. */
export type TraceEvent = {
  readonly t: number;
  /** Number of the task, from 0; only where tasks arrive as a stream. */
  readonly task?: number;
} & (
  | ({
      readonly event: "began";
      readonly schema: "faultline/trace@1";
      /** Those that are people or programs, or have staff or shifts. */
      readonly agents?: readonly StaffedAgent[];
      /** The moment of the week at time 0, where agents have shifts: `mon 9:00`. */
      readonly start?: string;
    } & TraceSubject)
  | { readonly event: "arrived"; readonly size: number; readonly class?: string }
  | {
      readonly event: "phase";
      readonly step: number;
      readonly phase: Step["op"];
      readonly roundsDone?: number;
    }
  | { readonly event: "turnBegan"; readonly agent: string }
  | { readonly event: "turnEnded"; readonly agent: string; readonly tokens: number }
  | ({ readonly event: "made"; readonly agent: string } & VersionFacts)
  | {
      readonly event: "stopped";
      readonly agent: string;
      readonly claim: string;
      readonly violates: boolean;
    }
  /** The sender's version of a claim was left out of the message that is sent next. */
  | ({ readonly event: "omitted" } & MessageFacts & {
        readonly claim: string;
        readonly version: number;
      })
  | ({ readonly event: "sent" } & MessageFacts & { readonly versions: readonly number[] })
  | ({ readonly event: "delivered" } & MessageFacts)
  | ({
      readonly event: "received";
      readonly agent: string;
      readonly message: number;
    } & VersionFacts)
  | {
      readonly event: "checked";
      readonly agent: string;
      readonly check: CheckKind;
      readonly version: number;
      readonly claim: string;
      readonly erroneous: boolean;
      readonly flagged: boolean;
    }
  /** The agent accepts a version without a look: see the fields share and when of a check phase. */
  | {
      readonly event: "acceptedUnseen";
      readonly agent: string;
      readonly version: number;
      readonly claim: string;
      readonly erroneous: boolean;
    }
  /** The agent stands by another version than before, one that it had heard of. */
  | {
      readonly event: "revised";
      readonly agent: string;
      readonly claim: string;
      readonly before: number;
      readonly version: number;
      /** Whether the version that it stands by now is. */
      readonly erroneous: boolean;
    }
  /** A loop ends since its last round, counted from 1, changed nothing. */
  | { readonly event: "stalled"; readonly round: number }
  | ({ readonly event: "missing" } & MissingClaim)
  | {
      readonly event: "finished";
      readonly success: boolean;
      readonly deliverable: Readonly<Record<string, number | null>>;
    }
  | {
      readonly event: "outcome";
      readonly events: number;
      readonly fingerprint: string;
      readonly outcome: Outcome;
    }
);

export interface StaffedAgent extends Duty {
  readonly name: string;
}

export interface MessageFacts {
  readonly message: number;
  readonly from: string;
  readonly to: string;
}

export interface VersionFacts {
  readonly version: number;
  readonly claim: string;
  readonly cause: CauseName;
  /** Version that it was copied from or inherited its error from. */
  readonly parent?: number;
  /** Version in which its error began; missing where the version is correct. */
  readonly origin?: number;
}

/** A claim that the deliverable lacks, with what stood in its way: see model/missing.ts. */
export interface MissingClaim {
  readonly claim: string;
  readonly reason: MissingReason;
  /** Reason waiting: the premise that its maker lacks. */
  readonly premise?: string;
  /** The agent that rejected it, ran out of turns, has it unchecked or unsent, or whose calls failed. */
  readonly agent?: string;
  /** Reason lost: the edge on which it was lost. */
  readonly from?: string;
  readonly to?: string;
}

/** A look at an erroneous version by the agent that held it. */
export interface Look {
  readonly t: number;
  readonly check: CheckKind;
  readonly caught: boolean;
}

/** An erroneous version and what became of it. */
export interface ErroneousVersion {
  readonly version: number;
  readonly claim: string;
  /** Agent in whose ledger it came to be. */
  readonly agent: string;
  readonly t: number;
  readonly cause: CauseName;
  /** Version in which the error began: itself for a fault. */
  readonly origin: number;
  /** Version that handed the error on; null for a fault. */
  readonly parent: number | null;
  /** Message that carried it, and who sent that. */
  readonly carrier: { readonly message: number; readonly from: string } | null;
  readonly looks: readonly Look[];
  /** In the deliverable; in its ledger to the end; in dispute there with another version; or gone from it. */
  readonly fate: "delivered" | "kept" | "disputed" | "gone";
}

/** What is traced. */
export interface TraceSubject {
  readonly scenario: string;
  readonly seed: string;
  readonly replication: number;
  readonly engine: typeof ENGINE;
  /** The fault that was asked for; claim null: the first one that the agent makes. */
  readonly fault?: { readonly agent: string; readonly claim: string | null };
}

export interface TaskLineage {
  /** Number of the task, from 0. */
  readonly task: number;
  readonly success: boolean;
  readonly size: number;
  readonly missing: readonly MissingClaim[];
  /** Every erroneous version, in the order in which they came to be: parents before children. */
  readonly errors: readonly ErroneousVersion[];
}

/** One replication: what went wrong in it, how it spread, and what became of it. */
export interface Trace extends TraceSubject {
  readonly schema: "faultline/lineage@1";
  readonly tasks: readonly TaskLineage[];
  /** Sums over the tasks of the replication. */
  readonly outcome: Outcome;
  readonly events: number;
  readonly fingerprint: string;
}
