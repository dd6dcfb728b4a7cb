// Tiring: what is done in a turn of somebody who is tired goes wrong more often. It works as a lack of ability does.
import { shifted } from "../../numerics/logit.ts";
import type { TaskCase } from "../case.ts";

/** The chance that something goes wrong in the turn under way, from the one of an agent that is rested. */
export const whenTired = ({ weariness }: TaskCase, chance: number): number =>
  weariness === 0 ? chance : shifted(chance, weariness);

/** The chance that something wrong is noticed. */
export const ifNoticed = ({ weariness }: TaskCase, chance: number): number =>
  weariness === 0 ? chance : shifted(chance, -weariness);
