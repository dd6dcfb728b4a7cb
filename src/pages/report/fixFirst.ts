// What to fix first: what the report of a scenario begins with. It comes of a result of importance for the scenario that the report
// is given as well; without one the report says how to get it, since that takes simulations of its own.
import type { Importance } from "../../decide/importance/document.ts";
import type { ExperimentResult } from "../../experiment/result.ts";
import type { ResultDocument } from "../../results/results.ts";
import {
  componentLabel,
  fixFirstByKind,
  fixFirstLead,
  weaknessColumns,
  weaknessLegend,
  weaknessNotes,
  weaknessRow,
} from "../../wording/importanceWeaknesses.ts";
import { capitalized } from "../../wording/text.ts";
import type { FixFirst } from "./section.ts";

const TITLE = "What to fix first";
/** Rows of the table; the section of importance has all. */
const MOST_ROWS = 5;

/**
 * What to fix first in the scenarios of a run or a comparison.
 * @param all results that the report is made of
 * @param command that made the result, where it is known
 */
export function fixFirstOf(
  result: ExperimentResult,
  all: readonly ResultDocument[],
  command: string | undefined,
): readonly FixFirst[] {
  const names = result.scenarios.map(({ name }) => name);
  const known = all.filter(
    (one): one is Importance =>
      one.schema === "faultline/importance@1" &&
      one.weaknesses !== null &&
      names.includes(one.scenario),
  );
  if (known.length > 0)
    return known.map((one) => found(one, names.length > 1 ? `${TITLE}: ${one.scenario}` : TITLE));
  const asked = names.length === 1 ? importanceCommand(command) : undefined;
  return asked === undefined ? [] : [{ title: TITLE, texts: [], command: asked }];
}

function found(importance: Importance, title: string): FixFirst {
  const weaknesses = importance.weaknesses as NonNullable<Importance["weaknesses"]>;
  const [sample] = weaknessNotes(weaknesses);
  return {
    title,
    texts: [fixFirstLead(weaknesses), fixFirstByKind(weaknesses).join(" ")].filter(
      (text) => text !== "",
    ),
    table: {
      title,
      isFolded: false,
      corner: "Part of the team",
      columns: weaknessColumns(),
      groups: [
        {
          title: "",
          rows: weaknesses.components
            .slice(0, MOST_ROWS)
            .map((one) => weaknessRow(one, weaknesses, capitalized(componentLabel(one)))),
        },
      ],
      metrics: [],
      notes: [
        weaknessLegend(weaknesses),
        `${importance.scenario} · seed ${importance.seed} · ${sample}`,
      ],
    },
  };
}

/** A word of a command line, quoted or not. */
const WORD = /(?:\$?'(?:[^'\\]|\\.)*'|\\.|[^\s'\\])+/g;
/** Options with a value that say which scenario it is; `--fixed` has none. */
const DECIDING = new Set(["--seed", "--set", "--draws"]);

/** The command of importance for the scenario of a run; undefined where that is not known. */
export function importanceCommand(run: string | undefined): string | undefined {
  const [program, command, file, ...rest] = run?.match(WORD) ?? [];
  if (command !== "run" || file === undefined) return undefined;
  const kept = rest.flatMap((word, i) => {
    if (word === "--fixed") return [word];
    return DECIDING.has(word) ? [word, rest[i + 1]] : [];
  });
  return [program, "importance", file, ...kept].join(" ");
}
