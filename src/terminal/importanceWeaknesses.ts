// What weakens the team as text for people: what to fix first, and the table of components.
import type { Weaknesses } from "../decide/importance/weakness/weaknesses.ts";
import {
  fixFirstByKind,
  fixFirstLead,
  weaknessColumns,
  weaknessGroups,
  weaknessNotes,
} from "../wording/importanceWeaknesses.ts";
import { wrap, wrapAll } from "../wording/text.ts";
import type { Screen } from "./style.ts";
import { renderTable } from "./table.ts";

export function weaknessesText(found: Weaknesses, { colors, width }: Screen): string {
  return [
    ...wrap(fixFirstLead(found), width).map(colors.bold),
    ...wrap(fixFirstByKind(found).join(" "), width),
    "",
    ...renderTable(weaknessColumns(found), weaknessGroups(found), width, colors),
    ...wrapAll(weaknessNotes(found), width).map(colors.dim),
    "",
  ].join("\n");
}
