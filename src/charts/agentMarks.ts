// What people and programs look like in pictures: a head with shoulders, and a pair of braces. Language models have no mark.
import type { Duty } from "../experiment/duties.ts";

type Kind = NonNullable<Duty["kind"]>;

/** Paths in a square from -1 to 1: the person's is filled, the program's is a line. */
export const AGENT_MARKS: Readonly<Record<Kind, string>> = {
  human:
    "M-.43 -.5A.43 .43 0 1 1 .43 -.5A.43 .43 0 1 1 -.43 -.5ZM-.88 .95C-.88 .3 -.5 .13 0 .13C.5 .13 .88 .3 .88 .95Z",
  code: "M-.4 -.85C-.8 -.85 -.5 -.15 -.9 0C-.5 .15 -.8 .85 -.4 .85M.4 -.85C.8 -.85 .5 -.15 .9 0C.5 .15 .8 .85 .4 .85",
};

/** What a mark stands for. */
export const KIND_WORDS: Readonly<Record<Kind, string>> = { human: "a person", code: "a program" };

/** How many there are and when they work, in a few words: `2 at a time, mon-fri 9:00-17:00`. Empty where nothing is stated. */
export function dutyWords({ kind, staff, shifts }: Duty): string {
  const number = staff === undefined ? "" : kind === "human" ? people(staff) : `${staff} at a time`;
  return [number, shifts ?? ""].filter((text) => text !== "").join(", ");
}

/** `a person, 2 people, mon-fri 9:00-17:00`. Empty where there is nothing to say. */
export function whoText(duty: Duty): string {
  const { kind } = duty;
  const parts = [kind === undefined ? "" : KIND_WORDS[kind], dutyWords(duty)];
  return parts.filter((text) => text !== "").join(", ");
}

const people = (staff: number) => (staff === 1 ? "1 person" : `${staff} people`);
