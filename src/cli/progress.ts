// Progress on stderr: one line that is written over and over where somebody looks at a terminal; elsewhere, such as in a
// log, a separate line now and then.
import { durationText } from "../wording/duration.ts";
import { grouped } from "../wording/text.ts";
import type { World } from "./world.ts";

const ERASE_LINE = "\r\u001b[K";
/** Milliseconds between two looks of the line. */
const INTERVAL = 100;
/** Milliseconds between two separate lines, or their share of what has passed: short work leaves none in a log, long work not many. */
const PLAIN_INTERVAL = 10_000;
const PLAIN_SHARE = 0.1;

export class Progress {
  private readonly world: World;
  private readonly label: string;
  private readonly total: number;
  private readonly isQuiet: boolean;
  private readonly begun: number;
  /** When progress was told last; in a terminal it is told at once. */
  private told: number;
  private isOnScreen = false;

  /** @param total replications that there are to be */
  constructor(world: World, label: string, total: number, quiet: boolean) {
    this.world = world;
    this.label = label;
    this.total = total;
    this.isQuiet = quiet;
    this.begun = world.clock();
    this.told = world.stderr.isTTY ? Number.NEGATIVE_INFINITY : this.begun;
  }

  /**
   * @param share what is done, 0..1
   * @param remark what else there is to say; it goes to a log as well
   * @param total replications that there are to be, where that has become known
   */
  update(share: number, remark?: string, total = this.total): void {
    if (this.isQuiet) return;
    const { isTTY, columns = 80 } = this.world.stderr;
    const now = this.world.clock();
    const pause = isTTY ? INTERVAL : Math.max(PLAIN_INTERVAL, PLAIN_SHARE * (now - this.begun));
    if (now - this.told < pause) return;
    this.told = now;
    const line = this.line(share, (now - this.begun) / 1000, total, remark);
    this.isOnScreen = isTTY;
    if (isTTY) this.world.stderr.write(ERASE_LINE, "bytes");
    this.world.stderr.write(isTTY ? line.slice(0, columns - 1) : `${line}\n`);
  }

  /** Takes the line away. */
  end(): void {
    if (this.isOnScreen) this.world.stderr.write(ERASE_LINE, "bytes");
  }

  private line(share: number, seconds: number, total: number, remark?: string): string {
    const done = Math.round(share * total);
    const rate = seconds > 0 ? Math.round(done / seconds) : 0;
    const left = share > 0 ? Math.ceil((seconds * (1 - share)) / share) : undefined;
    return [
      this.label,
      `${Math.floor(100 * share)} %`,
      ...(remark === undefined ? [] : [remark]),
      `${grouped(done)} of ${grouped(total)} replications`,
      `${grouped(rate)} per second`,
      ...(left === undefined ? [] : [`${durationText(left, 2)} left`]),
    ].join(" · ");
  }
}
