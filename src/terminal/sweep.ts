// The result of a sweep as text for people: what was varied, a row for every scenario of every cell with the metrics that
// were asked for, and what to know before believing it.

import { visible } from "../documents/checking/visible.ts";
import { halfWidthText } from "../experiment/halfWidth.ts";
import { type MetricValue, readMetric } from "../experiment/result.ts";
import type { SweepRow } from "../sweep/running/result.ts";
import type { Sweep } from "../sweep/sweep.ts";
import { factorValueText } from "../wording/estimate.ts";
import { verdictWord } from "../wording/experiment.ts";
import { kindOfWarning, rangeText, warmUpText } from "../wording/sample.ts";
import { type Cell, columnsOf, estimateCell, type Group } from "../wording/table.ts";
import { count, grouped, wrap, wrapAll } from "../wording/text.ts";
import { drawsText } from "../wording/uncertainty.ts";
import { pagesOf } from "../wording/warnings.ts";
import type { Screen } from "./style.ts";
import { renderTable } from "./table.ts";

/** Rows that are shown; more are counted. */
const SHOWN = 240;
/** Failed cells that are told one by one. */
const TOLD = 5;

interface Shown extends Pick<SweepRow, "scenario" | "factors" | "status"> {
  readonly values: readonly (MetricValue | undefined)[];
  readonly replications: number;
}

/** Takes the rows one by one, and keeps what is shown of them. */
export class SweepTable {
  private readonly sweep: Sweep;
  private readonly rows: Shown[] = [];
  /** Rows that differ, shown or not. */
  private readonly keys = new Set<string>();
  private readonly failures: SweepRow[] = [];
  private readonly warnings = new Map<string, number>();
  /** Rows that do not pass a threshold, by the verdict and the threshold. */
  private readonly verdicts = new Map<string, number>();
  private readonly counts = { ok: 0, "not-reached": 0, failed: 0, missing: 0 };
  private fewest = Number.POSITIVE_INFINITY;
  /** Tasks that rows leave out. */
  private readonly warmUps = new Set<number>();
  private most = 0;
  /** Draws of uncertain numbers. */
  private readonly draws = new Set<number>();

  constructor(sweep: Sweep) {
    this.sweep = sweep;
  }

  add(row: SweepRow): void {
    const { scenario, factors, status, result } = row;
    this.counts[status]++;
    if (status === "failed" && this.failures.at(-1)?.cell !== row.cell) this.failures.push(row);
    if (result !== undefined) {
      this.fewest = Math.min(this.fewest, result.replications);
      this.warmUps.add(result.warmUp ?? 0);
      if (result.draws !== undefined) this.draws.add(result.draws);
      this.most = Math.max(this.most, result.replications);
      for (const warning of result.warnings) countIn(this.warnings, kindOfWarning(warning));
      for (const { threshold, verdict } of result.thresholds)
        if (verdict !== "pass") countIn(this.verdicts, `${verdictWord(verdict)}\n${threshold}`);
    }
    // A baseline comes with every cell: it is shown once for what is set in it.
    const key = JSON.stringify([scenario, factors]);
    if (this.keys.has(key)) return;
    this.keys.add(key);
    if (this.rows.length === SHOWN) return;
    const values = this.sweep.metrics.map((name) => result && readMetric(result.metrics, name));
    this.rows.push({ scenario, factors, status, values, replications: result?.replications ?? 0 });
  }

  text({ colors, width }: Screen): string {
    const faint = (text: string) => wrap(text, width).map(colors.dim);
    const { sweep } = this;
    const isPrecise = "precision" in sweep.sampling;
    const columns = [...(isPrecise ? ["replications"] : []), ...sweep.metrics];
    return [
      colors.bold(`${sweep.name}: ${this.heading()}`),
      ...faint(this.circumstances()),
      "",
      ...renderTable(columnsOf(columns), this.sections(isPrecise), width, colors),
      ...(this.keys.size > SHOWN
        ? faint(`${grouped(this.keys.size - SHOWN)} more rows: result.json, or --export csv`)
        : []),
      ...wrapAll(this.failureLines(), width).map(colors.red),
      ...wrapAll(this.noteLines(), width).map(colors.yellow),
      "",
    ].join("\n");
  }

