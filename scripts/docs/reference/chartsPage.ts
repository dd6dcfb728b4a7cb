// The page docs/reference/charts.md: every chart, which question it answers, and a picture of each from a shipped scenario.
// The pictures are drawn by chartPictures.ts, which takes runs; the page takes none.
import { CHARTS } from "../../../src/charts/chart.ts";
import { PICTURES } from "../pictures/charts.ts";
import { wordTable } from "../places.ts";
import { pageFrom } from "./page.ts";

export function chartsPage(): string {
  return pageFrom("src/charts/reference.md", {
    "table charts": wordTable(
      ["Chart", "What it shows", "Drawn from results of"],
      CHARTS.map(({ name, shows, from }) => [
        `[\`${name}\`](#${name})`,
        sentence(shows),
        from.map(commandOf).join(", "),
      ]),
    ),
    ...Object.fromEntries(
      CHARTS.map(({ name }) => [`figure ${name}`, picturesOf(name).map(pictureText).join("\n\n")]),
    ),
  });
}

/** With a capital, unless it begins with a name. */
const sentence = (shows: string) =>
  shows.startsWith("pass^") ? `${shows}.` : `${shows[0].toUpperCase()}${shows.slice(1)}.`;

/** The command that prints documents of a schema. */
function commandOf(schema: string): string {
  const [, kind] = /^faultline\/([a-z-]+)@/.exec(schema) as RegExpExecArray;
  return `\`${kind === "lineage" ? "trace --json" : kind}\``;
}

const picturesOf = (chart: string) => PICTURES.filter((picture) => picture.chart === chart);

const pictureText = ({ file, caption, run, plot }: (typeof PICTURES)[number]) =>
  [`![${caption}](../pictures/${file})`, `\`\`\`bash\n${run}\n${plot}\n\`\`\``].join("\n\n");
