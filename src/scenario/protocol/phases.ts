// The table of phases, and the schema of a phase that follows from it.

import { z } from "zod";
import type { Step } from "../../model/steps.ts";
import type { PhaseDefinition } from "./definition.ts";
import { aggregate } from "./phases/aggregate.ts";
import { assign } from "./phases/assign.ts";
import { check } from "./phases/check.ts";
import { escalate } from "./phases/escalate.ts";
import { repeat } from "./phases/repeat.ts";
import { revise } from "./phases/revise.ts";
import { send } from "./phases/send.ts";
import { work } from "./phases/work.ts";

/** All phases, in the order in which people are told of them. */
export const PHASES = { assign, work, send, check, revise, repeat, escalate, aggregate };

type Table = typeof PHASES;
export type PhaseKind = keyof Table;

/** One phase, as it is written or as the schema completes it. */
type PhaseOf<Side extends "input" | "output"> = {
  [Kind in PhaseKind]?:
    | (z.ZodObject<Table[Kind]["fields"]>["_zod"][Side] &
        (Table[Kind] extends { encloses: object } ? { phases: PhaseOf<Side>[] } : unknown))
    | undefined;
};
/** One phase: exactly one of the keys is there. */
export type Phase = PhaseOf<"output">;
export type PhaseInput = PhaseOf<"input">;

/** A definition whose kind is known only when the program runs. */
export type AnyDefinition = PhaseDefinition<Step["op"], z.core.$ZodLooseShape>;

export const DEFINITIONS: Readonly<Record<string, AnyDefinition>> = PHASES;

/** The definition of the phase that a step was compiled from; undefined for the end of a loop, which is none. */
export function definitionOf(op: Step["op"]): AnyDefinition | undefined {
  return DEFINITIONS[op];
}

/** A phase with its definition. */
export interface Part {
  readonly kind: PhaseKind;
  readonly definition: AnyDefinition;
  readonly value: Readonly<Record<string, unknown>>;
  /** The phases that it encloses. */
  readonly inside: readonly Phase[];
}

export function partOf(phase: Phase): Part {
  for (const kind of Object.keys(phase) as PhaseKind[]) {
    const value = phase[kind];
    if (value !== undefined)
      return {
        kind,
        definition: DEFINITIONS[kind],
        value,
        inside: (value as { phases?: readonly Phase[] }).phases ?? [],
      };
  }
  throw new RangeError("a phase has one key");
}

// ---------------------------------------------------------------- schema

const RULE = `a phase is exactly one of ${Object.keys(PHASES).join(", ")}`;

/** Fields are getters, since the schema of a phase is part of those that enclose others. These come last. */
function shapeOfPhase(): z.core.$ZodLooseShape {
  const all = Object.values(DEFINITIONS);
  const shape = {};
  for (const definition of [
    ...all.filter(({ encloses }) => !encloses),
    ...all.filter(({ encloses }) => encloses),
  ])
    Object.defineProperty(shape, definition.kind, {
      enumerable: true,
      get: () => schemaOf(definition),
    });
  return shape;
}

function schemaOf({ title, description, fields, encloses }: AnyDefinition): z.ZodType {
  const phases = encloses && { phases: phasesSchema("Phases", encloses.description) };
  const schema = z.strictObject({ ...fields, ...phases });
  return schema.meta({ title, description, unit: "object" }).optional();
}

const phaseSchema = z
  .strictObject(shapeOfPhase())
  .refine((value) => Object.values(value).filter((v) => v !== undefined).length === 1, {
    error: RULE,
  })
  .meta({
    id: "phase",
    title: "Phase",
    description: RULE,
    unit: "object",
    // The rule, for the JSON Schema.
    minProperties: 1,
    maxProperties: 1,
  }) as unknown as z.ZodType<Phase, PhaseInput>;

/** A list of phases: a protocol, or the part of one that a phase encloses. */
export function phasesSchema(title: string, description: string) {
  return z.array(phaseSchema).min(1).max(1000).meta({ title, description, unit: "list" });
}
