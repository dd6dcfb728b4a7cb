// What a phase of a protocol is: how it is written, what it must mean, which step of the plan it becomes, and what may
// come of that step. Every file in phases/ defines one phase; phases.ts lists them.

import type { z } from "zod";
import type { Examined } from "../../documents/checking/examined.ts";
import type { Path } from "../../documents/reading/tree.ts";
import type { Plan } from "../../model/plan.ts";
import type { AggregateHow, AggregateStep, Step } from "../../model/steps.ts";
import type { EdgesSpec } from "../../model/topology.ts";
import type { Agents } from "../agents/schema.ts";
import type { Reference } from "../fields.ts";
import type { Context, Stall } from "../flow/context.ts";
import type { Parties } from "../flow/parties.ts";
import type { Walk } from "../flow/reach.ts";
import type { Task } from "../task/schema.ts";

type Fields = z.core.$ZodLooseShape;
export type StepOf<Op extends Step["op"]> = Extract<Step, { op: Op }>;

/** @typeParam Kind the key by which the phase is written, and the `op` of its step */
export interface PhaseDefinition<
  Kind extends Step["op"],
  F extends Fields,
  Value = z.output<z.ZodObject<F>>,
> {
  readonly kind: Kind;
  readonly title: string;
  readonly description: string;
  /** The fields, without the `phases` of a phase that encloses others. */
  readonly fields: F;
  /** Present where the phase encloses others. */
  readonly encloses?: Enclosure<Value>;

  /** The references to agents, with paths inside the phase. */
  references?(value: Value): Reference[];
  /** Reports what makes no sense in the phase, whoever the agents are. */
  check?(value: Value, at: Path, meaning: Meaning): void;
  /** Reports what makes no sense in all phases of the kind, given the team. Their references are sound. */
  checkTeam?(all: readonly Placed<Value>[], team: TeamMeaning): void;
  /** Whether an agent makes a plan. */
  plans?(value: Value): boolean;
  /** Whether the phase shares tasks out among models of different price. */
  hasTiers?(value: Value): boolean;
  /** Whether the phase gives claims to their owners. */
  asksOwners?(value: Value): boolean;
  /** Events that one visit brings about in any case. */
  events?(value: Value, at: Path, size: SizeMeaning): number;

  /** Every field of the step but `op`, with values of the types that the engine reads. */
  readonly blank: Readonly<Record<Exclude<keyof StepOf<Kind>, "op">, unknown>>;
  compile(value: Value, compiling: Compiling, place: Place): StepOf<Kind>;
  /** Agents that take part, -1 for nobody. */
  agents?(step: StepOf<Kind>): readonly number[];
  /** Places of ledgers, and edges, that one visit looks at. */
  looks?(step: StepOf<Kind>, sizes: LookSizes): number;
  /** Agents that take a turn in one visit which no turn limit counts. */
  turns?(step: StepOf<Kind>): ArrayLike<number>;

  /** Adds what one visit may bring about. */
  flow?(step: StepOf<Kind>, position: number, walk: Walk): void;
  /** Words that one visit of the flow analysis touches, more than every phase does. */
  flowWords?(parties: Parties, task: Plan["task"]): number;
  /** What can never happen in the step, rule by rule. */
  stalls?(step: StepOf<Kind>, position: number, context: Context): readonly (readonly Stall[])[];
}

export interface Enclosure<Value> {
  /** Of the phases that it encloses. */
  readonly description: string;
  /** Most rounds of a loop; undefined for phases that are gone through at most once. */
  rounds?(value: Value): number;
  /** Rounds that come about in any case; undefined where a condition may end them after the first. */
  certainRounds(value: Value): number | undefined;
}

/** A phase with its place. */
export interface Placed<Value> {
  readonly value: Value;
  readonly path: Path;
}

export interface Meaning {
  readonly found: Examined;
  /** How the deliverable is built; undefined where the protocol does not end with an aggregate phase. */
  readonly how: AggregateHow | undefined;
  /** The task; undefined where it is not valid. */
  readonly task: Task | undefined;
  /** Whether an agent made a plan in a phase before. */
  readonly isPlanned: boolean;
}

export interface TeamMeaning {
  readonly found: Examined;
  readonly agents: Agents;
  readonly resolve: (references: readonly string[]) => readonly number[];
  /** Undefined where its edges cannot be built. */
  readonly topology: EdgesSpec | undefined;
  /** Undefined where it is not valid, or has owners that are no agents. */
  readonly task: Task | undefined;
}

export interface SizeMeaning extends Pick<TeamMeaning, "found" | "resolve"> {
  /** Most edges, and claims of the largest instance. */
  readonly edges: number;
  readonly claims: number;
}

export interface Compiling {
  readonly agents: Plan["agents"];
  readonly task: Plan["task"];
  readonly turnsPerClaim: number;
  /** The steps of the phases before this one. */
  readonly steps: readonly Step[];
  /** Agent numbers of references, ascending. */
  agentsOf(references: readonly string[]): Int32Array;
  /** Number of the one agent that a reference names; -1 without a reference. */
  one(reference: string | undefined): number;
}

export interface Place {
  /** Position among the steps of its kind. */
  readonly index: number;
  /** Step that comes after the phase and those that it encloses. */
  readonly exit: number;
  /** The last step. Only phases that enclose others may ask for it: they are compiled when all others are. */
  deliverable(): AggregateStep;
}

export interface LookSizes {
  readonly claims: number;
  /** Words that one look at a ledger takes. */
  readonly row: number;
  readonly topology: Plan["topology"];
  readonly deliverable: AggregateStep;
}

/**
 * Defines a phase; the types of its value and of its step follow from `fields` and `kind`.
 * @typeParam Inner whether it encloses other phases
 */
export function definePhase<
  Kind extends Step["op"],
  F extends Fields,
  Inner extends Enclosure<z.output<z.ZodObject<F>>> | undefined,
>(
  definition: PhaseDefinition<Kind, F> & { readonly encloses?: Inner },
): PhaseDefinition<Kind, F> & { readonly encloses: Inner } {
  return { ...definition, encloses: definition.encloses as Inner };
}
