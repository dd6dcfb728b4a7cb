// What all charts have around what they draw: title, subtitle, background, fonts; and the picture of a result that has
// nothing to draw.
import type { TopLevelSpec } from "vega-lite";
import { wrap } from "../wording/text.ts";
import type { Chart, Drawing, Nothing } from "./definition.ts";
import { SIZE, type Theme, vegaConfig } from "./theme.ts";

const VEGA_LITE = "https://vega.github.io/schema/vega-lite/v6.json";

/** Mean width of a character, in sizes of the font; that of wide text is less than a fifth above it. */
const CHARACTER = 0.52;

const charactersIn = (width: number, fontSize: number) =>
  Math.floor(width / (fontSize * CHARACTER));

export function isNothing(drawing: Drawing | Nothing): drawing is Nothing {
  return "why" in drawing;
}

/** The chart of a drawing, or a picture that says why there is none. */
export function frame(name: string, drawn: Drawing | Nothing, theme: Theme): Chart {
  const { title, notes, alt, view, width } = isNothing(drawn) ? emptyDrawing(drawn) : drawn;
  const subtitle = notes.filter((note) => note !== "").join(" ");
  const spec = {
    $schema: VEGA_LITE,
    description: alt,
    title: {
      text: wrap(title, charactersIn(width, SIZE.title)),
      subtitle: wrap(subtitle, charactersIn(width, SIZE.text)),
    },
    padding: 18,
    config: vegaConfig(theme),
    ...view,
  };
  return { name, title, subtitle, alt, spec: spec as TopLevelSpec };
}

const EMPTY_WIDTH = 520;

function emptyDrawing({ title, why }: Nothing): Drawing {
  const lines = wrap(why, charactersIn(EMPTY_WIDTH, SIZE.text));
  return {
    title,
    notes: [],
    alt: `${title}: nothing to draw. ${why}`,
    width: EMPTY_WIDTH,
    view: {
      width: EMPTY_WIDTH,
      height: 20 + 18 * lines.length,
      data: { values: [{}] },
      mark: {
        type: "text",
        text: lines,
        x: 0,
        y: 16,
        align: "left",
        baseline: "top",
        lineHeight: 18,
        fontSize: SIZE.text,
      },
    },
  };
}
