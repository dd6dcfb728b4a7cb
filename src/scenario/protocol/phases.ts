// The table of phases, and the schema of a phase that follows from it.
import { z } from "zod";
import type { Step } from "../../model/plan.ts";
import type { PhaseDefinition } from "./definition.ts";
import { aggregate } from "./phases/aggregate.ts";
import { assign } from "./phases/assign.ts";
import { check } from "./phases/check.ts";
import { escalate } from "./phases/escalate.ts";
import { repeat } from "./phases/repeat.ts";
import { send } from "./phases/send.ts";
import { work } from "./phases/work.ts";

/** All phases, in the order in which people are told of them. */
export const PHASES = { assign, work, send, check, repeat, escalate, aggregate };

type Table = typeof PHASES;
export type PhaseKind = keyof Table;

type Enclosed<Kind extends PhaseKind, P> = Table[Kind] extends { encloses: object }
  ? { phases: P[] }
  : unknown;

/** One phase: exactly one of the keys is there. */
export type Phase = {
  [Kind in PhaseKind]?:
    | (z.output<z.ZodObject<Table[Kind]["fields"]>> & Enclosed<Kind, Phase>)
    | undefined;
};

/** A phase as it is written. */
export type PhaseInput = {
  [Kind in PhaseKind]?:
    | (z.input<z.ZodObject<Table[Kind]["fields"]>> & Enclosed<Kind, PhaseInput>)
    | undefined;
};

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

/** The phases that enclose others are getters, since the schema of a phase is part of theirs. */
function shapeOfPhase(): z.core.$ZodLooseShape {
  const shape: z.core.$ZodLooseShape = {};
  const all = Object.values(DEFINITIONS);
  for (const definition of all.filter(({ encloses }) => encloses === undefined))
    shape[definition.kind] = schemaOf(definition, {});
  for (const definition of all)
    if (definition.encloses) {
      const { description } = definition.encloses;
      const get = () => schemaOf(definition, { phases: phasesSchema("Phases", description) });
      Object.defineProperty(shape, definition.kind, { enumerable: true, get });
    }
  return shape;
}

function schemaOf(
  { title, description, fields }: AnyDefinition,
  more: z.core.$ZodLooseShape,
): z.ZodType {
  return z
    .strictObject({ ...fields, ...more })
    .meta({ title, description, unit: "object" })
    .optional();
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
