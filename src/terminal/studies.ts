// The studies as text for people: a line each.
import type { Study } from "../literature/study.ts";
import { wrap } from "../wording/text.ts";
import type { Screen } from "./style.ts";

export function studiesText(studies: readonly Study[], { colors, width }: Screen): string {
  const column = Math.max(...studies.map(({ name }) => name.length)) + 2;
  const lines = studies.flatMap(({ name, question }) => {
    const [first, ...rest] = wrap(question, width - column);
    return [
      colors.bold(name.padEnd(column)) + first,
      ...rest.map((line) => " ".repeat(column) + line),
    ];
  });
  return [...lines, ""].join("\n");
}
