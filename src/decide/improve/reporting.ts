// From what was found to what is told: estimates with intervals of the first step, the path, interactions, and all that was tried.
// The first step and the path are estimated in fresh blocks, wherever they are told; all else in those of the search.
import { tInterval } from "../../numerics/intervals.ts";
import type { Estimate } from "../estimate.ts";
import { type Combining, keyOf, type OptionSet } from "./combining.ts";
import { pairsOf } from "./expecting.ts";
import { COST, type Judge, quantileFor, TODAY } from "./judging.ts";
import type { BlockMean, Contrast } from "./observations.ts";
import type {
  Effect,
  FirstStep,
  ImprovementOption,
  ImproveResult,
  Interaction,
  PathStep,
  Tried,
} from "./result.ts";
import type { Found } from "./search.ts";

/** Pairs of the best set whose interaction is looked at closely. */
const CLOSE = 6;
/** Pairs outside of it: those with the clearest interaction. */
const CLEAR = 2;

interface Parts {
  /** Of the search. */
  readonly judge: Judge;
  /** In blocks that the search has not seen. */
  readonly fresh: Judge;
  readonly combining: Combining;
  readonly found: Found;
}

type Answer = Pick<
  ImproveResult,
  "today" | "first" | "path" | "interactions" | "options" | "tried"
>;

export class Reporting {
  /** Sets of the path, once it has been told. */
  path: readonly OptionSet[] = [];
  private readonly judge: Judge;
  private readonly fresh: Judge;
  private readonly combining: Combining;
  private readonly found: Found;

  constructor({ judge, fresh, combining, found }: Parts) {
    this.judge = judge;
    this.fresh = fresh;
    this.combining = combining;
    this.found = found;
  }

  /** @param most blocks of the closest estimates */
  async answer(most: number, confidence: number): Promise<Answer> {
    const { first, path } = this.found;
    const leader = first === undefined ? [] : [first.leader];
    await this.fresh.observations.upTo(most, [TODAY, ...leader, ...path]);
    this.path = this.worthwhile(confidence);
    return {
      today: {
        goal: estimated(this.fresh.goal([[1, TODAY]])),
        cost: estimated(this.fresh.observations.meanOf([[1, TODAY]], COST)),
      },
      first: this.path.length === 0 ? null : this.firstStep(),
      path: this.path.map((set, i) => this.pathStep(set, i === 0 ? TODAY : this.path[i - 1], i)),
      interactions: await this.interactions(most / 2),
      options: this.options(),
      tried: this.tried(),
    };
  }

  // ---------------------------------------------------------------- the path

  /** The path up to the step from which on nothing more is gained that can be told from chance. */
  private worthwhile(confidence: number): readonly OptionSet[] {
    const { path } = this.found;
    const best = path[path.length - 1];
    if (best === undefined) return [];
    const chance = (1 - confidence) / 2;
    const isBetter = (over: OptionSet) => {
      const { mean, error, blocks } = this.fresh.gain(best, over);
      return mean - quantileFor(chance, blocks) * error > 0;
    };
    if (!isBetter(TODAY) && this.judge.isAllowed(TODAY)) return [];
    const end = path.findIndex((set) => this.judge.isAllowed(set) && !isBetter(set));
    return path.slice(0, end + 1);
  }

  private firstStep(): FirstStep {
    const { leader, rivals } = this.found.first as NonNullable<Found["first"]>;
    return {
      option: this.nameOf(leader[0]),
      effect: this.effect(this.fresh, leader),
      decided: rivals.length === 0,
      rivals: rivals.map((set) => ({
        option: this.nameOf(set[0]),
        behind: estimated(this.judge.gain(leader, set)),
      })),
    };
  }

  private pathStep(set: OptionSet, before: OptionSet, place: number): PathStep {
    const { observations } = this.fresh;
    const cost = observations.meanOf([[1, set]], COST);
    const price = this.fresh.extraCost(set).mean - observations.meanOf(against(set), COST).mean;
    return {
      changes: this.namesOf(set),
      added: this.namesOf(set.filter((option) => !before.includes(option))),
      removed: this.namesOf(before.filter((option) => !set.includes(option))),
      effect: this.effect(this.fresh, set),
      further: estimated(
        this.fresh.goal([
          [1, set],
          [-1, before],
        ]),
      ),
      goal: estimated(this.fresh.goal([[1, set]])),
      cost: estimated({ ...cost, mean: cost.mean + price }),
      file: `step-${place + 1}.yaml`,
    };
  }

  // ---------------------------------------------------------------- interactions