  private heading(): string {
    const { labels, factors, cellCount } = this.sweep;
    return `${count(cellCount, "cell")} of ${count(labels.length, "scenario")} and ${count(factors.length, "factor")}`;
  }

  private circumstances(): string {
    const { seed, baseline, sampling, excluded } = this.sweep;
    const replications =
      this.most === 0
        ? "nothing was run"
        : `${rangeText([this.fewest, this.most])} replications per row`;
    return [
      `seed ${visible(seed)}`,
      replications,
      ...[drawsText([...this.draws].map((draws) => ({ draws }))) ?? []].flat(),
      ...[warmUpText([...this.warmUps].map((warmUp) => ({ warmUp }))) ?? []].flat(),
      ...("precision" in sampling
        ? sampling.precision.map(
            ({ metric, halfWidth }) => `${metric} to ±${halfWidthText(halfWidth)}`,
          )
        : []),
      ...(baseline === undefined ? [] : [`paired with ${baseline}`]),
      ...(excluded === 0 ? [] : [`${count(excluded, "point")} left out by the condition`]),
      "95 % intervals",
    ].join(" · ");
  }

  // -------------------------------------------------------------- table

  /** One group per scenario, with the values of factors in columns of equal width. */
  private sections(isPrecise: boolean): Group[] {
    const scenarios = [...new Set(this.rows.map(({ scenario }) => scenario))];
    return scenarios.map((scenario) => {
      const rows = this.rows.filter((row) => row.scenario === scenario);
      const names = Object.keys(rows[0].factors);
      const title = [scenario, names.map(shortName).join(" · ")].filter((text) => text !== "");
      const widths = names.map((name) =>
        Math.max(...rows.map((row) => factorValueText(row.factors[name]).length)),
      );
      return {
        title: title.join("   "),
        rows: rows.map((row) => ({
          label:
            names
              .map((name, i) => factorValueText(row.factors[name]).padStart(widths[i]))
              .join(" · ") || "-",
          cells: cellsOf(row, isPrecise),
        })),
      };
    });
  }

  // -------------------------------------------------------------- below the table

  private failureLines(): string[] {
    const told = this.failures
      .slice(0, TOLD)
      .flatMap(({ cell, messages = [], command }) => [
        `cell ${cell} failed: ${messages.join("; ")}`,
        `  ${command}`,
      ]);
    const left = this.failures.length - TOLD;
    return left > 0 ? [...told, `${count(left, "more cell")} failed`] : told;
  }

  private noteLines(): string[] {
    const { missing, "not-reached": notReached } = this.counts;
    return [
      ...(missing > 0 ? [`${count(missing, "row")} not run yet: the same command goes on`] : []),
      ...(notReached > 0
        ? [`~ precision not reached in ${count(notReached, "row")} before the cap`]
        : []),
      ...[...this.verdicts].map(([key, rows]) => key.replace("\n", `, in ${count(rows, "row")}: `)),
      ...[...this.warnings].map(([text, rows]) => `warning, in ${count(rows, "row")}: ${text}`),
      ...pagesOf([...this.warnings.keys()]).map((page) => `page: ${page}`),
    ];
  }
}

function countIn(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The end of a path: what is varied stands there. */
const shortName = (name: string) => name.split(".").slice(-2).join(".");

function cellsOf({ status, values, replications }: Shown, isPrecise: boolean): Cell[] {
  const mark = status === "not-reached" ? ({ mark: "~" } as const) : {};
  const first = isPrecise ? [{ text: grouped(replications), ...mark }] : [];
  if (status === "ok" || status === "not-reached")
    return [...first, ...values.map((value) => estimateCell(value))];
  const why: Cell = { text: status === "failed" ? "failed" : "not run", tone: "faint" };
  return [...first, ...values.map(() => why)];
}
