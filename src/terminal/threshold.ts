// Where a metric crosses a level, as text for people: the answer, what was simulated, and what it rests on.
import type { ThresholdSearch } from "../decide/threshold/document.ts";
import { wrap, wrapAll } from "../wording/text.ts";
import {
  headroomSentence,
  thresholdBasis,
  thresholdColumns,
  thresholdGroups,
  thresholdSentence,
} from "../wording/threshold.ts";
import type { Screen } from "./style.ts";
import { renderTable } from "./table.ts";

export function thresholdText(search: ThresholdSearch, { colors, width }: Screen): string {
  return [
    ...wrap(thresholdSentence(search), width).map(colors.bold),
    ...wrapAll(headroomSentence(search), width),
    "",
    ...renderTable(thresholdColumns(search), thresholdGroups(search), width, colors),
    ...wrapAll(thresholdBasis(search), width).map(colors.dim),
    "",
  ].join("\n");
}
