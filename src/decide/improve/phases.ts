// Protocols as they are written, and how options change them.
import { isMap } from "../../documents/checking/schemaWalk.ts";

export type Fields = Readonly<Record<string, unknown>>;
/** A phase as a file has it: `{ work: { who: lead } }`. */
export type Phase = Readonly<Record<string, Fields | undefined>>;

/** The phases of a protocol and those inside them, in order. */
export function phasesWithin(protocol: readonly Phase[]): readonly Phase[] {
  return protocol.flatMap((phase) => [phase, ...phasesWithin(insideOf(phase))]);
}

/** The phases inside a phase. */
function insideOf(phase: Phase): readonly Phase[] {
  return Object.values(phase).flatMap((fields) =>
    isMap(fields) && Array.isArray(fields.phases) ? (fields.phases as Phase[]) : [],
  );
}

/** The protocol with every phase replaced by phases; those inside others first. */
export function mapPhases(
  protocol: readonly Phase[],
  change: (phase: Phase) => readonly Phase[],
): readonly Phase[] {
  return protocol.flatMap((phase) => {
    const [kind, fields] = Object.entries(phase)[0];
    if (!isMap(fields) || !Array.isArray(fields.phases)) return change(phase);
    return change({ [kind]: { ...fields, phases: mapPhases(fields.phases as Phase[], change) } });
  });
}

/** The protocol with phases added after those of a kind that meet a condition. */
export function after(
  protocol: readonly Phase[],
  kind: string,
  added: (fields: Fields) => readonly Phase[],
): readonly Phase[] {
  return mapPhases(protocol, (phase) => {
    const fields = phase[kind];
    return fields === undefined ? [phase] : [phase, ...added(fields)];
  });
}

/** The protocol with the fields of phases of a kind changed. */
export function withFields(
  protocol: readonly Phase[],
  kind: string,
  change: (fields: Fields) => Fields,
): readonly Phase[] {
  return mapPhases(protocol, (phase) => {
    const fields = phase[kind];
    return [fields === undefined ? phase : { [kind]: change(fields) }];
  });
}

/** Whether a phase of a kind that meets a condition stands inside a loop. */
export function isLooped(
  protocol: readonly Phase[],
  kind: string,
  meets: (fields: Fields) => boolean,
): boolean {
  return protocol.some(
    (phase) =>
      phase.repeat !== undefined &&
      phasesWithin(insideOf(phase)).some(
        (inner) => inner[kind] !== undefined && meets(inner[kind]),
      ),
  );
}

/**
 * The protocol with its top-level phases from the first that works to the last that checks in a loop, so that what a check
 * rejects is made again.
 */
export function looped(protocol: readonly Phase[], rounds: number): readonly Phase[] {
  const isOf = (phase: Phase, kind: string) => phasesWithin([phase]).some((one) => kind in one);
  const first = protocol.findIndex((phase) => isOf(phase, "work"));
  const last = protocol.findLastIndex((phase) => isOf(phase, "check"));
  if (first < 0 || last < first) return protocol;
  const phases = protocol.slice(first, last + 1);
  const loop: Phase = { repeat: { rounds, until: "complete", phases } };
  return [...protocol.slice(0, first), loop, ...protocol.slice(last + 1)];
}
