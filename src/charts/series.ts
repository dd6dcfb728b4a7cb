// Series: what the scenarios of a result are called in a picture, and the colour that each has there.
import type { ExperimentResult, ScenarioResult } from "../experiment/result.ts";
import { commonPrefix } from "../wording/text.ts";
import { ARCHITECTURES, seriesColors, type Theme } from "./theme.ts";

export interface Series {
  /** Name of the scenario. */
  readonly name: string;
  /** The name without what all names begin with; no two series share it. */
  readonly label: string;
  /** The architecture that the name ends with, or the label. */
  readonly kind: string;
  /** What the name says before the architecture; empty where it says none. */
  readonly subject: string;
  readonly color: string;
}

const ENDING = new RegExp(`^(?:(.*)[-_.])?(${ARCHITECTURES.join("|")})$`, "s");

/** The series of scenarios, in the order of their names. */
export function seriesOf(names: readonly string[], theme: Theme): Series[] {
  const prefix = commonPrefix(names);
  const described = names.map((name) => {
    const label = name.slice(prefix.length);
    const [, subject = "", kind = label] = ENDING.exec(name) ?? [];
    return { name, label, kind, subject };
  });
  const kinds = [...new Set(described.map(({ kind }) => kind))];
  const colors = seriesColors(kinds, theme);
  return described.map((one) => ({ ...one, color: colors[kinds.indexOf(one.kind)] }));
}

/** Compares series: architectures come in the order in which they are always shown, others in their own after them. */
export function byArchitecture(a: Series, b: Series): number {
  return rankOf(a) - rankOf(b);
}

function rankOf({ kind }: Series): number {
  const rank = ARCHITECTURES.indexOf(kind);
  return rank < 0 ? ARCHITECTURES.length : rank;
}

/** A scenario of an experiment with its series. */
export interface Member extends Series {
  readonly result: ScenarioResult;
}

/** The scenarios of an experiment, in the order in which they are shown. */
export function membersOf({ scenarios }: ExperimentResult, theme: Theme): Member[] {
  const series = seriesOf(
    scenarios.map(({ name }) => name),
    theme,
  );
  return series.map((one, i) => ({ ...one, result: scenarios[i] })).sort(byArchitecture);
}

/** What all scenarios have in common: the beginning of their names. Empty where there is nothing. */
export function subjectOf(series: readonly Series[]): string {
  const prefix = commonPrefix(series.map(({ name }) => name));
  if (prefix !== "") return prefix.slice(0, -1);
  const [first, ...others] = new Set(series.map(({ subject }) => subject));
  return others.length === 0 ? (first ?? "") : "";
}

/** A title, and what all of the series are about. */
export function titled(title: string, series: readonly Series[]): string {
  const subject = subjectOf(series) || (series.length === 1 ? series[0].name : "");
  return subject === "" ? title : `${title}: ${subject}`;
}

/** The series of some items, each once. */
export const seriesIn = (items: readonly { readonly series: Series }[]): Series[] => [
  ...new Map(items.map(({ series }) => [series.label, series])).values(),
];

/** Colours of a field that holds labels, without a legend. */
export function colorBy(field: string, series: readonly Series[]) {
  return {
    field,
    type: "nominal",
    scale: {
      domain: series.map(({ label }) => label),
      range: series.map(({ color }) => color),
    },
    legend: null,
  } as const;
}
