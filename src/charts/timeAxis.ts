// A time axis that stays legible where one wait is as long as all the rest: stretches in which nothing begins or ends are cut
// short, and a mark says how long they are.
import { clamp } from "../numerics/statistics.ts";
import { type DurationUnit, durationUnit } from "../wording/duration.ts";
import { grouped } from "../wording/text.ts";
import { roundStep } from "./scales.ts";

/** A stretch of the axis that is drawn shorter than it is. */
export interface Cut {
  /** Seconds. */
  readonly from: number;
  readonly to: number;
  /** How long it is: `36 min`. */
  readonly text: string;
}

export interface TimeAxis {
  /** `simulated time (seconds)`. */
  readonly title: string;
  readonly cuts: readonly Cut[];
  /** Where a moment lies, in pixels from the left. */
  at(seconds: number): number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

/** Pixels that a cut takes. */
const CUT = 64;
const MOST_CUTS = 5;
/** What has to go away for a cut to be worth its mark. */
const WORTH = 0.6;
/** Pixels between two ticks, at least, and between a tick and a cut. */
const TICK_GAP = 70;
const TICK_ROOM = 14;

/**
 * The axis from 0 to the last moment.
 * @param moments seconds at which something begins or ends, in any order, >= 0
 * @param width pixels
 */
export function timeAxis(moments: readonly number[], width: number): TimeAxis {
  const times = [...new Set([0, ...moments])].sort((a, b) => a - b);
  const last = times[times.length - 1] || 1;
  const unit = durationUnit(last);
  const cuts = cutsOf(times, last, unit);
  const hidden = cuts.reduce((sum, { from, to }) => sum + to - from, 0);
  const scale = (width - CUT * cuts.length) / (last - hidden);
  const at = (seconds: number) => {
    let x = seconds * scale;
    for (const { from, to } of cuts) {
      const inside = clamp(seconds - from, 0, to - from);
      x += (inside / (to - from)) * CUT - inside * scale;
    }
    return Math.round(10 * x) / 10;
  };
  const { step, isClock } = stepOf(TICK_GAP / scale, unit);
  const text = isClock ? clockOf(unit) : (t: number) => numberText(t / unit.seconds);
  const ticks = ticksOf(cuts, last, step, at).map((t) => ({ at: at(t), label: text(t) }));
  return {
    title: `simulated time (${isClock ? CLOCK_TITLES[unit.symbol] : unit.words})`,
    cuts,
    at,
    ticks,
  };
}

/**
 * The longest stretches, until none that is left is more than half of what is left; none where little would be gained.
 */
function cutsOf(times: readonly number[], last: number, { seconds, symbol }: DurationUnit): Cut[] {
  const gaps = times
    .slice(1)
    .map((to, i) => ({ from: times[i], to, length: to - times[i] }))
    .sort((a, b) => b.length - a.length);
  let left = last;
  let cut = 0;
  while (cut < MOST_CUTS && cut < gaps.length - 2 && gaps[cut].length > left / 2)
    left -= gaps[cut++].length;
  if (last - left < WORTH * last) return [];
  return gaps
    .slice(0, cut)
    .sort((a, b) => a.from - b.from)
    .map(({ from, to, length }) => ({
      from,
      to,
      text: `${grouped(Number((length / seconds).toPrecision(2)))} ${symbol}`,
    }));
}

/** Seconds between ticks; where there is little of a large unit between cuts, in steps that a clock has. */
function stepOf(wanted: number, { seconds }: DurationUnit): { step: number; isClock: boolean } {
  const part = seconds / 60;
  const steps = CLOCK_STEPS.map((n) => n * part);
  const clock = seconds === 1 ? undefined : steps.find((step) => step >= wanted);
  if (clock !== undefined) return { step: clock, isClock: true };
  return { step: seconds * roundStep(wanted / seconds), isClock: false };
}

/** Parts of a minute or an hour that clocks count in. */
const CLOCK_STEPS = [1, 2, 5, 10, 15, 20, 30];
const CLOCK_TITLES = { s: "", min: "minutes:seconds", h: "hours:minutes" };

const numberText = (x: number) => String(Number(x.toPrecision(6)));

/** `2:05`. */
function clockOf({ seconds }: DurationUnit) {
  return (t: number) => {
    const parts = Math.round((60 * t) / seconds);
    return `${grouped(Math.floor(parts / 60))}:${String(parts % 60).padStart(2, "0")}`;
  };
}

/** Multiples of the step that lie in none of the cuts, nor so near to one that its label would meet another. */
function ticksOf(cuts: readonly Cut[], last: number, step: number, at: TimeAxis["at"]): number[] {
  const ticks: number[] = [];
  for (let n = 0; n * step <= last * (1 + 1e-9); n++) {
    const t = n * step;
    const cut = cuts.find(({ from, to }) => t > from && t < to);
    // Straight to the last step in the cut: it may be long.
    if (cut !== undefined) n = Math.max(n, Math.ceil(cut.to / step - 1e-9) - 1);
    else if (cuts.every(({ from, to }) => isApart(at(t), at(from), at(to)))) ticks.push(t);
  }
  return ticks;
}

const isApart = (x: number, from: number, to: number) =>
  x < from - TICK_ROOM || x > to + TICK_ROOM || x === 0;
