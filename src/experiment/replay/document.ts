// The document of a replay: one replication as plain data, from which a page or another program can draw every moment.
import type { CauseName } from "../../model/causes.ts";
import type { MissingReason, Obstacle } from "../../model/missing.ts";
import type { Outcome } from "../../model/outcome.ts";
import type { CheckKind } from "../../model/plan.ts";
import type { Step } from "../../model/steps.ts";
import type { Duty } from "../duties.ts";
import type { ENGINE } from "../result.ts";

/**
 * One replication of one scenario. Agents and claims are numbered from 0, versions and messages of a task from 1, and 0
 * stands for none. Times are seconds of simulated time.
 */
export interface ReplayDocument {
  readonly schema: "faultline/replay@1";
  readonly scenario: string;
  readonly seed: string;
  readonly replication: number;
  readonly engine: typeof ENGINE;
  readonly agents: readonly ReplayAgent[];
  /** Who can send to whom: [from, to]. */
  readonly edges: readonly (readonly [from: number, to: number])[];
  readonly claims: readonly ReplayClaim[];
  /** Agents from whose ledgers the deliverable is built. */
  readonly sources: readonly number[];
  /** One task, or all tasks of a stream, in the order in which they arrived. */
  readonly tasks: readonly ReplayTask[];
  /** Sums over the tasks. */
  readonly outcome: Outcome;
  readonly fingerprint: string;
}

export interface ReplayAgent extends Duty {
  readonly name: string;
  readonly isOrchestrator: boolean;
  /** Agents with one key have the same luck in two replays of one seed and replication. */
  readonly key: number;
}

export interface ReplayClaim {
  readonly name: string;
  readonly premises: readonly number[];
  /** The agent that makes it, where it has an owner. */
  readonly owner?: number;
}

/** What hangs on a claim of a task. */
export interface ReplayStake {
  /** The kind that it was drawn to be, where the claims of the graph are not written out. */
  readonly kind?: string;
  /** US dollars that it costs if it is wrong or missing. */
  readonly loss: number;
  readonly critical?: true;
}

export interface ReplayTask {
  /** Number of the task, from 0. */
  readonly task: number;
  readonly arrived: number;
  readonly ended: number;
  readonly success: boolean;
  /** Claims that it needs: the first ones of the document. */
  readonly size: number;
  /** Version v is versions[v - 1]. */
  readonly versions: readonly ReplayVersion[];
  /** Message m is messages[m - 1]. */
  readonly messages: readonly ReplayMessage[];
  /** In the order in which they happened. */
  readonly events: readonly ReplayEvent[];
  /** Version of every claim that is handed over. */
  readonly deliverable: readonly number[];
  /** Claims that the deliverable lacks, with what stood in the way of each. */
  readonly missing: readonly ReplayMissing[];
  /** US dollars spent on it, where the scenario states what claims are worth, or who works besides models. */
  readonly spent?: number;
  /** Where the scenario states what claims are worth: US dollars lost, those of them by being late, and what hung on every claim. */
  readonly lost?: number;
  readonly lostLate?: number;
  readonly stakes?: readonly ReplayStake[];
}

export interface ReplayMissing extends Obstacle {
  readonly claim: number;
  readonly reason: MissingReason;
}

export interface ReplayVersion {
  readonly claim: number;
  /** Agent in whose ledger it came to be. */
  readonly agent: number;
  readonly t: number;
  readonly cause: CauseName;
  readonly erroneous: boolean;
  /** Version that it was copied from, or whose error it inherited. */
  readonly parent: number;
  /** Version in which its error began: itself for a fault, 0 where it is correct. */
  readonly origin: number;
  /** Message that brought it; 0: its agent made it. */
  readonly message: number;
  /** Of what its agent made: the versions of the premises in the ledger at that moment, 0 for a missing one. */
  readonly premises: readonly number[];
}

export interface ReplayMessage {
  readonly from: number;
  readonly to: number;
  readonly sent: number;
  /** Null where the task ended before. */
  readonly arrived: number | null;
  readonly versions: readonly number[];
}

/** What an agent holds of a claim. */
export interface ReplaySlot {
  readonly claim: number;
  /** 0: nothing. */
  readonly version: number;
  /** accepted: its holder checked it; flagged: it is to be made again. */
  readonly mark: "held" | "accepted" | "flagged";
  /** The first of the versions with another answer that stand beside it; 0: none. */
  readonly rival: number;
}

export type ReplayEvent = { readonly t: number } & (
  | {
      readonly event: "phase";
      readonly step: number;
      readonly phase: Step["op"];
      readonly round: number;
    }
  | { readonly event: "turnBegan"; readonly agent: number }
  | {
      readonly event: "turnEnded";
      readonly agent: number;
      readonly tokens: number;
      /** US dollars spent on the task by then, where that is told of tasks. */
      readonly spent?: number;
    }
  | { readonly event: "made"; readonly version: number }
  | { readonly event: "received"; readonly version: number }
  | {
      readonly event: "checked";
      readonly agent: number;
      readonly check: CheckKind;
      readonly version: number;
      readonly flagged: boolean;
    }
  | { readonly event: "acceptedUnseen"; readonly agent: number; readonly version: number }
  /** The agent stands by another version than before, one that it had heard of. */
  | {
      readonly event: "revised";
      readonly agent: number;
      readonly before: number;
      readonly after: number;
    }
  /** The sender's version was left out of a message that is sent next. */
  | { readonly event: "omitted"; readonly message: number; readonly version: number }
  | { readonly event: "sent"; readonly message: number }
  | { readonly event: "arrived"; readonly message: number }
  /** What changed in a ledger by what happened just before. */
  | { readonly event: "ledger"; readonly agent: number; readonly slots: readonly ReplaySlot[] }
  /** A loop ends since its last round, counted from 1, changed nothing. */
  | { readonly event: "stalled"; readonly round: number }
  | { readonly event: "delivered" }
);
