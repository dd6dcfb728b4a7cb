// Prose with places: Markdown in which {{NAME}} stands for what the code or a run says. Every page whose prose is longer
// than a few lines is written so. The places of src/literature/NAME/study.md, and of pages/NAME.md beside this file:
//
//   {{run}}               the command, and what it ran
//   {{table NAME}}        a table that the study finds, under its title and above its note
//   {{figure NAME}}       a picture that it finds
//   {{targets}}           published figures beside simulated ones, as one table
//   {{targets by figure}} the same, as a table per figure
//   {{definitions}}       the definition that each figure uses
//   {{notes}}             what to know about single figures
//   {{predicted}}         the figures that are predicted
//   {{off}}               the figures that are out of range
//   {{verdicts}}          how many of the figures that can fail are in range, and how many are not counted: sentences
//   {{published ID}}, {{simulated ID}}, {{other ID}}  a figure of one target, within a sentence
//   {{to reach ID}}       what a target accepts
//   {{verdict ID}}        whether a figure is in range
//   {{in range IDS}}      how many of some figures are: those whose ids begin with IDS, up to a full stop
//   {{agreement IDS}}     how many of them agree with the published ones in direction, and how many in size
//   {{cell TABLE/ROW/COLUMN}}  a cell of a table within a sentence; a row is named by the first columns that tell rows apart
//   {{value NAME}}        a number or a few words within a sentence (kim2025Places.ts, advicePlaces.ts)
//
// A page about several studies (pages/NAME.md) says of which one it takes what has no id of its own: {{figure STUDY/NAME}},
// {{cell STUDY/TABLE/ROW/COLUMN}}, {{run STUDY}}, {{predicted STUDY}}.

/** What stands at each place, by the name of the place. */
export type Places = Readonly<Record<string, string>>;

const PLACE = /\{\{(.*?)\}\}/g;

/**
 * Puts into prose what stands at its places. A place without content leaves no gap.
 * @throws RangeError naming every place that nothing is known of, and every table, picture and code that has no place
 */
export function fill(prose: string, places: Places): string {
  const named = new Set([...prose.matchAll(PLACE)].map(([, name]) => name));
  const unknown = [...named].filter((name) => !(name in places));
  const unplaced = Object.keys(places).filter(
    (name) => /^(table|figure|code) /.test(name) && !named.has(name),
  );
  const problems = [
    ...unknown.map((name) => `{{${name}}}: nothing has this name`),
    ...unplaced.map((name) => `{{${name}}}: must have a place`),
  ];
  if (problems.length > 0) throw new RangeError(problems.join("\n"));
  return prose.replace(PLACE, (_, name) => places[name]).replace(/\n{3,}/g, "\n\n");
}

/** A table in Markdown. The first column is one of words, the others are of numbers, unless it is told otherwise. */
export function tableOf(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  alignments: readonly string[] = header.map((_, i) => (i === 0 ? "---" : "---:")),
): string {
  return [header, alignments, ...rows].map(row).join("\n");
}

/** A table with words in all columns. */
export const wordTable = (header: readonly string[], rows: readonly (readonly string[])[]) =>
  tableOf(
    header,
    rows,
    header.map(() => "---"),
  );

const row = (cells: readonly string[]) => `| ${cells.map(cellText).join(" | ")} |`;

/** Text within a cell of a table. */
const cellText = (text: string) => text.replaceAll("|", "\\|");
