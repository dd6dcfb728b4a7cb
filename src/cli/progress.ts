// Progress: one line on stderr that is written over and over, and only where somebody looks at a terminal.
import { grouped } from "../report/text.ts";
import type { World } from "./world.ts";

const ERASE_LINE = "\r\u001b[K";
/** Milliseconds between two looks of the line. */
const INTERVAL = 100;

export class Progress {
  private readonly world: World;
  private readonly label: string;
  private readonly total: number;
  private readonly isShown: boolean;
  private readonly begun: number;
  private shown = Number.NEGATIVE_INFINITY;

  /** @param total replications that there are to be */
  constructor(world: World, label: string, total: number, quiet: boolean) {
    this.world = world;
    this.label = label;
    this.total = total;
    this.isShown = world.stderr.isTTY && !quiet;
    this.begun = world.clock();
  }

  /**
   * @param share what is done, 0..1
   * @param remark what else there is to say
   */
  update(share: number, remark?: string): void {
    if (!this.isShown) return;
    const now = this.world.clock();
    if (now - this.shown < INTERVAL) return;
    this.shown = now;
    const { columns = 80 } = this.world.stderr;
    const line = this.line(share, (now - this.begun) / 1000, remark);
    this.world.stderr.write(`${ERASE_LINE}${line.slice(0, columns - 1)}`);
  }

  /** Takes the line away. */
  end(): void {
    if (this.shown > Number.NEGATIVE_INFINITY) this.world.stderr.write(ERASE_LINE);
  }

  private line(share: number, seconds: number, remark?: string): string {
    const done = Math.round(share * this.total);
    const rate = seconds > 0 ? Math.round(done / seconds) : 0;
    const left = share > 0 ? Math.ceil((seconds * (1 - share)) / share) : undefined;
    return [
      this.label,
      `${Math.floor(100 * share)} %`,
      ...(remark === undefined ? [] : [remark]),
      `${grouped(done)} of ${grouped(this.total)} replications`,
      `${grouped(rate)} a second`,
      ...(left === undefined ? [] : [`${durationText(left)} left`]),
    ].join(" · ");
  }
}

function durationText(seconds: number): string {
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