  private async interactions(blocks: number): Promise<readonly Interaction[]> {
    const { observations } = this.judge;
    const best = this.path[this.path.length - 1] ?? [];
    const inside = pairsOf(best).filter((pair) => observations.countOf(pair) > 0);
    const chosen = new Set(inside.slice(0, CLOSE).map(keyOf));
    const clearest = observations.sets
      .filter((set) => set.length === 2 && !chosen.has(keyOf(set)))
      .map((pair) => ({ pair, clarity: clarityOf(this.judge.goal(extraOf(pair))) }))
      .sort((a, b) => b.clarity - a.clarity)
      .slice(0, CLEAR);
    const pairs = [...inside.slice(0, CLOSE), ...clearest.map(({ pair }) => pair)];
    await observations.upTo(blocks, [TODAY, ...pairs, ...pairs.flat().map((option) => [option])]);
    return pairs.map((pair) => this.interaction(pair, pairs.length));
  }

  private interaction(pair: OptionSet, of: number): Interaction {
    const { aim } = this.judge;
    const [a, b] = pair;
    const apart: Contrast = [
      [1, [a]],
      [1, [b]],
      [-2, TODAY],
    ];
    const { mean, ...rest } = this.judge.goal(extraOf(pair));
    const extra = { ...rest, mean: aim.sign * mean };
    const half = quantileFor(0.025 / of, extra.blocks) * extra.error;
    const isOpen = Math.abs(extra.mean) <= half;
    return {
      options: [this.nameOf(a), this.nameOf(b)],
      apart: estimated(this.judge.goal(apart)),
      together: estimated(this.judge.goal(against(pair))),
      extra: estimated(extra),
      verdict: isOpen ? "open" : extra.mean > 0 ? "synergy" : "overlap",
    };
  }

  // ---------------------------------------------------------------- all that was tried

  private options(): readonly ImprovementOption[] {
    return this.combining.options.map(({ name, kind, what, assumes, price }, i) => ({
      name,
      kind,
      what,
      ...(assumes !== undefined && { assumes }),
      price,
      alone: this.effect(this.judge, [i]),
      meets: this.judge.isAllowed([i]),
    }));
  }

  private tried(): readonly Tried[] {
    const sets = this.judge.observations.sets.filter((set) => set.length > 0);
    const onPath = new Set(this.path.map(keyOf));
    const all = sets.map((set) => {
      const judge = onPath.has(keyOf(set)) ? this.fresh : this.judge;
      return {
        set,
        judge,
        meets: judge.isAllowed(set),
        gain: judge.gain(set, TODAY).mean,
        cost: judge.extraCost(set).mean,
      };
    });
    const isBeaten = (one: (typeof all)[number]) =>
      one.gain <= 0 && one.cost >= 0
        ? true
        : all.some(
            (other) =>
              other.meets &&
              other.gain >= one.gain &&
              other.cost <= one.cost &&
              (other.gain > one.gain || other.cost < one.cost),
          );
    return all.map((one) => ({
      changes: this.namesOf(one.set),
      effect: this.effect(one.judge, one.set),
      meets: one.meets,
      onFront: one.meets && !isBeaten(one),
      blocks: one.judge.observations.countOf(one.set),
    }));
  }

  // ---------------------------------------------------------------- numbers and names

  private effect(judge: Judge, set: OptionSet): Effect {
    return {
      goal: estimated(judge.goal(against(set))),
      cost: estimated(judge.extraCost(set)),
    };
  }

  private nameOf(option: number): string {
    return this.combining.options[option].name;
  }

  private namesOf(set: OptionSet): string[] {
    return set.map((option) => this.nameOf(option));
  }
}

const against = (set: OptionSet): Contrast => [
  [1, set],
  [-1, TODAY],
];

/** What two changes bring together beyond what they bring apart. */
const extraOf = ([a, b]: OptionSet): Contrast => [
  [1, [a, b]],
  [-1, [a]],
  [-1, [b]],
  [1, TODAY],
];

const clarityOf = ({ mean, error }: BlockMean) => (error === 0 ? 0 : Math.abs(mean) / error);

/** With Student's interval over blocks. */
export function estimated({ mean, error, blocks }: BlockMean): Estimate {
  if (Number.isNaN(mean)) return { mean: null, ci: [null, null] };
  const { lo, hi } = tInterval(mean, error, blocks - 1);
  const bound = (x: number) => (Number.isFinite(x) ? x : null);
  return { mean, ci: [bound(lo), bound(hi)] };
}
