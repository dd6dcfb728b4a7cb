// What weakens the team as text for people: what to fix first, and the table of components.
import type { Importance } from "../decide/importance/document.ts";
import type { Weaknesses } from "../decide/importance/weakness/weaknesses.ts";
import {
  fixFirstByKind,
  fixFirstLead,
  weaknessColumns,
  weaknessGroups,
  weaknessLegend,
  weaknessNotes,
} from "../wording/importanceWeaknesses.ts";
import { wrap, wrapAll } from "../wording/text.ts";
import type { Screen } from "./style.ts";
import { renderTable } from "./table.ts";

export function weaknessesText(
  found: Weaknesses,
  { scenario, seed }: Importance,
  { colors, width }: Screen,
): string[] {
  const [sample, ...notes] = weaknessNotes(found);
  return [
    ...wrap(fixFirstLead(found), width).map(colors.bold),
    ...wrap(fixFirstByKind(found).join(" "), width),
    "",
    ...renderTable(weaknessColumns(), weaknessGroups(found), width, colors),
    ...wrapAll(
      [weaknessLegend(found), `${scenario} · seed ${seed} · ${sample}`, ...notes],
      width,
    ).map(colors.dim),
  ];
}
