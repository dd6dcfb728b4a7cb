// Which scenario is the best, as text for people: the answer, the table, and what it rests on.
import type { Choice } from "../decide/choose/document.ts";
import {
  choiceBasis,
  choiceColumns,
  choiceGroups,
  choiceLegend,
  choiceSentence,
  effortSentence,
} from "../wording/choose.ts";
import { wrap, wrapAll } from "../wording/text.ts";
import type { Screen } from "./style.ts";
import { renderTable } from "./table.ts";

export function choiceText(choice: Choice, { colors, width }: Screen): string {
  return [
    ...wrap(choiceSentence(choice), width).map(colors.bold),
    ...wrap(effortSentence(choice), width),
    "",
    ...renderTable(choiceColumns(choice), choiceGroups(choice), width, colors),
    ...wrapAll([choiceLegend(choice), choiceBasis(choice)], width).map(colors.dim),
    "",
  ].join("\n");
}
